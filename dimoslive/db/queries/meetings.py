"""Meetings and the waiting room, by query."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, and_, func, or_, select, update
from sqlmodel import Session, col

from dimoslive.db.queries.bookings import late_desk
from dimoslive.db.queries.claims import release_claims
from dimoslive.db.queries.closures_of_rooms import enqueue_room_closure
from dimoslive.db.queries.guests import forget_guests
from dimoslive.db.rows.delays import delay_of
from dimoslive.db.tables.booking import IN_MEETING, BookingRow
from dimoslive.db.tables.catalogue import DeskRow
from dimoslive.db.tables.desk import DeskDelayRow
from dimoslive.db.tables.meeting import MeetingRow
from dimoslive.domain.booking.statuses import BookingStatus, change_status
from dimoslive.domain.meeting.meeting import ADMITS_WITHIN
from dimoslive.domain.scheduling.mode import Mode
from dimoslive.domain.scheduling.slots import TICK

_TICKS_OF_A_DAY = timedelta(days=1) // TICK


def meeting_of(tx: Session, booking: BookingRow) -> MeetingRow:
    """The booking's meeting; a new one, not yet stored, if nobody came so far."""
    row = tx.get(MeetingRow, booking.id)
    return row or MeetingRow(booking_id=booking.id or 0, municipality_id=booking.municipality_id)


def is_admitted(meeting: MeetingRow | Row[Any], now: datetime) -> bool:
    """Whether the citizen was let in, or is being let in: the room may still be made."""
    if meeting.admitted_at is None or meeting.ended_at is not None:
        return False
    return bool(meeting.room) or now - meeting.admitted_at < ADMITS_WITHIN


def claim_admission(tx: Session, booking_id: int, official_id: int, now: datetime) -> bool:
    """Be the one official who lets this citizen in; false if another was faster."""
    was_broken_off = and_(
        col(MeetingRow.admitted_at) <= now - ADMITS_WITHIN,
        col(MeetingRow.room) == "",
        col(MeetingRow.ended_at).is_(None),
    )
    statement = (
        update(MeetingRow)
        .where(col(MeetingRow.booking_id) == booking_id, or_(col(MeetingRow.admitted_at).is_(None), was_broken_off))
        .values(admitted_at=now, admitted_by=official_id)
    )
    return bool(tx.execute(statement).rowcount)  # type: ignore[attr-defined]  # a CursorResult has it


def left_open(tx: Session, ended_before: datetime, limit: int) -> dict[int, timedelta]:
    """Bookings whose citizen waits or was admitted, though their time ended so long ago, with their desks' delays.

    The oldest first.
    """
    query = (
        select(BookingRow, DeskDelayRow)
        .join(DeskRow, col(DeskRow.id) == col(BookingRow.desk_id))
        .outerjoin(DeskDelayRow, col(DeskDelayRow.desk_id) == late_desk(DeskRow))
        .where(IN_MEETING, col(BookingRow.mode) == Mode.VIDEO.value, col(BookingRow.ends_at) <= ended_before)
        .order_by(col(BookingRow.ends_at))
    )
    found = [(row.id or 0, row.ends_at, delay_of(delay, row.starts_at)) for row, delay in tx.execute(query)]
    return dict([(id_, delay) for id_, ends_at, delay in found if ends_at + delay <= ended_before][:limit])


def note_end(
    tx: Session, booking: BookingRow, meeting: MeetingRow, status: BookingStatus, outcome: str, at: datetime
) -> None:
    """The meeting is over: nobody comes into its room any more, its time is given back, its guests are forgotten."""
    enqueue_room_closure(tx, meeting.booking_id, meeting.provider, meeting.room, at)
    meeting.ended_at, meeting.outcome, meeting.room, meeting.seen_at = at, outcome, "", None
    booking.status = change_status(booking.status, status)
    tx.add(meeting)
    tx.add(booking)
    tx.flush()
    release_claims(tx, [booking.id or 0])
    forget_guests(tx, meeting.booking_id)


def forget_meeting(tx: Session, booking_id: int, now: datetime) -> None:
    """The booking is none by video any more: its room is closed, its guests are forgotten, and nothing is left."""
    meeting = tx.get(MeetingRow, booking_id)
    forget_guests(tx, booking_id)
    if meeting is not None:
        enqueue_room_closure(tx, booking_id, meeting.provider, meeting.room, now)
        tx.delete(meeting)
        tx.flush()


def count_ahead(tx: Session, booking: BookingRow, seen_after: datetime) -> int:
    """How many wait at the same desk with an earlier time."""
    # Nobody waits for a time of the day before. Asked by the first tick, as the index of desks is: the others of this
    # desk may be years of bookings.
    day_before = booking.first_tick - _TICKS_OF_A_DAY
    query = (
        select(func.count())
        .select_from(MeetingRow)
        .join(BookingRow, col(BookingRow.id) == col(MeetingRow.booking_id))
        .where(
            col(BookingRow.desk_id) == booking.desk_id,
            col(BookingRow.first_tick).between(day_before, booking.end_tick),
            col(BookingRow.status) == BookingStatus.WAITING.value,
            col(BookingRow.starts_at) < booking.starts_at,
            col(MeetingRow.seen_at) > seen_after,
        )
    )
    return tx.scalar(query) or 0


def is_on(meeting: MeetingRow) -> bool:
    """Whether the citizen was let in. Until the room is made, the admission may still fail; at the end it goes."""
    return meeting.admitted_at is not None and bool(meeting.room)


def forget_admission(meeting: MeetingRow) -> None:
    """Who came this time was not let in, has shown nothing and was not called."""
    meeting.admitted_at = meeting.admitted_by = meeting.identity_at = meeting.phone_at = None
    meeting.identity_document = ""
