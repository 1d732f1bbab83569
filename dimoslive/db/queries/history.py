"""What happened to bookings, by query."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import bindparam, select
from sqlmodel import Session, col

from dimoslive.db.rows.history import Facts, changed_facts, facts_of
from dimoslive.db.tables.booking import BookingRow
from dimoslive.db.tables.desk import BookingEventRow
from dimoslive.db.tables.official import OfficialRow


class Happened(NamedTuple):
    """A change of a booking, and the official who made it; none if it was the citizen or a job."""

    event: BookingEventRow
    official: OfficialRow | None


_OF_BOOKING = (
    select(BookingEventRow, OfficialRow)
    .outerjoin(OfficialRow, col(OfficialRow.id) == col(BookingEventRow.official_id))
    .where(col(BookingEventRow.booking_id) == bindparam("booking_id"))
    .order_by(col(BookingEventRow.id).desc())
)
_LAST = _OF_BOOKING.limit(1)


def add_event(
    tx: Session, row: BookingRow, before: Facts, action: str, now: datetime, official_id: int | None, reason: str
) -> BookingEventRow:
    """Write down what changed since the facts of before."""
    was, is_now = changed_facts(before, facts_of(row))
    event = BookingEventRow(
        booking_id=row.id or 0,
        at=now,
        official_id=official_id,
        action=action,
        before=was,
        after=is_now,
        reason=reason,
    )
    tx.add(event)
    tx.flush()
    return event


def history_of(tx: Session, booking_id: int, limit: int = 200) -> list[Happened]:
    """All that happened to a booking, newest first."""
    return [Happened(*found) for found in tx.execute(_OF_BOOKING.limit(limit), {"booking_id": booking_id})]


def last_happened(tx: Session, booking_id: int) -> Happened | None:
    """The newest of it."""
    found = tx.execute(_LAST, {"booking_id": booking_id}).one_or_none()
    return Happened(*found) if found else None
