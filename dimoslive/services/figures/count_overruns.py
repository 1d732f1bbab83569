"""What officials booked beyond what is offered: over a desk's capacity, and outside hours."""

from dimoslive.domain.figures.figure import Figure
from dimoslive.services.figures.read_bookings import Bookings
from dimoslive.services.figures.scope import Scope
from dimoslive.services.figures.steps import counted, of_span, summed


def count_overruns(bookings: Bookings, scope: Scope) -> Figure:
    """Of bookings that were due; one may be both."""
    found = {
        "over_capacity": bookings.by_day(lambda one: one.is_due and one.is_over),
        "outside_hours": bookings.by_day(lambda one: one.is_due and one.is_outside),
    }
    return Figure(
        heads=scope.asked.span.heads(scope.asked.per),
        columns=tuple(counted(name, by_day, scope) for name, by_day in found.items()),
        sums=tuple(summed(name, by_day, scope) for name, by_day in found.items()),
        size=of_span(bookings.by_day(lambda one: one.is_due), scope.asked.span),
        per=scope.asked.per,
    )
