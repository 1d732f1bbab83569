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
from dimoslive.domain.meeting.meeting import IdentityDocument, Outcome
from dimoslive.domain.people.permissions import Permission, can
from dimoslive.domain.people.principals import Official
from dimoslive.http.meeting.presence import PresenceEntry
from dimoslive.services.meeting.admit_citizen import admit_citizen
from dimoslive.services.meeting.end_meeting import end_meeting
from dimoslive.services.meeting.invite_guest import invite_guest
from dimoslive.services.meeting.record_identity import record_identity
from dimoslive.services.meeting.switch_to_phone import switch_to_phone
from dimoslive.services.meeting.withdraw_guest import withdraw_guest
from dimoslive.urls import meeting_path

_PROBLEMS = (AlreadyAdmitted, InvalidInput, MeetingOver, NobodyWaits, TooManyGuests, VideoUnavailable)

Message = dict[str, Any]


class OfficialCommands:
    """The presses of one official's socket. ``send`` answers that socket alone."""

    def __init__(
        self,
        context: AppContext,
        booking: Booking,
        place: PresenceEntry,
        send: Callable[..., Coroutine[Any, Any, None]],
    ) -> None:
        self._context, self._reference, self._place, self._send = context, booking.reference, place, send
        self._municipality_id = booking.service.municipality_id
        self._kinds: dict[str, tuple[Permission, Callable[[Official, Message], Coroutine[Any, Any, None]]]] = {
            "admit": (Permission.ADMIT, self._admit),
            "ask_document": (Permission.RECORD_IDENTITY, self._ask_document),
            "identity": (Permission.RECORD_IDENTITY, self._identity),
            "phone": (Permission.CALL_CITIZEN, self._phone),
            "invite": (Permission.INVITE_GUEST, self._invite),
            "withdraw": (Permission.INVITE_GUEST, self._withdraw),
            "end": (Permission.END_MEETING, self._end),
        }

    def __contains__(self, kind: str) -> bool:
        return kind in self._kinds

    async def dispatch(self, kind: str, official: Official, message: Message) -> None:
        """Do it, or say why it cannot be done; raises what ends the conversation, such as `NotFound`."""
        permission, command = self._kinds[kind]
        if not can(official, permission, self._municipality_id):
            raise NotFound()
        try:
            await command(official, message)
        except _PROBLEMS as problem:
            await self._send("problem", code=problem.code)

    async def _admit(self, official: Official, _message: Message) -> None:
        await admit_citizen(self._context, official, self._reference)
        await self._place.tell("admitted")

    async def _ask_document(self, _official: Official, message: Message) -> None:
        await self._place.tell("ask_document", is_on=message.get("is_on") is True)

    async def _identity(self, official: Official, message: Message) -> None:
        shown = next((kind for kind in IdentityDocument if kind.value == message.get("document")), None)
        if shown is not None:
            await asyncio.to_thread(record_identity, self._context, official, self._reference, shown)
            await self._place.tell("identity", document=shown.value)

    async def _phone(self, official: Official, _message: Message) -> None:
        number = await asyncio.to_thread(switch_to_phone, self._context, official, self._reference)
        await self._send("phone", number=number.e164, shown=number.shown)
        await self._place.tell("phone")

    async def _invite(self, official: Official, message: Message) -> None:
        name = message.get("name")
        if isinstance(name, str):
            invited = await asyncio.to_thread(invite_guest, self._context, official, self._reference, name)
            # First, so that all see the invitation even where its answer is lost.
            await self._place.tell("guests")
            path = meeting_path("el", f"guest={invited.token}")
            await self._send("invited", id=invited.id, name=invited.name, path=path)

    async def _withdraw(self, official: Official, message: Message) -> None:
        guest_id = message.get("guest")
        # Python takes true for the number one.
        if isinstance(guest_id, int) and not isinstance(guest_id, bool):
            await asyncio.to_thread(withdraw_guest, self._context, official, self._reference, guest_id)
            await self._place.tell("guests")

    async def _end(self, official: Official, message: Message) -> None:
        outcome = next((outcome for outcome in Outcome if outcome.value == message.get("outcome")), None)
        if outcome is not None:
            await asyncio.to_thread(end_meeting, self._context, official, self._reference, outcome)
            await self._place.tell("ended", outcome=outcome.value)
