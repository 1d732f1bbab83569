"""How long people wait, and how long they are served: whole minutes and days, one query a figure."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, NamedTuple

from sqlalchemy import BigInteger, ColumnElement, Select, case, func, literal_column, or_, select
from sqlmodel import Session, col

from dimoslive.db.queries.local_days import seconds_of, tallied
from dimoslive.db.tables.booking import BookingRow
from dimoslive.db.tables.catalogue import ServiceRow
from dimoslive.db.tables.desk import BookingEventRow
from dimoslive.domain.booking.booking import BookingSource
from dimoslive.domain.booking.statuses import CANCELLED
from dimoslive.domain.figures.asked import Span
from dimoslive.domain.figures.figure import Column, Figure, Unit
from dimoslive.domain.figures.percentiles import Tally, median, share
from dimoslive.domain.scheduling.mode import Mode
from dimoslive.services.figures.scope import Scope, day_of
from dimoslive.services.figures.steps import (
    ByDay,
    Pick,
    TallyByDay,
    measured,
    ninetieth,
    of_span,
    shared,
    summed,
    summed_measure,
    summed_share,
    tally_of,
    tenth,
)

_CANCELLED = [status.value for status in CANCELLED]
_FARTHEST = timedelta(days=400)
"""Beyond any service's horizon."""
_CLOSED_BY_ITSELF = "closed"
"""In the history: a job ended the meeting, because nobody did."""
MAX_SERVICE_MINUTES, LATE_AFTER_MINUTES = 240, 5
WAITING_BANDS = ((0, 5), (5, 10), (10, 15), (15, 30), (30, 60), (60, None))
"""Minutes, from and below."""
_MINUTE: ColumnElement[int] = literal_column("60", BigInteger)
_BEGUN: tuple[ColumnElement[bool], ...] = (col(BookingRow.started_at).is_not(None),)


class Measure(NamedTuple):
    """A value of a booking in SQL, and the conditions under which it has one."""

    value: ColumnElement[int]
    conditions: tuple[ColumnElement[bool], ...]


def measure_lead_time(tx: Session, scope: Scope) -> Figure:
    """Of citizens' own bookings: days from the one on which it was booked to the first start that it had."""
    booked_at, first = (
        col(BookingRow.booked_at),
        func.coalesce(col(BookingRow.first_starts_at), col(BookingRow.starts_at)),
    )
    made_on = scope.day(booked_at)
    starts_on = scope.day(first, Span(scope.both.first, scope.both.last + _FARTHEST))
    each = select(made_on.label("day"), (starts_on - made_on).label("days")).where(
        *scope.made(), *scope.within(booked_at), col(BookingRow.source) == BookingSource.CITIZEN.value
    )
    return _over_time(_by_day(tx, each), scope, Unit.DAYS)


def measure_waiting(tx: Session, scope: Scope) -> Figure:
    """From the own time, or from the arrival of who came later, to the start; how many waited how long."""
    found = _by_day(tx, _each(scope, waiting_minutes()))
    tally = tally_of(found, scope.asked.span)
    cells = tuple(
        sum(number for minutes, number in tally.items() if low <= minutes and (high is None or minutes < high))
        for low, high in WAITING_BANDS
    )
    return Figure(
        heads=tuple({"el": text, "en": text} for text in map(_band, WAITING_BANDS)),
        columns=(
            Column("bookings", Unit.COUNT, cells, tally.total()),
            Column(
                "share",
                Unit.PERCENT,
                tuple(share(cell, tally.total()) for cell in cells),
                share(tally.total(), tally.total()),
                is_drawn=False,
            ),
        ),
        sums=(
            *_middle_and_end(found, scope, Unit.MINUTES),
            summed("bookings", ByDay({day: of_day.total() for day, of_day in found.items()}), scope),
        ),
        size=tally.total(),
    )


def measure_start_delay(tx: Session, scope: Scope) -> Figure:
    """By how much after their time bookings began."""
    late = Measure(_minutes_from(seconds_of(col(BookingRow.starts_at))), _BEGUN)
    return _over_time(_by_day(tx, _each(scope, late)), scope, Unit.MINUTES)


def measure_punctuality(tx: Session, scope: Scope) -> Figure:
    """The share of those who came more than five minutes after their time."""
    arrived_at, starts_at = col(BookingRow.arrived_at), col(BookingRow.starts_at)
    is_late = seconds_of(arrived_at) - seconds_of(starts_at) > LATE_AFTER_MINUTES * 60
    each = select(scope.day(starts_at).label("day"), case((is_late, 1), else_=0).label("is_late")).where(
        *_due(scope), arrived_at.is_not(None)
    )
    late, came = ByDay(), ByDay()
    for day, was_late, number in tallied(tx, each):
        came[day_of(day)] += number
        late[day_of(day)] += number if was_late else 0
    return Figure(
        heads=scope.asked.span.heads(scope.asked.per),
        columns=(shared("late", late, came, scope),),
        sums=(summed_share("late", late, came, scope), summed("came", came, scope)),
        size=of_span(came, scope.asked.span),
        per=scope.asked.per,
    )


def measure_service_time(tx: Session, scope: Scope) -> Figure:
    """By service, beside the length that was planned; of bookings that a person ended within four hours."""
    planned = (seconds_of(col(BookingRow.ends_at)) - seconds_of(col(BookingRow.starts_at))) // _MINUTE
    each = _each(scope, service_minutes(), col(BookingRow.service_id), planned.label("planned"))
    by_day: dict[date, Tally] = defaultdict(Tally)
    services: dict[int, Tally] = defaultdict(Tally)
    lengths: dict[int, Tally] = defaultdict(Tally)
    for day, value, service_id, length, number in tallied(tx, each):
        by_day[day_of(day)][value] += number
        if day_of(day) in scope.asked.span:
            services[service_id][value] += number
            lengths[service_id][length] += number
    names = _names(tx, services)
    order = sorted(services, key=lambda id_: (names[id_]["el"], id_))
    whole = tally_of(by_day, scope.asked.span)
    picks: dict[str, Pick] = {"tenth": tenth, "median": median, "ninetieth": ninetieth}
    return Figure(
        heads=tuple(names[id_] for id_ in order),
        columns=(
            Column("planned", Unit.MINUTES, tuple(median(lengths[id_]) for id_ in order)),
            *(
                Column(name, Unit.MINUTES, tuple(pick(services[id_]) for id_ in order), pick(whole))
                for name, pick in picks.items()
            ),
            Column("bookings", Unit.COUNT, tuple(services[id_].total() for id_ in order), whole.total()),
        ),
        sums=_middle_and_end(by_day, scope, Unit.MINUTES),
        size=whole.total(),
    )


def _due(scope: Scope) -> tuple[ColumnElement[bool], ...]:
    return (*scope.made(), *scope.within(col(BookingRow.starts_at)), col(BookingRow.status).not_in(_CANCELLED))


def waiting_minutes() -> Measure:
    """From the own time, or from the arrival of who came later, to the start."""
    came, start = col(BookingRow.arrived_at), col(BookingRow.starts_at)
    since = case((came > start, seconds_of(came)), else_=seconds_of(start))
    return Measure(_minutes_from(since), (*_BEGUN, came.is_not(None)))


def service_minutes() -> Measure:
    """From start to end, where a person ended it within four hours."""
    started_at, ended_at = col(BookingRow.started_at), col(BookingRow.ended_at)
    minutes = (seconds_of(ended_at) - seconds_of(started_at)) // _MINUTE
    by_itself = select(col(BookingEventRow.id)).where(
        col(BookingEventRow.booking_id) == col(BookingRow.id), col(BookingEventRow.action) == _CLOSED_BY_ITSELF
    )
    # Nothing but a video call is ever ended by a job.
    is_by_person = or_(col(BookingRow.mode) != Mode.VIDEO.value, ~by_itself.correlate(BookingRow).exists())
    return Measure(minutes, (*_BEGUN, ended_at >= started_at, minutes <= MAX_SERVICE_MINUTES, is_by_person))


def _minutes_from(since: ColumnElement[Any]) -> ColumnElement[int]:
    """Whole minutes to the start of the service; of who began before, less than none."""
    return (seconds_of(col(BookingRow.started_at)) - since) // _MINUTE


def _each(scope: Scope, measure: Measure, *more: Any) -> Select[*tuple[Any, ...]]:
    """Of each booking that was due: its day, what is measured of it, and more."""
    day = scope.day(col(BookingRow.starts_at)).label("day")
    return select(day, measure.value.label("value"), *more).where(*_due(scope), *measure.conditions)


def _by_day(tx: Session, each: Select[*tuple[Any, ...]]) -> dict[date, Tally]:
    """Of a query of day and value; less than none is none."""
    found: dict[date, Tally] = defaultdict(Tally)
    for day, value, number in tallied(tx, each):
        found[day_of(day)][max(value, 0)] += number
    return found


def _over_time(found: TallyByDay, scope: Scope, unit: Unit) -> Figure:
    return Figure(
        heads=scope.asked.span.heads(scope.asked.per),
        columns=(
            measured("median", unit, found, scope),
            measured("ninetieth", unit, found, scope, ninetieth),
        ),
        sums=_middle_and_end(found, scope, unit),
        size=tally_of(found, scope.asked.span).total(),
        per=scope.asked.per,
    )


def _middle_and_end(found: TallyByDay, scope: Scope, unit: Unit) -> tuple[Any, ...]:
    return (
        summed_measure("median", unit, found, scope),
        summed_measure("ninetieth", unit, found, scope, ninetieth),
    )


def _band(band: tuple[int, int | None]) -> str:
    low, high = band
    return f"{low}+" if high is None else f"{low}–{high}"


def _names(tx: Session, service_ids: Mapping[int, Any]) -> dict[int, Mapping[str, str]]:
    query = select(ServiceRow).where(col(ServiceRow.id).in_(sorted(service_ids)))
    return {row.id or 0: {"el": row.name_el, "en": row.name_en} for row in tx.scalars(query)}
