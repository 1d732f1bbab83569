"""What an official asks for over the meeting's socket: each press is one service's work, and the room is told."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

from dimoslive.context import AppContext
from dimoslive.domain.booking.booking import Booking
from dimoslive.domain.errors import (
    AlreadyAdmitted,
    InvalidInput,
    MeetingOver,
    NobodyWaits,
    NotFound,
    TooManyGuests,
    VideoUnavailable,
)
from dimoslive.domain.people.permissions import Permission, can
from dimoslive.domain.people.principals import Official
from dimoslive.http.meeting.presence import PresenceEntry
from dimoslive.http.meeting.protocol import (
    Admit,
    AskDocument,
    AskPhone,
    EndMeeting,
    Invited,
    InviteGuest,
    OfficialCommand,
    Phone,
    Problem,
    RecordIdentity,
    ServerMessage,
    WithdrawGuest,
)
from dimoslive.services.meeting.admit_citizen import admit_citizen
from dimoslive.services.meeting.end_meeting import end_meeting
from dimoslive.services.meeting.invite_guest import invite_guest
from dimoslive.services.meeting.record_identity import record_identity
from dimoslive.services.meeting.switch_to_phone import switch_to_phone
from dimoslive.services.meeting.withdraw_guest import withdraw_guest
from dimoslive.urls import meeting_path

_PROBLEMS = (AlreadyAdmitted, InvalidInput, MeetingOver, NobodyWaits, TooManyGuests, VideoUnavailable)


class OfficialCommands:
    """The presses of one official's socket. ``send`` answers that socket alone."""

    def __init__(
        self,
        context: AppContext,
        booking: Booking,
        place: PresenceEntry,
        send: Callable[[ServerMessage], Coroutine[Any, Any, None]],
    ) -> None:
        self._context, self._reference, self._place, self._send = context, booking.reference, place, send
        self._municipality_id = booking.service.municipality_id
        # Each takes the commands of its own kind.
        self._kinds: dict[type, tuple[Permission, Callable[[Official, Any], Coroutine[Any, Any, None]]]] = {
            Admit: (Permission.ADMIT, self._admit),
            AskDocument: (Permission.RECORD_IDENTITY, self._ask_document),
            RecordIdentity: (Permission.RECORD_IDENTITY, self._identity),
            AskPhone: (Permission.CALL_CITIZEN, self._phone),
            InviteGuest: (Permission.INVITE_GUEST, self._invite),
            WithdrawGuest: (Permission.INVITE_GUEST, self._withdraw),
            EndMeeting: (Permission.END_MEETING, self._end),
        }

    async def dispatch(self, official: Official, message: OfficialCommand) -> None:
        """Do it, or say why it cannot be done; raises what ends the conversation, such as `NotFound`."""
        permission, command = self._kinds[type(message)]
        if not can(official, permission, self._municipality_id):
            raise NotFound()
        try:
            await command(official, message)
        except _PROBLEMS as problem:
            await self._send(Problem(code=problem.code))

    async def _admit(self, official: Official, _message: Admit) -> None:
        await admit_citizen(self._context, official, self._reference)
        await self._place.tell("admitted")

    async def _ask_document(self, _official: Official, message: AskDocument) -> None:
        await self._place.tell("ask_document", is_on=message.is_on)

    async def _identity(self, official: Official, message: RecordIdentity) -> None:
        await asyncio.to_thread(record_identity, self._context, official, self._reference, message.document)
        await self._place.tell("identity", document=message.document.value)

    async def _phone(self, official: Official, _message: AskPhone) -> None:
        number = await asyncio.to_thread(switch_to_phone, self._context, official, self._reference)
        await self._send(Phone(number=number.e164, shown=number.shown))
        await self._place.tell("phone")

    async def _invite(self, official: Official, message: InviteGuest) -> None:
        invited = await asyncio.to_thread(invite_guest, self._context, official, self._reference, message.name)
        # First, so that all see the invitation even where its answer is lost.
        await self._place.tell("guests")
        path = meeting_path("el", f"guest={invited.token}")
        await self._send(Invited(id=invited.id, name=invited.name, path=path))

    async def _withdraw(self, official: Official, message: WithdrawGuest) -> None:
        await asyncio.to_thread(withdraw_guest, self._context, official, self._reference, message.guest)
        await self._place.tell("guests")

    async def _end(self, official: Official, message: EndMeeting) -> None:
        await asyncio.to_thread(end_meeting, self._context, official, self._reference, message.outcome)
        await self._place.tell("ended", outcome=message.outcome.value)
