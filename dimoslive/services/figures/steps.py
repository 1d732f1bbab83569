"""Numbers by day, put together as the figure is asked for: into days, weeks or months, or into one of the whole."""

from collections import Counter
from collections.abc import Callable, Mapping
from datetime import date
from functools import partial

from dimoslive.domain.figures.asked import Span
from dimoslive.domain.figures.figure import Column, Number, Summed, Unit
from dimoslive.domain.figures.percentiles import Tally, median, outer, share
from dimoslive.services.figures.scope import Scope

ByDay = Counter[date]
"""How many on each local day, those of the compared days among them."""
TallyByDay = Mapping[date, Tally]
"""How often each value occurs on each local day, those of the compared days among them."""
Pick = Callable[[Tally], int | None]
"""A percentile of values, or None of too few."""
ninetieth: Pick = partial(outer, percent=90)
tenth: Pick = partial(outer, percent=10)


def counted(name: str, by_day: ByDay, scope: Scope, *, is_drawn: bool = True) -> Column:
    """A column of counts, with their sum."""
    cells = by_step(by_day, scope)
    return Column(name, Unit.COUNT, cells, sum(cells), is_drawn=is_drawn)


def by_step(by_day: ByDay, scope: Scope) -> tuple[int, ...]:
    """How many in each day, week or month that is asked for."""
    span, per = scope.asked.span, scope.asked.per
    found = Counter[date]()
    for day, number in by_day.items():
        if day in span:
            found[per.of(day)] += number
    return tuple(found[step] for step in span.steps(per))


def shared(name: str, part: ByDay, whole: ByDay, scope: Scope) -> Column:
    """A column of shares, with that of the whole period."""
    pairs = zip(by_step(part, scope), by_step(whole, scope), strict=True)
    total = share(of_span(part, scope.asked.span), of_span(whole, scope.asked.span))
    return Column(name, Unit.PERCENT, tuple(share(*pair) for pair in pairs), total)


def measured(name: str, unit: Unit, by_day: TallyByDay, scope: Scope, pick: Pick = median) -> Column:
    """A column of percentiles."""
    span, per = scope.asked.span, scope.asked.per
    found: dict[date, Tally] = {step: Tally() for step in span.steps(per)}
    for day, tally in by_day.items():
        if day in span:
            found[per.of(day)].update(tally)
    return Column(name, unit, tuple(pick(tally) for tally in found.values()), pick(tally_of(by_day, span)))


def summed(name: str, by_day: ByDay, scope: Scope) -> Summed:
    """A count of the whole period, and of the one before."""
    return _compared(name, Unit.COUNT, scope, lambda span: of_span(by_day, span))


def summed_share(name: str, part: ByDay, whole: ByDay, scope: Scope) -> Summed:
    """A share of the whole period, and of the one before."""
    return _compared(name, Unit.PERCENT, scope, lambda span: share(of_span(part, span), of_span(whole, span)))


def summed_measure(name: str, unit: Unit, by_day: TallyByDay, scope: Scope, pick: Pick = median) -> Summed:
    """A percentile of the whole period, and of the one before."""
    return _compared(name, unit, scope, lambda span: pick(tally_of(by_day, span)))


def of_span(by_day: ByDay, span: Span) -> int:
    """How many on these days."""
    return sum(number for day, number in by_day.items() if day in span)


def tally_of(by_day: TallyByDay, span: Span) -> Tally:
    """How often each value occurs on these days."""
    found = Tally()
    for day, tally in by_day.items():
        if day in span:
            found.update(tally)
    return found


def _compared(name: str, unit: Unit, scope: Scope, of: Callable[[Span], Number | None]) -> Summed:
    return Summed(name, unit, of(scope.asked.span), of(scope.asked.span.before))
