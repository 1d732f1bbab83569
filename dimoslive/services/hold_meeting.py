"""What an official does in a meeting: admit, check identity, go on by telephone, end."""

import asyncio
from dataclasses import dataclass

from dimoslive.db.bookings import booking_with_service
from dimoslive.db.engine import transaction
from dimoslive.db.meetings import claim_admission, leave_to_close, meeting_of, note_end
from dimoslive.db.models.booking import BookingRow
from dimoslive.db.models.catalogue import Municipality
from dimoslive.db.rows import to_booking
from dimoslive.domain.actors import OfficialActor
from dimoslive.domain.bookings import ALLOWED_MOVES, Booking, BookingStatus
from dimoslive.domain.errors import AlreadyAdmitted, MeetingOver, NobodyWaits
from dimoslive.domain.meetings import STATUS_AFTER, IdentityDocument, Outcome, check_can_enter
from dimoslive.domain.personal_data import PhoneNumber
from dimoslive.services.enter_meeting import PRESENT_FOR, official_booking
from dimoslive.services.parts import Parts

_UNDER_WAY = {BookingStatus.BOOKED, BookingStatus.WAITING, BookingStatus.IN_SERVICE}


@dataclass(frozen=True, slots=True)
class Admission:
    """Where the meeting takes place."""

    provider: str
    room: str


async def admit_citizen(parts: Parts, official: OfficialActor, reference: str) -> Admission:
    """Let the waiting citizen in; the room is made only now.

    Raises `NotFound`, `NobodyWaits`, `AlreadyAdmitted`, `VideoUnavailable` (nobody is admitted then) or what
    `check_can_enter` raises.
    """
    booking, provider = await asyncio.to_thread(_claim, parts, official, reference)
    subject = booking.service.service_name[booking.language]
    try:
        room = await parts.video[provider].open_room(booking.reference, subject, booking.period)
    except BaseException:
        await asyncio.to_thread(_give_back, parts, booking.id)
        raise
    if not await asyncio.to_thread(_note_room, parts, booking.id, provider, room):
        raise MeetingOver()
    return Admission(provider, room)


def record_identity(parts: Parts, official: OfficialActor, reference: str, document: IdentityDocument) -> None:
    """«Identity shown»: the kind of document, nothing else. Raises `NotFound`, `NobodyWaits` or `MeetingOver`."""
    with transaction(parts.db) as tx:
        meeting = meeting_of(tx, official_booking(tx, official, reference, for_change=True))
        if meeting.ended_at is not None:
            raise MeetingOver()
        if meeting.admitted_at is None:
            raise NobodyWaits()
        meeting.identity_document, meeting.identity_at = document.value, parts.clock.now()
        tx.add(meeting)


def go_on_by_phone(parts: Parts, official: OfficialActor, reference: str) -> PhoneNumber:
    """The citizen's number, and a note that the telephone was used.

    Raises `NotFound` or what `check_can_enter` raises: the number is for the meeting alone.
    """
    now = parts.clock.now()
    with transaction(parts.db) as tx:
        row = official_booking(tx, official, reference, for_change=True)
        check_can_enter(to_booking(*booking_with_service(tx, row.id or 0)), now)
        meeting = meeting_of(tx, row)
        meeting.phone_at = meeting.phone_at or now
        tx.add(meeting)
        return PhoneNumber(row.phone)


def end_meeting(parts: Parts, official: OfficialActor, reference: str, outcome: Outcome) -> None:
    """End it for all; what remains are times and the outcome. The provider's room is closed by a job.

    Raises `NotFound`, `MeetingOver`, or `NobodyWaits` for an outcome that needs a citizen who was admitted.
    """
    status = STATUS_AFTER[outcome]
    with transaction(parts.db) as tx:
        booking = official_booking(tx, official, reference, for_change=True)
        meeting = meeting_of(tx, booking)
        now_in = BookingStatus(booking.status)
        if meeting.ended_at is not None or now_in not in _UNDER_WAY:
            raise MeetingOver()
        if status not in ALLOWED_MOVES[now_in]:
            raise NobodyWaits()
        note_end(tx, booking, meeting, status, outcome.value, parts.clock.now())


def _claim(parts: Parts, official: OfficialActor, reference: str) -> tuple[Booking, str]:
    """Become the one who admits; the booking and the provider."""
    now = parts.clock.now()
    with transaction(parts.db) as tx:
        row = official_booking(tx, official, reference, for_change=True)
        booking = to_booking(*booking_with_service(tx, row.id or 0))
        check_can_enter(booking, now)
        meeting = meeting_of(tx, row)
        if meeting.admitted_at is not None and meeting.ended_at is None:
            raise AlreadyAdmitted()
        if meeting.seen_at is None or now - meeting.seen_at > PRESENT_FOR:
            raise NobodyWaits()
        if not claim_admission(tx, booking.id, official.id, now):
            raise AlreadyAdmitted()
        row.status = BookingStatus.IN_SERVICE.value
        tx.add(row)
        chosen = tx.get_one(Municipality, row.municipality_id).video_provider
    return booking, chosen if chosen in parts.video else parts.default_video


def _note_room(parts: Parts, booking_id: int, provider: str, room: str) -> bool:
    """False if the meeting was ended while the provider made its room."""
    with transaction(parts.db) as tx:
        meeting = meeting_of(tx, tx.get_one(BookingRow, booking_id, with_for_update=True))
        if meeting.ended_at is not None:
            leave_to_close(tx, booking_id, provider, room, parts.clock.now())
            return False
        meeting.provider, meeting.room = provider, room
        tx.add(meeting)
    return True


def _give_back(parts: Parts, booking_id: int) -> None:
    with transaction(parts.db) as tx:
        booking = tx.get_one(BookingRow, booking_id, with_for_update=True)
        meeting = meeting_of(tx, booking)
        if meeting.ended_at is not None:
            return
        meeting.admitted_at = meeting.admitted_by = None
        booking.status = BookingStatus.WAITING.value
        tx.add(meeting)
        tx.add(booking)
