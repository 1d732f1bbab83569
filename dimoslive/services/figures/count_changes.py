"""What was cancelled, and what was moved, of the bookings of each day."""

from collections import defaultdict

from sqlalchemy import case, select
from sqlmodel import Session, col

from dimoslive.db.queries.local_days import seconds_of, tallied
from dimoslive.db.tables.booking import BookingRow
from dimoslive.db.tables.desk import BookingEventRow
from dimoslive.domain.booking.statuses import BookingStatus
from dimoslive.domain.figures.figure import Figure
from dimoslive.domain.scheduling.local_time import DAY_SECONDS
from dimoslive.services.figures.scope import Scope, day_of
from dimoslive.services.figures.steps import ByDay, counted, of_span, summed, summed_share
from dimoslive.services.waiting.answer_offer import MOVED_EARLIER

_MOVED_BY = ("by_citizen", "by_staff", "by_waiting_list")
MOVED = "moved"
"""As the history calls it, whoever did it."""
_BY = {
    BookingStatus.CANCELLED_BY_CITIZEN.value: "by_citizen",
    BookingStatus.CANCELLED_BY_MUNICIPALITY.value: "by_municipality",
}


def count_cancellations(tx: Session, scope: Scope) -> Figure:
    """By the day for which the time was booked; late are those of the last 24 hours."""
    starts_at = col(BookingRow.starts_at)
    is_late = seconds_of(starts_at) - seconds_of(col(BookingRow.cancelled_at)) < DAY_SECONDS
    each = select(
        scope.day(starts_at).label("day"), col(BookingRow.status), case((is_late, 1), else_=0).label("is_late")
    ).where(*scope.made(), *scope.within(starts_at))
    made, late = ByDay(), ByDay()
    by = {name: ByDay() for name in _BY.values()}
    for day, status, was_late, number in tallied(tx, each):
        made[day_of(day)] += number
        if status in _BY:
            by[_BY[status]][day_of(day)] += number
            late[day_of(day)] += number if was_late else 0
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


def count_moves(tx: Session, scope: Scope) -> Figure:
    """By the day on which the moved booking now stands, whenever it was moved; a program's moves are the staff's."""
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
