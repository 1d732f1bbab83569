"""How long people wait, and how long they are served: whole minutes and days."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import BigInteger, ColumnElement, Select, and_, case, literal_column, or_, select
from sqlmodel import Session, col

from dimoslive.db.queries.local_days import seconds_of
from dimoslive.db.tables.booking import BookingRow
from dimoslive.db.tables.catalogue import ServiceRow
from dimoslive.db.tables.desk import BookingEventRow
from dimoslive.domain.booking.statuses import CANCELLED
from dimoslive.domain.figures.figure import Column, Figure, Unit
from dimoslive.domain.figures.percentiles import Tally, median, share
from dimoslive.domain.scheduling.mode import Mode
from dimoslive.services.figures.read_bookings import Bookings
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


class Times(NamedTuple):
    """Whole minutes of bookings that were due, by the day for which they are."""

    waiting: TallyByDay
    delay: TallyByDay
    came: ByDay
    came_late: ByDay
    service: TallyByDay
    services: Mapping[int, Tally]
    """Of the days asked for alone, by service; ``planned`` is how long it was to take."""
    planned: Mapping[int, Tally]
    names: Mapping[int, Mapping[str, str]]
    """Of these services."""


def read_times(tx: Session, scope: Scope) -> Times:
    """Each booking that somebody came to, or that began: hardly two are alike. Two queries."""
    waiting, delay, service, services, planned = (defaultdict[Any, Tally](Tally) for _ in range(5))
    came, came_late = ByDay(), ByDay()
    days = dict[int, date]()
    for number, after_start, waited, late, took, service_id, length in tx.execute(_each(scope)):
        day = days.get(number) or days.setdefault(number, day_of(number))
        if after_start is not None:
            came[day] += 1
            came_late[day] += after_start > LATE_AFTER_MINUTES * 60
        if waited is not None:
            waiting[day][max(waited, 0)] += 1
        if late is not None:
            delay[day][max(late, 0)] += 1
        if took is not None:
            service[day][took] += 1
            if day in scope.asked.span:
                services[service_id][took] += 1
                planned[service_id][length] += 1
    return Times(waiting, delay, came, came_late, service, services, planned, _names(tx, services))


def measure_lead_time(bookings: Bookings, scope: Scope) -> Figure:
    """Of citizens' own bookings: days from the one on which it was booked to the first start that it had."""
    return _over_time(bookings.lead_days, scope, Unit.DAYS)


def measure_waiting(times: Times, scope: Scope) -> Figure:
    """From the own time, or from the arrival of who came later, to the start; how many waited how long."""
    found = times.waiting
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


def measure_start_delay(times: Times, scope: Scope) -> Figure:
    """By how much after their time bookings began."""
    return _over_time(times.delay, scope, Unit.MINUTES)


def measure_punctuality(times: Times, scope: Scope) -> Figure:
    """The share of those who came more than five minutes after their time."""
    late, came = times.came_late, times.came
    return Figure(
        heads=scope.asked.span.heads(scope.asked.per),
        columns=(shared("late", late, came, scope),),
        sums=(summed_share("late", late, came, scope), summed("came", came, scope)),
        size=of_span(came, scope.asked.span),
        per=scope.asked.per,
    )


def measure_service_time(times: Times, scope: Scope) -> Figure:
    """By service, beside the length that was planned; of bookings that a person ended within four hours."""
    services, names, by_day = times.services, times.names, times.service
    order = sorted(services, key=lambda id_: (names[id_]["el"], id_))
    whole = tally_of(by_day, scope.asked.span)
    picks: dict[str, Pick] = {"tenth": tenth, "median": median, "ninetieth": ninetieth}
    return Figure(
        heads=tuple(names[id_] for id_ in order),
        columns=(
            Column("planned", Unit.MINUTES, tuple(median(times.planned[id_]) for id_ in order)),
            *(
                Column(name, Unit.MINUTES, tuple(pick(services[id_]) for id_ in order), pick(whole))
                for name, pick in picks.items()
            ),
            Column("bookings", Unit.COUNT, tuple(services[id_].total() for id_ in order), whole.total()),
        ),
        sums=_middle_and_end(by_day, scope, Unit.MINUTES),
        size=whole.total(),
    )


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


def _each(scope: Scope) -> Select[*tuple[Any, ...]]:
    """Of each booking that was due: its day, what is measured of it or None, its service and the planned length."""
    arrived_at, starts_at, started_at = (
        col(one) for one in (BookingRow.arrived_at, BookingRow.starts_at, BookingRow.started_at)
    )
    starts = seconds_of(starts_at)
    delay = Measure(_minutes_from(starts), _BEGUN)
    return select(
        scope.day(starts_at).label("day"),
        (seconds_of(arrived_at) - starts).label("after_start"),
        *(
            case((and_(*measure.conditions), measure.value)).label(name)
            for name, measure in (("waited", waiting_minutes()), ("late", delay), ("took", service_minutes()))
        ),
        col(BookingRow.service_id),
        ((seconds_of(col(BookingRow.ends_at)) - starts) // _MINUTE).label("planned"),
    ).where(
        *scope.made(),
        *scope.within(starts_at),
        col(BookingRow.status).not_in(_CANCELLED),
        or_(arrived_at.is_not(None), started_at.is_not(None)),
    )


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
