"""One browser's signalling socket: see docs/meeting-protocol.md, which is what both sides keep to.

Three things come in: the browser's messages, what is said in the room, and the clock. Each is answered in turn by one
task, so a conversation never has to fear itself.
"""

import asyncio
from collections.abc import Callable, Coroutine
from contextlib import AsyncExitStack, suppress
from typing import Any

from fastapi import WebSocket

from dimoslive.context import AppContext
from dimoslive.domain.errors import DomainError, NotFound, NotSignedIn
from dimoslive.domain.meeting.meeting import Role, meeting_times
from dimoslive.http.meeting.inbox import Inbox, read_browser, read_clock, read_message, read_room
from dimoslive.http.meeting.official_commands import OfficialCommands
from dimoslive.http.meeting.participant_session import ParticipantSession
from dimoslive.http.meeting.presence import PresenceConflict, PresenceEntry
from dimoslive.http.meeting.protocol import (
    AlreadyJoined,
    Bye,
    CloseCode,
    DocumentAsked,
    Ended,
    Hello,
    IdentityRecorded,
    OfficialCommand,
    Peer,
    Phone,
    Ping,
    Pong,
    Refused,
    Replaced,
    SendSignal,
    Signal,
)
from dimoslive.http.meeting.sender import GONE, Sender, SlowConsumer
from dimoslive.services.meeting.find_participant import JoinRequest, Participant
from dimoslive.services.meeting.note_absence import note_absence

TICK_EVERY = 4.0
"""Seconds between two looks at who is in the room."""
LOOK_EVERY = 12.0
"""Seconds for which what the database says is taken as known. Words are lost rarely, an official's right is asked for
anew with each press and each tick, and whoever waits counts as present for longer."""
GONE_AFTER = 10.0
"""Seconds that a closed socket may take to come back."""
MAX_TURN_SECONDS = 1.0
"""Seconds that a ping waits its turn: after that it is answered at once, as it asks about the line alone."""
SILENT_AFTER = 90.0
"""Seconds without a word after which a browser is gone; in a hidden tab its pings come once a minute."""
HELLO_WITHIN = 15.0
"""Seconds after which a socket without a place in the room is closed: it hears nothing, but is not free."""
ANSWER_WITHIN = 120.0
"""The same for whoever was asked whether to take over from another device: the question is being read."""

_departures: set[asyncio.Task[None]] = set()


class Conversation:
    """The server's side of one socket."""

    def __init__(
        self, websocket: WebSocket, context: AppContext, participant: Participant, join_request: JoinRequest
    ) -> None:
        self._socket, self._context, self._clock = websocket, context, context.clock
        self._sender = Sender(websocket, context.clock)
        self._place = PresenceEntry(context.room_bus, participant)
        self._attendance = ParticipantSession(context, participant, join_request, self._place, self._sender.send)
        self._is_over = self._said_bye = False
        self._opened_at = self._heard_at = self._looked_at = self._clock.monotonic()
        self._place_within = HELLO_WITHIN
        self._inbox: Inbox = asyncio.Queue(maxsize=300)
        self._room = AsyncExitStack()
        self._turn_began: float | None = None
        self._reader: asyncio.Task[None]
        # Each takes the messages of its own kind.
        self._handlers: dict[type, Callable[[Any], Coroutine[Any, Any, None]]] = {
            Hello: self._hello, SendSignal: self._signal, Ping: self._ping, Bye: self._bye,
        }  # fmt: skip
        self._commands = OfficialCommands(context, participant.booking, self._place, self._sender.send)
        self._listeners: dict[str, Callable[[dict[str, Any]], Coroutine[Any, Any, None]]] = {
            "signal": self._on_signal, "joined": self._on_joined, "left": self._on_left,
            "admitted": self._on_admitted, "waiting": self._on_waiting, "ask_document": self._on_ask_document,
            "identity": self._on_identity, "phone": self._on_phone, "replaced": self._on_replaced,
            "guests": self._on_guests, "sent_back": self._on_sent_back, "ended": self._on_ended,
        }  # fmt: skip

    async def run(self) -> None:
        """Until either side closes."""
        async with self._room:
            self._reader = asyncio.create_task(
                read_browser(self._socket, self._clock, self._inbox, self._answer_at_once)
            )
            clock = asyncio.create_task(read_clock(self._clock, TICK_EVERY, self._inbox))
            try:
                await self._answer()
            except SlowConsumer:
                await self._hang_up(CloseCode.GOING_AWAY)
            except GONE:
                pass  # the browser went while it was being answered
            finally:
                await _stop(self._reader, clock)
                await self._depart()

    async def _listen(self) -> None:
        """Hear what is said in the room from now on."""
        said = await self._room.enter_async_context(self._place.subscribe())
        self._room.push_async_callback(_stop, asyncio.create_task(read_room(said, self._inbox)))

    async def _answer(self) -> None:
        while not self._is_over:
            self._turn_began = None
            source, what = await self._inbox.get()
            if source == "gone":
                return
            self._turn_began = self._clock.monotonic()
            try:
                if source == "close":
                    await self._hang_up(what)
                elif source == "browser":
                    await self._from_browser(what)
                elif source == "room":
                    await self._from_room(what)
                else:
                    await self._from_clock()
            except DomainError as refusal:
                if isinstance(refusal, (NotSignedIn, NotFound)):
                    await self._attendance.leave_nobody_alone()
                await self._sender.send(Refused(code=refusal.code))
                await self._send_away(CloseCode.REFUSED)

    # From the browser

    async def _answer_at_once(self, text: str) -> bool:
        """Whether it was a ping, while a slow provider or database holds up everything else."""
        if self._turn_began is None or self._clock.monotonic() - self._turn_began < MAX_TURN_SECONDS:
            return False
        message = read_message(text)
        if not isinstance(message, Ping):
            return False
        self._heard_at = self._clock.monotonic()
        with suppress(*GONE):
            await self._ping(message)
        return True

    async def _from_browser(self, text: str) -> None:
        self._heard_at = self._clock.monotonic()
        message = read_message(text)
        if message is None or (not self._place.peer and not isinstance(message, Hello | Ping)):
            return
        if not isinstance(message, OfficialCommand):
            await self._handlers[type(message)](message)
        elif self._attendance.participant.official is not None:
            await self._commands.dispatch(await self._attendance.official(), message)

    async def _hello(self, message: Hello) -> None:
        if self._place.peer:
            return
        role = self._attendance.participant.role
        is_long_ago = self._clock.monotonic() - self._opened_at > LOOK_EVERY
        if role is Role.GUEST or (role is Role.OFFICIAL and is_long_ago):
            # The invitation may have been withdrawn, or the right taken away, since the socket opened.
            await self._attendance.look_again()
        # First, so that nothing is missed that is said after the others are seen.
        await self._listen()
        try:
            was_admitted = await self._place.take(message.client_id, message.page, take_over=message.take_over)
        except PresenceConflict:
            await self._hang_up(CloseCode.TRY_AGAIN)
            return
        if was_admitted is None:
            await self._room.aclose()
            self._place_within = ANSWER_WITHIN
            await self._sender.send(AlreadyJoined())
            return
        await self._attendance.begin(was_admitted=was_admitted)

    async def _signal(self, message: SendSignal) -> None:
        if self._attendance.is_admitted:
            # Put into words once: as text it takes little room while it waits for a browser that is slow.
            frame = Signal(sender=self._place.peer, data=message.data).frame()
            await self._place.tell("signal", to=message.to, frame=frame)

    async def _ping(self, message: Ping) -> None:
        await self._sender.send(Pong(n=message.n))

    async def _bye(self, _message: Bye) -> None:
        await self._send_away()

    # From the room

    async def _from_room(self, said: dict[str, Any]) -> None:
        if self._place.peer:
            await self._listeners[said["event"]](said)

    async def _on_signal(self, said: dict[str, Any]) -> None:
        if self._attendance.is_admitted and said["to"] == self._place.peer:
            await self._sender.pass_on(said["frame"])

    async def _on_joined(self, said: dict[str, Any]) -> None:
        if self._attendance.is_admitted:
            await self._attendance.add_peer(Peer.model_validate(said["peer"]))

    async def _on_left(self, said: dict[str, Any]) -> None:
        await self._attendance.remove_peer(said["peer"])

    async def _on_admitted(self, _said: dict[str, Any]) -> None:
        await self._attendance.look_if_admitted()

    async def _on_waiting(self, _said: dict[str, Any]) -> None:
        if self._attendance.participant.official is not None and not self._attendance.is_admitted:
            await self._attendance.show_waiting_room()

    async def _on_ask_document(self, said: dict[str, Any]) -> None:
        if self._attendance.participant.role is Role.CITIZEN and self._attendance.is_admitted:
            await self._sender.send(DocumentAsked(is_on=said["is_on"]))

    async def _on_identity(self, said: dict[str, Any]) -> None:
        if self._attendance.participant.official is not None:
            await self._sender.send(IdentityRecorded(document=said["document"]))

    async def _on_phone(self, _said: dict[str, Any]) -> None:
        if self._attendance.participant.role is Role.CITIZEN:
            await self._sender.send(Phone())

    async def _on_guests(self, _said: dict[str, Any]) -> None:
        if self._attendance.participant.official is not None:
            await self._attendance.show_guests()
        elif self._attendance.participant.role is Role.GUEST:
            await self._attendance.look_again()

    async def _on_replaced(self, said: dict[str, Any]) -> None:
        if self._place.is_replaced_by(said):
            # The place is the other's now: nothing is left to depart from.
            await self._place.be_replaced()
            await self._sender.send(Replaced())
            await self._send_away(CloseCode.REPLACED)

    async def _on_sent_back(self, _said: dict[str, Any]) -> None:
        await self._attendance.go_back()

    async def _on_ended(self, said: dict[str, Any]) -> None:
        await self._be_ended(said["outcome"] if self._attendance.participant.official is not None else None)

    # From the clock

    async def _from_clock(self) -> None:
        if self._is_past_door():
            # Meanwhile the desk may have said that it is late.
            await self._attendance.look_again()
        if self._is_past_door():
            await self._be_ended(None)
        elif self._clock.monotonic() - self._heard_at > SILENT_AFTER:
            await self._hang_up(CloseCode.GOING_AWAY)
        elif not self._place.peer:
            if self._clock.monotonic() - self._opened_at > self._place_within:
                await self._hang_up(CloseCode.GOING_AWAY)
        else:
            await self._place.renew()
            if self._clock.monotonic() - self._looked_at > LOOK_EVERY:
                self._looked_at = self._clock.monotonic()
                await self._look()
            elif self._attendance.participant.official is not None:
                # A right that was taken away ends within seconds.
                await self._attendance.look_again()
                await self._look_who_is_here()
            else:
                await self._look_who_is_here()

    def _is_past_door(self) -> bool:
        return self._clock.now() >= meeting_times(self._attendance.participant.booking).closes_at

    async def _look_who_is_here(self) -> None:
        if not self._attendance.is_admitted:
            await self._attendance.look_who_is_here()

    async def _look(self) -> None:
        """What the database says by now: the word of it may have been lost."""
        if self._attendance.participant.role is Role.CITIZEN:
            await self._attendance.stay_signed_in()
        else:
            await self._attendance.look_again()
        if not self._attendance.is_admitted:
            await self._attendance.go_on_waiting()
            return
        state = await self._attendance.state()
        if state.is_on:
            await self._attendance.reconcile_peers()
        elif state.is_sent_back:
            await self._attendance.go_back()
        else:
            await self._on_ended({"outcome": state.outcome or None})

    # The end

    async def _be_ended(self, outcome: str | None) -> None:
        await self._sender.send(Ended(outcome=outcome))
        await self._send_away()

    async def _send_away(self, code: CloseCode = CloseCode.NORMAL) -> None:
        """Close, and be gone at once: whoever is sent away, or says goodbye, is not waited for."""
        self._said_bye = True
        await self._hang_up(code)

    async def _hang_up(self, code: CloseCode) -> None:
        self._is_over = True
        # Granian holds a close back for as long as anybody waits for the browser's next word.
        await _stop(self._reader)
        await self._sender.close(code)

    async def _depart(self) -> None:
        """A closed socket may come back; a goodbye is final at once."""
        if not self._place.peer:
            return
        if self._said_bye:
            await self._leave()
            return
        task = asyncio.create_task(self._leave_later())
        _departures.add(task)
        task.add_done_callback(_departures.discard)

    async def _leave_later(self) -> None:
        await self._clock.sleep(GONE_AFTER)
        await self._leave()

    async def _leave(self) -> None:
        if await self._place.leave() and self._attendance.participant.role is Role.CITIZEN:
            await asyncio.to_thread(note_absence, self._context, self._attendance.participant.booking.id)
            await self._place.tell("waiting")


async def _stop(*tasks: asyncio.Task[None]) -> None:
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
