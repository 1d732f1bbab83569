"""Rows of a day to its bookings."""

from datetime import timedelta
from typing import Any, NamedTuple

from sqlalchemy import Row

from dimoslive.db.rows.names import written_name
from dimoslive.domain.booking.booking import BY_MUNICIPALITY, BookingSource
from dimoslive.domain.booking.details import ServedPerson
from dimoslive.domain.booking.statuses import BookingStatus
from dimoslive.domain.desk.day import DayBooking, Presence
from dimoslive.domain.scheduling.mode import Mode
from dimoslive.domain.scheduling.periods import Period

BOOKING_COLUMNS = (
    *("id", "reference", "status", "mode", "starts_at", "ends_at", "service_id", "desk_id"),
    *("citizen_id", "hold_expires_at", "first_name", "last_name", "person_name", "served_person"),
    *("subject", "help_needed", "phone", "email", "source", "is_outside_hours", "erased_at"),
    *("arrived_at", "call_attempts"),
)
CITIZEN_COLUMNS = ("id", "first_name", "last_name")
MEETING_COLUMNS = (
    *("booking_id", "is_confirmed", "waiting_since", "seen_at", "sent_back_at"),
    *("admitted_at", "room", "ended_at", "outcome"),
)
OFFICIAL_COLUMNS = ("id", "first_name", "last_name")


class BookingOfDay(NamedTuple):
    """A booking with what a row of the day shows besides: the columns of each table that are named above.

    Where there is no citizen, meeting or official, all of its columns are None.
    """

    row: Row[Any]
    citizen: Row[Any]
    meeting: Row[Any]
    official: Row[Any]
    notes: int
    failed: int
    is_offered: bool = False
    """A freed time that is kept for one on the waiting list."""


def to_day_booking(
    found: BookingOfDay, *, is_over_capacity: bool, is_admitted: bool, desk_delay: timedelta
) -> DayBooking:
    """A booking with its person; of a held time nothing but when, where and for what."""
    row, citizen, meeting = found.row, found.citizen, found.meeting
    status, mode = BookingStatus(row.status), Mode(row.mode)
    period = Period(row.starts_at, row.ends_at)
    if status is BookingStatus.HELD:
        back_at = row.hold_expires_at if row.citizen_id is None else None
        return DayBooking(
            *(row.id, row.reference, status, mode, period, row.service_id, row.desk_id),
            back_at=back_at,
            is_for_list=found.is_offered,
            desk_delay=desk_delay,
        )
    served_person = ServedPerson(row.served_person)
    is_named = citizen.id is not None
    name = written_name(row)
    has_meeting = meeting.booking_id is not None
    is_own = is_named and served_person is ServedPerson.SELF
    return DayBooking(
        id=row.id,
        reference=row.reference,
        status=status,
        mode=mode,
        period=period,
        service_id=row.service_id,
        desk_id=row.desk_id,
        person=(citizen.first_name, citizen.last_name) if is_named else (name.first_name, name.last_name),
        served_person=served_person,
        # Who signed in is named by TAXISnet; nobody else's name is confirmed.
        served_name="" if is_own else name.said if is_named else name.typed,
        subject=row.subject,
        help_needed=row.help_needed,
        phone=row.phone,
        email=row.email,
        is_from_staff=BookingSource(row.source) in BY_MUNICIPALITY,
        is_over_capacity=is_over_capacity,
        is_outside_hours=row.is_outside_hours,
        is_erased=row.erased_at is not None,
        is_confirmed=meeting.is_confirmed if has_meeting else is_named,
        arrived_at=row.arrived_at,
        presence=_presence(meeting, is_admitted=is_admitted) if has_meeting else Presence(),
        served_by=_short_name(found.official),
        call_attempts=row.call_attempts,
        notes=found.notes,
        is_undelivered=found.failed > 0,
        desk_delay=desk_delay,
    )


def _presence(meeting: Row[Any], *, is_admitted: bool) -> Presence:
    return Presence(
        waiting_since=meeting.waiting_since,
        seen_at=meeting.seen_at,
        is_admitted=is_admitted,
        is_sent_back=meeting.sent_back_at is not None and not meeting.is_confirmed,
        has_ended=meeting.ended_at is not None,
        outcome=meeting.outcome,
    )


def _short_name(official: Row[Any]) -> str:
    return f"{official.first_name[:1]}. {official.last_name}" if official.id is not None else ""
