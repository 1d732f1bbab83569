"""Let the waiting citizen in."""

import asyncio
from dataclasses import dataclass
from datetime import datetime

from dimoslive.context import AppContext
from dimoslive.db.announcements import announce_day
from dimoslive.db.engine import transaction
from dimoslive.db.queries.bookings import booking_with_service
from dimoslive.db.queries.closures_of_rooms import enqueue_room_closure
from dimoslive.db.queries.meetings import claim_admission, is_admitted, meeting_of
from dimoslive.db.rows.booking import to_booking
from dimoslive.db.rows.history import facts_of
from dimoslive.db.tables.booking import BookingRow
from dimoslive.db.tables.catalogue import MunicipalityRow
from dimoslive.db.tables.meeting import MeetingRow
from dimoslive.domain.booking.booking import Booking
from dimoslive.domain.booking.statuses import BookingStatus, change_status
from dimoslive.domain.errors import AlreadyAdmitted, DomainError, MeetingOver, NobodyWaits
from dimoslive.domain.meeting.meeting import PRESENT_FOR, check_can_enter
from dimoslive.domain.people.permissions import Permission
from dimoslive.domain.people.principals import Official
from dimoslive.services.access.access_booking import access_booking
from dimoslive.services.booking.record_change import record_change


@dataclass(frozen=True, slots=True)
class Admission:
    """Where the meeting takes place."""

    provider: str
    room: str


@dataclass(frozen=True, slots=True)
class _Claim:
    """One official's admission, known by its instant: when it has taken too long, another may claim."""

    booking: Booking
    provider: str
    at: datetime


async def admit_citizen(context: AppContext, official: Official, reference: str) -> Admission:
    """Let the waiting citizen in; the room is made only now.

    Raises `NotFound`, `NobodyWaits`, `AlreadyAdmitted`, `VideoUnavailable` (nobody is admitted then) or what
    `check_can_enter` raises.
    """
    claim = await asyncio.to_thread(_claim, context, official, reference)
    booking = claim.booking
    subject = booking.service.service_name[booking.language]
    try:
        room = await context.video[claim.provider].open_room(booking.reference, subject, booking.period)
    except BaseException:
        await asyncio.to_thread(_give_back, context, claim)
        raise
    refusal = await asyncio.to_thread(_note_room, context, claim, room)
    if refusal is not None:
        raise refusal
    return Admission(claim.provider, room)


def _claim(context: AppContext, official: Official, reference: str) -> _Claim:
    """Become the one who admits."""
    now = context.clock.now()
    with transaction(context.db) as tx:
        row = access_booking(tx, official, reference, Permission.ADMIT, for_change=True)
        booking = to_booking(booking_with_service(tx, row.id or 0))
        check_can_enter(booking, now)
        meeting = meeting_of(tx, row)
        if is_admitted(meeting, now):
            raise AlreadyAdmitted()
        if meeting.seen_at is None or now - meeting.seen_at > PRESENT_FOR:
            raise NobodyWaits()
        if not claim_admission(tx, booking.id, official.id, now):
            raise AlreadyAdmitted()
        before = facts_of(row)
        row.status = change_status(row.status, BookingStatus.IN_SERVICE)
        row.started_at, row.served_by = now, official.id
        record_change(tx, row, before, "admitted", now, official_id=official.id)
        chosen = tx.get_one(MunicipalityRow, row.municipality_id).video_provider
    return _Claim(booking, chosen if chosen in context.video else context.default_video, now)


def _note_room(context: AppContext, claim: _Claim, room: str) -> DomainError | None:
    """Why nobody goes into it, if the meeting ended or another admitted while the provider made it."""
    with transaction(context.db) as tx:
        booking_id = claim.booking.id
        meeting = meeting_of(tx, tx.get_one(BookingRow, booking_id, with_for_update=True))
        if not _stands(claim, meeting):
            enqueue_room_closure(tx, booking_id, claim.provider, room, context.clock.now())
            if meeting.ended_at is not None:
                return MeetingOver()
            # Or whoever was admitted lost the place meanwhile, and the one who has it waits.
            return AlreadyAdmitted() if is_admitted(meeting, context.clock.now()) else NobodyWaits()
        meeting.provider, meeting.room, meeting.sent_back_at = claim.provider, room, None
        tx.add(meeting)
        announce_day(tx, tx.get_one(BookingRow, booking_id), "admitted")
    return None


def _give_back(context: AppContext, claim: _Claim) -> None:
    with transaction(context.db) as tx:
        booking = tx.get_one(BookingRow, claim.booking.id, with_for_update=True)
        meeting = meeting_of(tx, booking)
        if not _stands(claim, meeting):
            return
        meeting.admitted_at = meeting.admitted_by = None
        before = facts_of(booking)
        booking.status = change_status(booking.status, BookingStatus.WAITING)
        booking.started_at = booking.served_by = None
        tx.add(meeting)
        record_change(tx, booking, before, "not_admitted", context.clock.now())


def _stands(claim: _Claim, meeting: MeetingRow) -> bool:
    return meeting.ended_at is None and meeting.admitted_at == claim.at
