"""What happened to bookings, by query."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import bindparam, delete, or_, select
from sqlmodel import Session, col

from dimoslive.db.rows.history import Facts, changed_facts, facts_of
from dimoslive.db.statements import Insert
from dimoslive.db.tables.api_key import ApiKeyRow
from dimoslive.db.tables.booking import BookingRow
from dimoslive.db.tables.desk import BookingEventRow
from dimoslive.db.tables.official import OfficialRow

NOTHING_CHANGED = "{}"
"""Of an event that left the facts as they were."""


class Happened(NamedTuple):
    """A change of a booking, and the official or the program's key that made it; neither: the citizen, or a job."""

    event: BookingEventRow
    official: OfficialRow | None
    api_key: ApiKeyRow | None


_ADD = Insert(BookingEventRow)
_OF_BOOKING = (
    select(BookingEventRow, OfficialRow, ApiKeyRow)
    .outerjoin(OfficialRow, col(OfficialRow.id) == col(BookingEventRow.official_id))
    .outerjoin(ApiKeyRow, col(ApiKeyRow.id) == col(BookingEventRow.api_key_id))
    .where(col(BookingEventRow.booking_id) == bindparam("booking_id"))
    .order_by(col(BookingEventRow.id).desc())
)
# A note, or a mail sent again, is no reason not to take the last press back.
_LAST = _OF_BOOKING.where(col(BookingEventRow.before) != NOTHING_CHANGED).limit(1)


def add_event(
    tx: Session,
    row: BookingRow,
    before: Facts,
    action: str,
    now: datetime,
    official_id: int | None,
    reason: str,
    *,
    api_key_id: int | None = None,
) -> int:
    """Write down what changed since the facts of before; the id of what is written."""
    tx.flush()
    was, is_now = changed_facts(before, facts_of(row))
    return _ADD(
        tx,
        booking_id=row.id or 0,
        at=now,
        official_id=official_id,
        api_key_id=api_key_id,
        action=action,
        before=was,
        after=is_now,
        reason=reason,
    )


def history_of(tx: Session, booking_id: int, limit: int = 200) -> list[Happened]:
    """All that happened to a booking, newest first."""
    return [Happened(*found) for found in tx.execute(_OF_BOOKING.limit(limit), {"booking_id": booking_id})]


def last_happened(tx: Session, booking_id: int) -> Happened | None:
    """The newest of it that changed where the booking stands."""
    found = tx.execute(_LAST, {"booking_id": booking_id}).one_or_none()
    return Happened(*found) if found else None


def last_rearranged(tx: Session, booking_id: int) -> BookingEventRow | None:
    """The newest change of a booking's time, mode or details, whoever made it."""
    query = (
        select(BookingEventRow)
        .where(
            col(BookingEventRow.booking_id) == booking_id,
            or_(
                col(BookingEventRow.action) == "details_changed",
                col(BookingEventRow.before).contains('"starts_at"'),
                col(BookingEventRow.before).contains('"mode"'),
            ),
        )
        .order_by(col(BookingEventRow.id).desc())
        .limit(1)
    )
    return tx.scalars(query).one_or_none()


def forget_old_history(tx: Session, before: datetime) -> None:
    """Remove what happened to bookings before an instant."""
    tx.execute(delete(BookingEventRow).where(col(BookingEventRow.at) < before))
