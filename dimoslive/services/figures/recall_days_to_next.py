"""Days to the next free time, morning by morning: what citizens were offered, whatever they booked."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from itertools import groupby

from sqlmodel import Session

from dimoslive.db.queries.days_to_next import history_within
from dimoslive.db.tables.days_to_next import DaysToNextHistoryRow
from dimoslive.domain.figures.days_to_next import DaysToNext, first_of, median_of
from dimoslive.domain.figures.figure import Figure, Unit
from dimoslive.domain.figures.percentiles import Tally, nearest_rank
from dimoslive.services.figures.scope import Scope
from dimoslive.services.figures.steps import ByDay, counted, measured, of_span, summed_measure


def read_days_to_next(tx: Session, scope: Scope) -> list[DaysToNextHistoryRow]:
    """In the order of days. One query."""
    only, both = scope.asked.only, scope.both
    return history_within(
        tx,
        scope.official,
        scope.place.municipality_id,
        both.first,
        both.last,
        department_id=only.department_id,
        service_id=only.service_id,
        mode=only.mode,
    )


def recall_days_to_next(found: Iterable[DaysToNextHistoryRow], scope: Scope) -> Figure:
    """The nearest of the services, and the one in the middle; of a week or a month the morning in the middle.

    It is of services, not of persons: there is no number that would be of too few.
    """
    nearest, middle = defaultdict[date, Tally](Tally), defaultdict[date, Tally](Tally)
    mornings, nothing = ByDay(), ByDay()
    for day, of_day in groupby(found, key=lambda row: row.day):
        services = _by_service(of_day)
        first = first_of(services).days
        nearest[day], middle[day] = _one(first), _one(median_of(services))
        mornings[day] += 1
        nothing[day] += first is None
    unit = Unit.DAYS_TO_NEXT
    return Figure(
        heads=scope.asked.span.heads(scope.asked.per),
        columns=(
            measured("nearest", unit, nearest, scope, _middle),
            measured("median", unit, middle, scope, _middle),
            counted("nothing", nothing, scope, is_drawn=False),
        ),
        sums=(
            summed_measure("nearest", unit, nearest, scope, _middle),
            summed_measure("median", unit, middle, scope, _middle),
        ),
        size=of_span(mornings, scope.asked.span),
        per=scope.asked.per,
    )


def _by_service(rows: Iterable[DaysToNextHistoryRow]) -> list[DaysToNext]:
    modes: dict[int, list[DaysToNext]] = defaultdict(list)
    for row in rows:
        modes[row.service_id].append(DaysToNext(row.days, row.none_until))
    return [first_of(of_service) for of_service in modes.values()]


def _one(days: int | None) -> Tally:
    return Tally() if days is None else Tally({days: 1})


def _middle(values: Tally) -> int | None:
    return nearest_rank(values, 50)
