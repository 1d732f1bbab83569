"""How many bookings were made, and how many were for each day: two queries."""

from sqlalchemy import select
from sqlmodel import Session, col

from dimoslive.db.queries.local_days import tallied
from dimoslive.db.tables.booking import BookingRow
from dimoslive.domain.booking.statuses import CANCELLED
from dimoslive.domain.figures.figure import Figure
from dimoslive.services.figures.scope import Scope, day_of
from dimoslive.services.figures.steps import ByDay, counted, summed

_CANCELLED = [status.value for status in CANCELLED]


def count_bookings(tx: Session, scope: Scope) -> Figure:
    """Made by the day on which they were made, due by the day on which they start."""
    made_at, starts_at = col(BookingRow.booked_at), col(BookingRow.starts_at)
    made = select(scope.day(made_at).label("day")).where(*scope.made(), *scope.within(made_at))
    due = select(scope.day(starts_at).label("day")).where(
        *scope.made(), *scope.within(starts_at), col(BookingRow.status).not_in(_CANCELLED)
    )
    by_day = {
        name: ByDay({day_of(day): number for day, number in tallied(tx, each)})
        for name, each in (("made", made), ("due", due))
    }
    columns = tuple(counted(name, found, scope) for name, found in by_day.items())
    return Figure(
        heads=scope.asked.span.heads(scope.asked.per),
        columns=columns,
        sums=tuple(summed(name, found, scope) for name, found in by_day.items()),
        size=sum(int(column.total or 0) for column in columns),
        per=scope.asked.per,
    )
