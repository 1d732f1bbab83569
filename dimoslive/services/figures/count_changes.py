"""What was cancelled, and what was moved, of the bookings of each day."""

from collections import defaultdict
from collections.abc import Mapping
from typing import NamedTuple

from sqlalchemy import case, select
from sqlmodel import Session, col

from dimoslive.db.queries.local_days import tallied
from dimoslive.db.tables.booking import BookingRow
from dimoslive.db.tables.desk import BookingEventRow
from dimoslive.domain.booking.statuses import BookingStatus
from dimoslive.domain.figures.figure import Figure
from dimoslive.services.figures.read_bookings import Bookings
from dimoslive.services.figures.scope import Scope, day_of
from dimoslive.services.figures.steps import ByDay, counted, of_span, summed, summed_share
from dimoslive.services.waiting.answer_offer import MOVED_EARLIER

_MOVED_BY = ("by_citizen", "by_staff", "by_waiting_list")
MOVED = "moved"
"""As the history calls it, whoever did it."""
_BY = {
    BookingStatus.CANCELLED_BY_CITIZEN: "by_citizen",
    BookingStatus.CANCELLED_BY_MUNICIPALITY: "by_municipality",
}


def count_cancellations(bookings: Bookings, scope: Scope) -> Figure:
    """By the day for which the time was booked; late are those of the last 24 hours."""
    made = bookings.by_day(lambda _: True)
    late = bookings.by_day(lambda one: one.status in _BY and one.is_late)
    by = {name: ByDay() for name in _BY.values()}
    for one in bookings.by_start:
        if one.status in _BY:
            by[_BY[one.status]][one.day] += one.number
    return Figure(
        heads=scope.asked.span.heads(scope.asked.per),
        columns=(
            *(counted(name, found, scope) for name, found in by.items()),
            counted("late", late, scope, is_drawn=False),
            counted("made", made, scope, is_drawn=False),
        ),
        sums=(
            *(summed_share(name, found, made, scope) for name, found in by.items()),
            summed("late", late, scope),
        ),
        size=of_span(made, scope.asked.span),
        per=scope.asked.per,
    )


class Moves(NamedTuple):
    """By the day on which bookings now stand: how many there are, and how often who moved them."""

    made: ByDay
    by: Mapping[str, ByDay]


def read_moves(tx: Session, scope: Scope) -> Moves:
    """Whenever they were moved; a program's moves are the staff's. Two queries."""
    starts_at = col(BookingRow.starts_at)
    action = col(BookingEventRow.action)
    is_citizen = col(BookingEventRow.official_id).is_(None) & col(BookingEventRow.api_key_id).is_(None)
    who = case((action == MOVED_EARLIER, "by_waiting_list"), (is_citizen, "by_citizen"), else_="by_staff")
    within = (*scope.made(), *scope.within(starts_at))
    moves = (
        select(scope.day(starts_at).label("day"), who.label("by"))
        .join(BookingEventRow, col(BookingEventRow.booking_id) == col(BookingRow.id))
        # Only what was ever moved has a former start: the history of nothing else is looked into.
        .where(*within, col(BookingRow.first_starts_at).is_not(None), action.in_([MOVED, MOVED_EARLIER]))
    )
    by: dict[str, ByDay] = defaultdict(ByDay)
    for day, mover, number in tallied(tx, moves):
        by[mover][day_of(day)] += number
    made = ByDay({day_of(day): number for day, number in tallied(tx, select(scope.day(starts_at)).where(*within))})
    return Moves(made, by)


def count_moves(moves: Moves, scope: Scope) -> Figure:
    """As shares of the bookings of each day."""
    made, by = moves
    return Figure(
        heads=scope.asked.span.heads(scope.asked.per),
        columns=(
            *(counted(name, by[name], scope) for name in _MOVED_BY),
            counted("made", made, scope, is_drawn=False),
        ),
        sums=tuple(summed_share(name, by[name], made, scope) for name in _MOVED_BY),
        size=of_span(made, scope.asked.span),
        per=scope.asked.per,
    )
