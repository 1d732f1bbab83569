"""How many bookings were made, and how many were for each day."""

from dimoslive.domain.figures.figure import Figure
from dimoslive.services.figures.read_bookings import Bookings
from dimoslive.services.figures.scope import Scope
from dimoslive.services.figures.steps import counted, summed


def count_bookings(bookings: Bookings, scope: Scope) -> Figure:
    """Made by the day on which they were made, due by the day on which they start."""
    by_day = {"made": bookings.made, "due": bookings.by_day(lambda one: one.is_due)}
    columns = tuple(counted(name, found, scope) for name, found in by_day.items())
    return Figure(
        heads=scope.asked.span.heads(scope.asked.per),
        columns=columns,
        sums=tuple(summed(name, found, scope) for name, found in by_day.items()),
        size=sum(int(column.total or 0) for column in columns),
        per=scope.asked.per,
    )
