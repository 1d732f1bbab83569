"""Somebody's place in a meeting's room: the card that the others see, how it is taken, kept and left."""

import hashlib
import secrets
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager
from typing import Any

from dimoslive.domain.errors import TooManyPeople
from dimoslive.domain.meeting.meeting import MAX_PEOPLE, Role
from dimoslive.http.meeting.protocol import Peer
from dimoslive.ports import RoomBus
from dimoslive.services.meeting.find_participant import Participant

Cards = dict[str, dict[str, str]]

MAX_TRIES = 20
"""Each that fails is another's that succeeds: four people are soon settled."""


class PresenceConflict(Exception):
    """The room changed each time that somebody was about to enter."""


class PresenceEntry:
    """One socket's place. ``peer`` is its name in the room, empty while it has none."""

    def __init__(self, bus: RoomBus, participant: Participant) -> None:
        self._bus, self._participant = bus, participant
        self._room = str(participant.booking.id)
        self._socket = secrets.token_hex(8)
        self._client_id = self.peer = ""
        self._card: dict[str, str] = {}

    def subscribe(self) -> AbstractAsyncContextManager[AsyncIterator[dict[str, Any]]]:
        """What is said in the room from now on."""
        return self._bus.subscribe(self._room)

    async def tell(self, event: str, **what: Any) -> None:
        """Tell all sockets of the room, one's own too."""
        await self._bus.publish(self._room, {"event": event, **what})

    async def present(self) -> Cards:
        """Who is there, admitted or not."""
        return await self._bus.present(self._room)

    async def take(self, client_id: str, page: str, *, take_over: bool) -> bool | None:
        """Be in the room: whether one was admitted before under this name, or None if another device is in.

        Raises `TooManyPeople`, or `PresenceConflict` if the others come and go all the time.
        """
        self._client_id, peer = client_id, _peer_name(client_id, page)
        for _try in range(MAX_TRIES):
            present = await self.present()
            mine = {name: card for name, card in present.items() if card["person"] == self._participant.person}
            if not take_over and any(card["client_id"] != client_id for card in mine.values()):
                return None
            if not mine and self._is_full(present):
                raise TooManyPeople()
            was_admitted = bool(present.get(peer, {}).get("is_admitted"))
            card = self._written(is_admitted=was_admitted)
            # Whoever came meanwhile may be another device of the same person, or have taken the last chair.
            if await self._bus.join_if_unchanged(self._room, peer, card, present):
                self.peer, self._card = peer, card
                await self._replace(mine)
                return was_admitted
        raise PresenceConflict()

    async def show(self, *, is_admitted: bool) -> None:
        """What the others may know of one."""
        self._card = self._written(is_admitted=is_admitted)
        await self._bus.join(self._room, self.peer, self._card)

    async def renew(self) -> None:
        """Still be there: should this process die, the others learn it by this coming no more."""
        await self._bus.renew(self._room, self.peer, self._card)

    def as_peer(self) -> Peer:
        """How the admitted others hear of one."""
        return _as_peer(self.peer, self._card)

    def known_of(self, peer: Peer) -> Peer:
        """What one may know of a peer: by what the citizen was identified is for officials."""
        return peer if self._participant.role is Role.OFFICIAL else peer.model_copy(update={"is_confirmed": None})

    async def admitted_others(self) -> list[Peer]:
        """The peers to connect with."""
        return [
            self.known_of(_as_peer(peer, card))
            for peer, card in sorted((await self.present()).items())
            if peer != self.peer and card["is_admitted"]
        ]

    def is_replaced_by(self, said: dict[str, Any]) -> bool:
        """Whether another socket of the same person took the place."""
        return self._socket in said["sockets"]

    async def be_replaced(self) -> None:
        """Have no place any more. One's card may have come back by `renew` after the other removed it."""
        await self._bus.leave(self._room, self.peer, self._card)
        self.peer = ""

    async def leave(self) -> bool:
        """Be gone, unless one came back by another socket; whether one's role is gone from the room with that."""
        if not await self._leave(self.peer, self._card):
            return False
        role = self._participant.role
        return not any(card["role"] == role for card in (await self.present()).values())

    def _written(self, *, is_admitted: bool) -> dict[str, str]:
        """One's card."""
        return {
            "person": self._participant.person,
            "client_id": self._client_id,
            "socket": self._socket,
            "role": self._participant.role.value,
            "name": self._participant.name,
            "is_confirmed": "yes" if self._participant.is_confirmed else "",
            "is_admitted": "yes" if is_admitted else "",
        }

    async def _replace(self, mine: Cards) -> None:
        """Send those away who had the place: a second tab too, as a copied tab has the client id of the first."""
        if mine:
            # By name: two who take over from each other at once hear both words, and one of them has to stay.
            await self.tell("replaced", sockets=[card["socket"] for card in mine.values()])
        for name in mine.keys() - {self.peer}:
            await self._leave(name, mine[name])

    async def _leave(self, peer: str, card: dict[str, str]) -> bool:
        is_gone = await self._bus.leave(self._room, peer, card)
        if is_gone:
            await self.tell("left", peer=peer)
        return is_gone

    def _is_full(self, present: Cards) -> bool:
        """Officials and guests leave one chair for the citizen."""
        others = sum(card["role"] != Role.CITIZEN for card in present.values())
        return (self._participant.role is not Role.CITIZEN and others >= MAX_PEOPLE - 1) or len(present) >= MAX_PEOPLE


def _as_peer(name: str, card: dict[str, str]) -> Peer:
    return Peer(peer=name, role=Role(card["role"]), name=card["name"], is_confirmed=bool(card["is_confirmed"]))


def _peer_name(client_id: str, page: str) -> str:
    """The same after a cut socket, another after a reload; tells nobody the client id."""
    return "p" + hashlib.sha256(f"{client_id}:{page}".encode()).hexdigest()[:10]
