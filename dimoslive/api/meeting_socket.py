"""One browser's signalling socket: see docs/meeting-protocol.md, which is what both sides keep to.

Three things come in: the browser's messages, what is said in the room, and the clock. Each is answered in turn by one
task, so a conversation never has to fear itself.
"""

import asyncio
import hashlib
import json
import re
import secrets
from collections.abc import Callable, Coroutine
from datetime import datetime
from typing import Any

from fastapi import WebSocket, WebSocketDisconnect

from dimoslive.api.meeting_inbox import Inbox, read_browser, read_clock, read_room
from dimoslive.domain.errors import DomainError, TooManyPeople
from dimoslive.domain.meetings import MOST_PEOPLE, IdentityDocument, Outcome, Role, meeting_times
from dimoslive.ports import Guest
from dimoslive.services.enter_meeting import MeetingState, Visitor, note_absence, note_presence, see_meeting
from dimoslive.services.hold_meeting import admit_citizen, end_meeting, go_on_by_phone, record_identity
from dimoslive.services.parts import Parts

REPLACED, REFUSED = 4000, 4001
TELL_EVERY = 4.0
"""Seconds between two words to a waiting citizen."""
GONE_AFTER = 10.0
"""Seconds that a closed socket may take to come back."""

_HEX = re.compile(r"[0-9a-f]{32}")
_departures: set[asyncio.Task[None]] = set()


async def close_refused(websocket: WebSocket, code: str) -> None:
    """Say why, and close."""
    await websocket.send_json({"type": "refused", "code": code})
    await websocket.close(REFUSED)


class Conversation:
    """The server's side of one socket."""

    def __init__(self, websocket: WebSocket, parts: Parts, visitor: Visitor) -> None:
        self._socket, self._parts, self._visitor = websocket, parts, visitor
        self._room = str(visitor.booking.id)
        self._board = parts.switchboard
        self._peer = self._seat = ""
        self._id = secrets.token_hex(8)
        self._is_admitted = self._is_over = self._said_bye = False
        self._handlers: dict[str, Callable[[dict[str, Any]], Coroutine[Any, Any, None]]] = {
            "hello": self._hello, "signal": self._signal, "ping": self._ping, "bye": self._bye, "admit": self._admit,
            "ask_document": self._ask_document, "identity": self._identity, "phone": self._phone, "end": self._end,
        }  # fmt: skip
        self._listeners: dict[str, Callable[[dict[str, Any]], Coroutine[Any, Any, None]]] = {
            "signal": self._on_signal, "joined": self._on_joined, "left": self._on_left,
            "admitted": self._on_admitted, "waiting": self._on_waiting, "ask_document": self._on_ask_document,
            "identity": self._on_identity, "phone": self._on_phone, "replaced": self._on_replaced,
            "ended": self._on_ended,
        }  # fmt: skip
        self._for_officials = {"admit", "ask_document", "identity", "phone", "end"}

    async def run(self) -> None:
        """Until either side closes."""
        inbox: Inbox = asyncio.Queue(maxsize=300)
        async with self._board.listen(self._room) as said:
            sources = [
                asyncio.create_task(read_browser(self._socket, inbox)),
                asyncio.create_task(read_room(said, inbox)),
                asyncio.create_task(read_clock(TELL_EVERY, inbox)),
            ]
            try:
                await self._answer(inbox)
            except (WebSocketDisconnect, RuntimeError):
                pass  # the browser is gone; RuntimeError is Starlette's word for sending to a closed socket
            finally:
                for source in sources:
                    source.cancel()
                await self._depart()

    async def _answer(self, inbox: Inbox) -> None:
        while not self._is_over:
            source, what = await inbox.get()
            if source in {"gone", "close"}:
                if source == "close":
                    await self._socket.close(what)
                return
            try:
                if source == "browser":
                    await self._from_browser(what)
                elif source == "room":
                    await self._from_room(what)
                else:
                    await self._from_clock()
            except DomainError as refusal:
                await self._socket.send_json({"type": "refused", "code": refusal.code})
                if not self._peer:
                    await self._socket.close(REFUSED)
                    return

    # From the browser

    async def _from_browser(self, text: str) -> None:
        try:
            message = json.loads(text)
        except ValueError:
            return
        kind = message.get("type") if isinstance(message, dict) else None
        if kind not in self._handlers or (not self._peer and kind not in {"hello", "ping"}):
            return
        if kind in self._for_officials and self._visitor.official is None:
            return
        await self._handlers[kind](message)

    async def _hello(self, message: dict[str, Any]) -> None:
        seat, page = str(message.get("seat", "")), str(message.get("page", ""))
        if self._peer or not _HEX.fullmatch(seat):
            return
        present = await self._board.present(self._room)
        same_person = [card for card in present.values() if card["person"] == self._visitor.person]
        if any(card["seat"] != seat for card in same_person):
            if message.get("take_over") is not True:
                await self._socket.send_json({"type": "seat_taken"})
                return
            await self._tell({"event": "replaced", "person": self._visitor.person, "seat": seat})
        elif not same_person and len(present) >= MOST_PEOPLE:
            raise TooManyPeople()
        for name, card in present.items():
            if card["person"] == self._visitor.person and name != _peer_name(seat, page):
                await self._leave(name)
        self._seat, self._peer = seat, _peer_name(seat, page)
        await self._come_in(is_back=self._peer in present)

    async def _come_in(self, *, is_back: bool) -> None:
        state = await self._state()
        self._is_admitted = state.is_admitted and not state.is_ended
        await self._enter()
        await self._socket.send_json(
            {
                "type": "welcome",
                "peer": self._peer,
                "role": self._visitor.role.value,
                "state": "admitted" if self._is_admitted else "waiting",
                "peers": await self._others(),
                "door": self._door(state),
            }
        )
        if self._visitor.official is not None:
            await self._show_waiting_room(state)
            if self._is_admitted:
                await self._tell({"event": "admitted"})
        if self._is_admitted:
            if not is_back:
                await self._tell({"event": "joined", "peer": self._card_for_peers()})
        elif self._visitor.role is Role.CITIZEN:
            await self._wait()

    async def _signal(self, message: dict[str, Any]) -> None:
        to, content = message.get("to"), message.get("data")
        if self._is_admitted and isinstance(to, str) and isinstance(content, dict):
            await self._tell({"event": "signal", "to": to, "from": self._peer, "data": content})

    async def _ping(self, message: dict[str, Any]) -> None:
        number = message.get("n")
        await self._socket.send_json({"type": "pong", "n": number if isinstance(number, int) else 0})

    async def _bye(self, _message: dict[str, Any]) -> None:
        self._said_bye = self._is_over = True
        await self._socket.close()

    # From an official's browser

    async def _admit(self, _message: dict[str, Any]) -> None:
        assert self._visitor.official is not None
        await admit_citizen(self._parts, self._visitor.official, self._visitor.booking.reference)
        await self._tell({"event": "admitted"})

    async def _ask_document(self, message: dict[str, Any]) -> None:
        if self._is_admitted:
            await self._tell({"event": "ask_document", "is_on": message.get("is_on") is True})

    async def _identity(self, message: dict[str, Any]) -> None:
        assert self._visitor.official is not None
        if message.get("document") not in set(IdentityDocument):
            return
        document = IdentityDocument(message["document"])
        reference = self._visitor.booking.reference
        await asyncio.to_thread(record_identity, self._parts, self._visitor.official, reference, document)
        await self._tell({"event": "identity", "document": document.value})

    async def _phone(self, _message: dict[str, Any]) -> None:
        assert self._visitor.official is not None
        reference = self._visitor.booking.reference
        number = await asyncio.to_thread(go_on_by_phone, self._parts, self._visitor.official, reference)
        await self._socket.send_json({"type": "phone", "number": number.e164, "shown": number.shown})
        await self._tell({"event": "phone"})

    async def _end(self, message: dict[str, Any]) -> None:
        assert self._visitor.official is not None
        if message.get("outcome") not in set(Outcome):
            return
        outcome = Outcome(message["outcome"])
        await end_meeting(self._parts, self._visitor.official, self._visitor.booking.reference, outcome)
        await self._tell({"event": "ended", "outcome": outcome.value})

    # From the room

    async def _from_room(self, said: dict[str, Any]) -> None:
        if self._peer:
            await self._listeners[said["event"]](said)

    async def _on_signal(self, said: dict[str, Any]) -> None:
        if self._is_admitted and said["to"] == self._peer:
            await self._socket.send_json({"type": "signal", "from": said["from"], "data": said["data"]})

    async def _on_joined(self, said: dict[str, Any]) -> None:
        if self._is_admitted and said["peer"]["peer"] != self._peer:
            await self._socket.send_json({"type": "peer_joined", "peer": said["peer"]})

    async def _on_left(self, said: dict[str, Any]) -> None:
        if self._is_admitted and said["peer"] != self._peer:
            await self._socket.send_json({"type": "peer_left", "peer": said["peer"]})

    async def _on_admitted(self, _said: dict[str, Any]) -> None:
        if not self._is_admitted:
            await self._be_admitted()

    async def _on_waiting(self, _said: dict[str, Any]) -> None:
        if self._visitor.official is not None and not self._is_admitted:
            await self._show_waiting_room(await self._state())

    async def _on_ask_document(self, said: dict[str, Any]) -> None:
        if self._visitor.official is None and self._is_admitted:
            await self._socket.send_json({"type": "ask_document", "is_on": said["is_on"]})

    async def _on_identity(self, said: dict[str, Any]) -> None:
        if self._visitor.official is not None:
            await self._socket.send_json({"type": "identity", "document": said["document"]})

    async def _on_phone(self, _said: dict[str, Any]) -> None:
        if self._visitor.official is None:
            await self._socket.send_json({"type": "phone"})

    async def _on_replaced(self, said: dict[str, Any]) -> None:
        if said["person"] == self._visitor.person and said["seat"] != self._seat:
            self._is_over = self._said_bye = True
            self._peer = ""
            await self._socket.send_json({"type": "replaced"})
            await self._socket.close(REPLACED)

    async def _on_ended(self, said: dict[str, Any]) -> None:
        await self._be_ended(said["outcome"] if self._visitor.official is not None else None)

    async def _be_admitted(self) -> None:
        state = await self._state()
        if not state.is_admitted or state.is_ended:
            return
        self._is_admitted = True
        await self._enter()
        await self._socket.send_json({"type": "admitted", "peers": await self._others(), "door": self._door(state)})
        await self._tell({"event": "joined", "peer": self._card_for_peers()})

    async def _be_ended(self, outcome: str | None) -> None:
        self._is_over = self._said_bye = True
        await self._socket.send_json({"type": "ended", "outcome": outcome})
        await self._socket.close()

    # From the clock

    async def _from_clock(self) -> None:
        if not self._peer:
            return
        if self._parts.clock.now() >= meeting_times(self._visitor.booking).closes_at:
            await self._be_ended(None)
        elif self._visitor.role is Role.CITIZEN and not self._is_admitted:
            if (await self._state()).is_admitted:
                await self._be_admitted()
            else:
                await self._wait()

    # What all of these use

    async def _wait(self) -> None:
        queue = await asyncio.to_thread(note_presence, self._parts, self._visitor)
        officials = [card for card in (await self._board.present(self._room)).values() if card["role"] == Role.OFFICIAL]
        await self._socket.send_json(
            {
                "type": "waiting",
                "ahead": queue.ahead,
                "delay_minutes": queue.delay_minutes,
                "is_official_here": bool(officials),
            }
        )
        await self._tell({"event": "waiting"})

    async def _show_waiting_room(self, state: MeetingState) -> None:
        cards = (await self._board.present(self._room)).values()
        since: datetime | None = state.waiting_since
        await self._socket.send_json(
            {
                "type": "waiting_room",
                "is_present": any(card["role"] == Role.CITIZEN for card in cards),
                "since": since.isoformat() if since else None,
                "is_confirmed": state.is_confirmed,
            }
        )

    async def _state(self) -> MeetingState:
        return await asyncio.to_thread(see_meeting, self._parts, self._visitor.booking.id)

    async def _tell(self, message: dict[str, Any]) -> None:
        await self._board.say(self._room, message)

    async def _enter(self) -> None:
        card = {
            "person": self._visitor.person,
            "seat": self._seat,
            "socket": self._id,
            "role": self._visitor.role.value,
            "name": self._visitor.name,
            "is_admitted": "yes" if self._is_admitted else "",
        }
        await self._board.enter(self._room, self._peer, card)

    async def _others(self) -> list[dict[str, str]]:
        if not self._is_admitted:
            return []
        present = await self._board.present(self._room)
        return [
            {"peer": peer, "role": card["role"], "name": card["name"]}
            for peer, card in sorted(present.items())
            if peer != self._peer and card["is_admitted"]
        ]

    def _card_for_peers(self) -> dict[str, str]:
        return {"peer": self._peer, "role": self._visitor.role.value, "name": self._visitor.name}

    def _door(self, state: MeetingState) -> dict[str, str] | None:
        if not self._is_admitted or state.provider not in self._parts.video or not state.room:
            return None
        guest = Guest(self._visitor.name, self._visitor.official is not None)
        closes_at = meeting_times(self._visitor.booking).closes_at
        door = self._parts.video[state.provider].door(state.room, guest, closes_at, self._parts.clock.now())
        return None if door.kind == "builtin" else {"kind": door.kind, "url": door.url}

    async def _leave(self, peer: str) -> None:
        await self._board.leave(self._room, peer)
        await self._tell({"event": "left", "peer": peer})

    async def _depart(self) -> None:
        """A closed socket may come back; a goodbye is final at once."""
        if not self._peer:
            return
        if self._said_bye:
            await self._leave_for_good()
            return
        task = asyncio.create_task(self._leave_later())
        _departures.add(task)
        task.add_done_callback(_departures.discard)

    async def _leave_later(self) -> None:
        await asyncio.sleep(GONE_AFTER)
        await self._leave_for_good()

    async def _leave_for_good(self) -> None:
        present = await self._board.present(self._room)
        if present.get(self._peer, {}).get("socket") != self._id:
            return  # came back by another socket
        await self._leave(self._peer)
        others = [card for name, card in present.items() if name != self._peer]
        if self._visitor.role is Role.CITIZEN and not any(card["role"] == Role.CITIZEN for card in others):
            await asyncio.to_thread(note_absence, self._parts, self._visitor.booking.id)
            await self._tell({"event": "waiting"})


def _peer_name(seat: str, page: str) -> str:
    """The same after a cut socket, another after a reload; tells nobody the seat."""
    return "p" + hashlib.sha256(f"{seat}:{page}".encode()).hexdigest()[:10]
