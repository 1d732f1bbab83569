"""The day of the teleconferences, for officials."""

from dataclasses import dataclass
from datetime import datetime

from dimoslive.context import AppContext
from dimoslive.db.engine import reading
from dimoslive.db.queries.meetings import is_admitted, video_bookings
from dimoslive.db.queries.scopes import bookings_within
from dimoslive.db.rows.booking import to_booking
from dimoslive.db.tables.meeting import MeetingRow
from dimoslive.domain.booking.booking import Booking
from dimoslive.domain.booking.statuses import IN_MEETING
from dimoslive.domain.errors import DomainError
from dimoslive.domain.meeting.meeting import PRESENT_FOR, check_can_enter
from dimoslive.domain.people.permissions import Permission
from dimoslive.domain.people.principals import Official
from dimoslive.domain.scheduling.local_time import ATHENS, day_period, local_day


@dataclass(frozen=True, slots=True)
class Waiting:
    """One teleconference of the day. ``since`` is set while the citizen is in the waiting room.

    ``is_sent_back`` is whether a weaker proof took an admitted place. ``can_enter`` is whether the meeting is open,
    whoever has come so far. ``outcome`` stays empty where a meeting ended by itself.
    """

    booking: Booking
    since: datetime | None
    is_confirmed: bool
    is_sent_back: bool
    can_enter: bool
    is_admitted: bool
    is_ended: bool
    outcome: str


def list_waiting(context: AppContext, official: Official) -> list[Waiting]:
    """Today's teleconferences of the official's municipalities: those who wait first, longest wait first."""
    now = context.clock.now()
    today = day_period(local_day(now, ATHENS), ATHENS)
    with reading(context.db) as tx:
        rows = video_bookings(tx, bookings_within(official, Permission.VIEW_DESK), today.starts_at, today.ends_at)
        lines = [_line(to_booking(found), meeting, now) for found, meeting in rows]
    waiting = sorted((line for line in lines if line.since), key=lambda line: line.since or now)
    return waiting + [line for line in lines if not line.since]


def _line(booking: Booking, meeting: MeetingRow | None, now: datetime) -> Waiting:
    if meeting is None:
        # Nobody has come so far: as in an empty row of it.
        meeting = MeetingRow(booking_id=booking.id, municipality_id=booking.service.municipality_id)
    is_in = is_admitted(meeting, now)
    # In service and not in: whoever admitted was cut off before there was a room.
    is_waiting = booking.status in IN_MEETING and not is_in
    is_present = is_waiting and meeting.seen_at is not None and now - meeting.seen_at <= PRESENT_FOR
    return Waiting(
        booking=booking,
        since=meeting.waiting_since if is_present else None,
        is_confirmed=meeting.is_confirmed,
        is_sent_back=meeting.sent_back_at is not None and not meeting.is_confirmed,
        can_enter=_can_enter(booking, now),
        is_admitted=is_in,
        is_ended=meeting.ended_at is not None,
        outcome=meeting.outcome,
    )


def _can_enter(booking: Booking, now: datetime) -> bool:
    try:
        check_can_enter(booking, now)
    except DomainError:
        return False
    return True
