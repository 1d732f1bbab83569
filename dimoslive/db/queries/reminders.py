"""Reminders, by query."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import func, select, update
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlmodel import Session, col

from dimoslive.db.queries.bookings import with_service
from dimoslive.db.rows.booking import BookingWithService
from dimoslive.db.tables.booking import STILL_TO_COME, BookingRow
from dimoslive.db.tables.desk import BookingEventRow
from dimoslive.db.tables.reminder import ReminderRow
from dimoslive.domain.booking.reminders import ReminderKind, ReminderState
from dimoslive.domain.scheduling.mode import Mode

_ADD: dict[str, Any] = {
    name: insert(ReminderRow).on_conflict_do_nothing().execution_options(preserve_rowcount=True)
    for name, insert in (("postgresql", postgresql_insert), ("sqlite", sqlite_insert))
}
# Only a change of the time has it among the columns that changed.
_LAST_MOVED = (
    select(func.max(col(BookingEventRow.at)))
    .where(
        col(BookingEventRow.booking_id) == col(BookingRow.id),
        col(BookingEventRow.after).contains('"starts_at"'),
    )
    .correlate(BookingRow)
    .scalar_subquery()
)


class ToRemind(NamedTuple):
    """A booking that no reminder of this kind was decided on."""

    found: BookingWithService
    last_moved_at: datetime | None
    """Its booking counts."""


def bookings_to_remind(
    tx: Session, kind: ReminderKind, now: datetime, last_start: datetime, limit: int
) -> list[ToRemind]:
    """Of those that start after now and up to an instant, the first ones."""
    decided = select(col(ReminderRow.booking_id)).where(
        col(ReminderRow.booking_id) == col(BookingRow.id),
        col(ReminderRow.kind) == kind.value,
        col(ReminderRow.starts_at) == col(BookingRow.starts_at),
    )
    query = (
        with_service()
        .add_columns(_LAST_MOVED)
        .where(
            STILL_TO_COME,
            col(BookingRow.starts_at) > now,
            col(BookingRow.starts_at) <= last_start,
            ~decided.exists(),
        )
        .order_by(col(BookingRow.starts_at), col(BookingRow.id))
        .limit(limit)
    )
    if kind is ReminderKind.TWO_HOURS:
        query = query.where(col(BookingRow.mode) == Mode.VIDEO.value)
    return [ToRemind(BookingWithService(*found[:-1]), found[-1]) for found in tx.execute(query)]


def add_reminder(tx: Session, row: ReminderRow) -> bool:
    """Write down what was decided; false if another process decided before."""
    connection = tx.connection()
    return connection.execute(_ADD[connection.dialect.name], row.model_dump()).rowcount == 1


def void_reminder(tx: Session, booking_id: int, kind: ReminderKind, starts_at: datetime) -> None:
    """It is not sent after all."""
    tx.execute(
        update(ReminderRow)
        .where(
            col(ReminderRow.booking_id) == booking_id,
            col(ReminderRow.kind) == kind.value,
            col(ReminderRow.starts_at) == starts_at,
        )
        .values(state=ReminderState.VOID.value)
    )


def reminders_of(tx: Session, booking_id: int) -> Sequence[ReminderRow]:
    """All of a booking, by start and kind."""
    query = select(ReminderRow).where(col(ReminderRow.booking_id) == booking_id)
    return tx.scalars(query.order_by(col(ReminderRow.starts_at), col(ReminderRow.kind))).all()
