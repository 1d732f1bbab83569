"""How somebody stands in a meeting: waiting or admitted, with what right, and what is told of it to whom."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

from dimoslive.context import AppContext
from dimoslive.domain.meeting.meeting import Role, check_can_enter, meeting_times
from dimoslive.domain.people.principals import Official
from dimoslive.http.meeting.presence import PresenceEntry
from dimoslive.http.meeting.protocol import (
    Admitted,
    Guest,
    Guests,
    IdentityRecorded,
    JoinLink,
    Peer,
    PeerJoined,
    PeerLeft,
    ServerMessage,
    Waiting,
    WaitingRoom,
    Welcome,
)
from dimoslive.ports import RoomParticipant
from dimoslive.services.identity.auth_realm import CITIZENS
from dimoslive.services.identity.sessions import find_principal
from dimoslive.services.meeting.find_participant import JoinRequest, Participant, find_participant
from dimoslive.services.meeting.note_presence import Queue, note_presence
from dimoslive.services.meeting.see_guests import see_guests
from dimoslive.services.meeting.see_meeting import MeetingState, see_meeting
from dimoslive.services.meeting.send_back import send_back_unattended
from dimoslive.services.meeting.send_back_if_weaker import send_back_if_weaker


class ParticipantSession:
    """That of one socket's visitor. ``send`` tells that visitor's browser alone."""

    def __init__(
        self,
        context: AppContext,
        participant: Participant,
        join_request: JoinRequest,
        place: PresenceEntry,
        send: Callable[[ServerMessage], Coroutine[Any, Any, None]],
    ) -> None:
        self.participant, self.is_admitted = participant, False
        self._context, self._join_request, self._place, self._send = context, join_request, place, send
        self._told: Waiting | WaitingRoom | None = None
        self._queue: Queue | None = None
        self._met: set[str] = set()

    async def official(self) -> Official:
        """The official with today's rights: those taken away since the socket opened are gone at once."""
        await self.look_again()
        assert self.participant.official is not None
        return self.participant.official

    async def look_again(self) -> None:
        """Who this is by now; raises what ends the conversation, such as `NotFound` for a withdrawn guest."""
        self.participant = await asyncio.to_thread(find_participant, self._context, self._join_request)

    async def leave_nobody_alone(self) -> None:
        """The right of this official is gone: whoever was let in waits again, unless another official is there."""
        if self.participant.official is None or not self.is_admitted:
            return
        others = [card for name, card in (await self._place.present()).items() if name != self._place.peer]
        if any(card["role"] == Role.OFFICIAL for card in others):
            return
        if await asyncio.to_thread(send_back_unattended, self._context, self.participant):
            await self._place.tell("sent_back")

    async def stay_signed_in(self) -> None:
        """A meeting is a sign of life of the session that the citizen came with."""
        await asyncio.to_thread(find_principal, self._context, CITIZENS, self._join_request.session_token)

    async def state(self) -> MeetingState:
        """How the meeting stands now."""
        return await asyncio.to_thread(see_meeting, self._context, self.participant.booking.id)

    async def begin(self, *, was_admitted: bool) -> None:
        """The place was just taken: welcome whoever took it, waiting or admitted."""
        await self._check_proof()
        await self._welcome(await self.state(), was_admitted=was_admitted)

    async def go_back(self) -> None:
        """The citizen who was admitted lost the place to a weaker proof: all who were in wait again."""
        if self.is_admitted:
            self.is_admitted, self._met, self._told = False, set(), None
            await self._welcome(await self.state(), was_admitted=True)

    async def _check_proof(self) -> None:
        """Whoever was admitted by a stronger proof than this citizen's is not who comes in now."""
        if self.participant.role is Role.CITIZEN and await asyncio.to_thread(
            send_back_if_weaker, self._context, self.participant
        ):
            await self._place.tell("sent_back")

    async def _welcome(self, state: MeetingState, *, was_admitted: bool) -> None:
        peer, role = self._place.peer, self.participant.role
        if state.is_on:
            peers = await self._go_in()
            link = self._join_link(state)
            await self._send(Welcome(peer=peer, role=role, state="admitted", peers=peers, join_link=link))
            if not was_admitted:
                await self._greet()
        else:
            await self._place.show(is_admitted=False)
            await self._send(Welcome(peer=peer, role=role, state="waiting", peers=[], join_link=None))
        if self.participant.official is not None:
            await self._show_official(state)
        elif not state.is_on:
            await self._wait()

    async def look_if_admitted(self) -> None:
        """Go in if the meeting is on."""
        if not self.is_admitted:
            await self._check_proof()
            await self._go_in_if_on(await self.state())

    async def go_on_waiting(self) -> None:
        """Whether one still may wait, and for how long: the word of the admission may have been lost."""
        if self.participant.role is Role.CITIZEN:
            await self._wait(goes_on=True)
            return
        state = await self.state()
        if await self._go_in_if_on(state):
            return
        if self.participant.official is None:
            await self._wait()
        else:
            check_can_enter(self.participant.booking, self._context.clock.now())
            await self._tell_waiting_room(state)

    async def look_who_is_here(self) -> None:
        """Whether whoever is waited for has come or gone: of one whose process died nobody hears."""
        if self.participant.official is None:
            await self._tell_waiting(self._queue)
            return
        is_told = self._told.is_present if isinstance(self._told, WaitingRoom) else None
        if is_told != (Role.CITIZEN in await self._roles()):
            await self.show_waiting_room()

    async def add_peer(self, peer: Peer) -> None:
        """Somebody is in; told once."""
        if peer.peer not in self._met | {self._place.peer}:
            self._met.add(peer.peer)
            await self._send(PeerJoined(peer=self._place.known_of(peer)))

    async def remove_peer(self, name: str) -> None:
        """Somebody has left; told once, of those who were met."""
        if name in self._met:
            self._met.discard(name)
            await self._send(PeerLeft(peer=name))

    async def reconcile_peers(self) -> None:
        """Another tick of the clock after the admission: whose process died says no goodbye, and a word can be lost."""
        others = {peer.peer: peer for peer in await self._place.admitted_others()}
        for name in sorted(self._met - others.keys()):
            await self.remove_peer(name)
        for peer in others.values():
            await self.add_peer(peer)

    async def show_guests(self) -> None:
        """Who is invited."""
        guests = await asyncio.to_thread(see_guests, self._context, self.participant.booking.id)
        await self._send(Guests(guests=[Guest(id=guest.id, name=guest.name) for guest in guests]))

    async def show_waiting_room(self) -> None:
        """Whether the citizen waits, and since when."""
        await self._tell_waiting_room(await self.state())

    async def _tell_waiting_room(self, state: MeetingState) -> None:
        since = state.waiting_since
        await self._tell_news(
            WaitingRoom(
                # Whoever has just come in has a card before the waiting is noted, and could not be admitted yet.
                is_present=state.is_waiting and Role.CITIZEN in await self._roles(),
                since=since.isoformat() if since else None,
                is_confirmed=state.is_confirmed,
                is_sent_back=state.is_sent_back and not state.is_confirmed,
            )
        )

    async def _tell_news(self, message: Waiting | WaitingRoom) -> None:
        if message != self._told:
            self._told = message
            await self._send(message)

    async def _wait(self, *, goes_on: bool = False) -> None:
        queue: Queue | None = None
        if self.participant.role is Role.CITIZEN:
            queue = await asyncio.to_thread(note_presence, self._context, self.participant, goes_on=goes_on)
            if queue is None:
                await self.look_if_admitted()
                return
        else:
            # A guest who waits is no sign of the citizen.
            check_can_enter(self.participant.booking, self._context.clock.now())
        await self._tell_waiting(queue)
        if queue and not goes_on:
            await self._place.tell("waiting")

    async def _tell_waiting(self, queue: Queue | None) -> None:
        self._queue = queue
        await self._tell_news(
            Waiting(
                ahead=queue and queue.ahead,
                delay_minutes=queue and queue.delay_minutes,
                is_official_here=Role.OFFICIAL in await self._roles(),
            )
        )

    async def _go_in_if_on(self, state: MeetingState) -> bool:
        if not state.is_on:
            return False
        peers = await self._go_in()
        await self._send(Admitted(peers=peers, join_link=self._join_link(state)))
        await self._greet()
        return True

    async def _go_in(self) -> list[Peer]:
        """Be one of the admitted: who else is."""
        self.is_admitted = True
        await self._place.show(is_admitted=True)
        peers = await self._place.admitted_others()
        self._met = {peer.peer for peer in peers}
        return peers

    async def _greet(self) -> None:
        await self._place.tell("joined", peer=self._place.as_peer().model_dump())

    async def _show_official(self, state: MeetingState) -> None:
        """What officials alone are told after their welcome."""
        if state.identity_document:
            await self._send(IdentityRecorded(document=state.identity_document))
        await self.show_guests()
        if state.is_on:
            # Perhaps from the desk's page, of which no socket in the room has heard.
            await self._place.tell("admitted")
        else:
            await self._tell_waiting_room(state)

    async def _roles(self) -> set[str]:
        return {card["role"] for card in (await self._place.present()).values()}

    def _join_link(self, state: MeetingState) -> JoinLink | None:
        """The link into another provider's room; None where the browsers meet each other."""
        if state.provider not in self._context.video:
            return None
        who = RoomParticipant(self.participant.name, self.participant.official is not None)
        closes_at = meeting_times(self.participant.booking).closes_at
        link = self._context.video[state.provider].join_link(state.room, who, closes_at, self._context.clock.now())
        return None if link.kind == "builtin" else JoinLink(kind=link.kind, url=link.url)
