"""What officials booked beyond what is offered: over a desk's capacity, and outside hours. One query."""

from sqlalchemy import case, select
from sqlmodel import Session, col

from dimoslive.db.queries.local_days import tallied
from dimoslive.db.tables.booking import BookingRow
from dimoslive.db.tables.catalogue import DeskRow
from dimoslive.domain.booking.statuses import CANCELLED
from dimoslive.domain.figures.figure import Figure
from dimoslive.services.figures.scope import Scope, day_of
from dimoslive.services.figures.steps import ByDay, counted, of_span, summed

_CANCELLED = [status.value for status in CANCELLED]


def count_overruns(tx: Session, scope: Scope) -> Figure:
    """Of bookings that were due; one may be both."""
    starts_at, is_lane = col(BookingRow.starts_at), col(DeskRow.overflow_of).is_not(None)
    each = (
        select(
            scope.day(starts_at).label("day"),
            case((is_lane, 1), else_=0).label("is_over"),
            col(BookingRow.is_outside_hours),
        )
        .join(DeskRow, col(DeskRow.id) == col(BookingRow.desk_id))
        .where(*scope.made(), *scope.within(starts_at), col(BookingRow.status).not_in(_CANCELLED))
    )
    due, over, outside = ByDay(), ByDay(), ByDay()
    for number_of_day, is_over, is_outside, number in tallied(tx, each):
        day = day_of(number_of_day)
        due[day] += number
        over[day] += number if is_over else 0
        outside[day] += number if is_outside else 0
    found = {"over_capacity": over, "outside_hours": outside}
    return Figure(
        heads=scope.asked.span.heads(scope.asked.per),
        columns=tuple(counted(name, by_day, scope) for name, by_day in found.items()),
        sums=tuple(summed(name, by_day, scope) for name, by_day in found.items()),
        size=of_span(due, scope.asked.span),
        per=scope.asked.per,
    )
