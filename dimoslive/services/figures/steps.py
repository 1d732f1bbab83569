"""Numbers by day, put together as the figure is asked for: into days, weeks or months, or into one of the whole."""

from collections import Counter
from collections.abc import Iterable
from datetime import date

from dimoslive.domain.figures.asked import Span
from dimoslive.domain.figures.figure import Column, Summed, Unit
from dimoslive.services.figures.scope import Scope

ByDay = Counter[date]
"""How many on each local day, those of the compared days among them."""


def counted(name: str, by_day: ByDay, scope: Scope, *, is_drawn: bool = True) -> Column:
    """A column of counts, with their sum."""
    span, per = scope.asked.span, scope.asked.per
    found = Counter[date]()
    for day, number in by_day.items():
        if day in span:
            found[per.of(day)] += number
    cells = tuple(found[step] for step in span.steps(per))
    return Column(name, Unit.COUNT, cells, sum(cells), is_drawn=is_drawn)


def summed(name: str, by_day: ByDay, scope: Scope) -> Summed:
    """The whole period, and the one before."""
    return Summed(name, Unit.COUNT, of_span(by_day, scope.asked.span), of_span(by_day, scope.asked.span.before))


def of_span(by_day: ByDay, span: Span) -> int:
    """How many on these days."""
    return sum(number for day, number in by_day.items() if day in span)


def added(parts: Iterable[ByDay]) -> ByDay:
    """Of several, all together."""
    found = ByDay()
    for part in parts:
        found.update(part)
    return found
