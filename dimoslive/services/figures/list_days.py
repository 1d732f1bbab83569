"""All numbers in long form, a line for each day, service, mode and desk that has any: sums of it equal the figures."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, func, select
from sqlmodel import Session, col

from dimoslive.context import AppContext
from dimoslive.db.engine import reading
from dimoslive.db.queries.local_days import tallied
from dimoslive.db.tables.booking import BookingRow
from dimoslive.db.tables.catalogue import DepartmentRow, DeskRow, ServiceRow
from dimoslive.domain.booking.statuses import CANCELLED, OPEN, BookingStatus
from dimoslive.domain.errors import NotFound
from dimoslive.domain.figures.asked import Asked
from dimoslive.domain.figures.percentiles import Tally
from dimoslive.domain.figures.searches import SearchKind
from dimoslive.domain.people.permissions import Permission, can
from dimoslive.domain.people.principals import Official
from dimoslive.domain.scheduling.mode import Mode
from dimoslive.domain.scheduling.slots import SHORTEST
from dimoslive.services.desk.find_workplace import Workplace, names_of
from dimoslive.services.figures.measure_times import service_minutes, waiting_minutes
from dimoslive.services.figures.measure_use import capacity_within, desks_within
from dimoslive.services.figures.rank_searches import searches_within
from dimoslive.services.figures.scope import Scope, day_of, make_scope

Words = Mapping[str, str]
_STATUSES = {
    BookingStatus.SERVED.value: "served",
    BookingStatus.NOT_SERVED.value: "not_served",
    BookingStatus.NO_SHOW.value: "no_show",
    BookingStatus.CANCELLED_BY_CITIZEN.value: "cancelled_by_citizen",
    BookingStatus.CANCELLED_BY_MUNICIPALITY.value: "cancelled_by_municipality",
}
_SEARCHES = {SearchKind.ALL.value: "searches", SearchKind.NONE.value: "searches_without_time"}
_CANCELLED, _OPEN = ({status.value for status in of} for of in (CANCELLED, OPEN))


class Place(NamedTuple):
    """What a line is of; without a desk where it is one that the official may not see by itself.

    The hours of a desk have no service and no mode, and searches no desk.
    """

    day: date
    service_id: int | None
    mode: str
    desk_id: int | None


@dataclass(slots=True)
class Numbers:
    """Counts by name, minutes booked among them; waiting and service time value by value."""

    counts: Counter[str] = field(default_factory=Counter)
    waiting: Tally = field(default_factory=Tally)
    service: Tally = field(default_factory=Tally)
    open_minutes: int | None = 0
    """None where it is unknown for how long the desk was open."""


@dataclass(frozen=True, slots=True)
class DayLine:
    """A line; names are by language, and None where they are not said. The hours of a desk have no mode either."""

    day: date
    department: Words | None
    service: Words | None
    mode: Mode | None
    desk: Words | None
    numbers: Numbers


def list_days(context: AppContext, official: Official, place: Workplace, asked: Asked) -> list[DayLine]:
    """By day, department, service, mode and desk; nine queries.

    What was made stands on the day on which it was made, all else on the day of the appointment. Raises `NotFound` and
    `InvalidInput` (desk).
    """
    if not can(official, Permission.VIEW_FIGURES, place.municipality_id):
        raise NotFound()
    with reading(context.db) as tx:
        scope = make_scope(context, tx, official, place, asked)
        found = _read(tx, scope)
        _add_hours(tx, scope, found)
        for counted, number in searches_within(tx, scope, asked.span).items():
            if counted.kind in _SEARCHES:
                found[Place(counted.day, counted.service_id, counted.mode, None)].counts[_SEARCHES[counted.kind]] += (
                    number
                )
        services = _services(tx, {key.service_id for key in found if key.service_id})
        desks = _desks(tx, {key.desk_id for key in found if key.desk_id})
    lines = [
        DayLine(
            day=key.day,
            department=services[key.service_id][0] if key.service_id else None,
            service=services[key.service_id][1] if key.service_id else None,
            mode=Mode(key.mode) if key.mode else None,
            desk=desks[key.desk_id] if key.desk_id else None,
            numbers=numbers,
        )
        for key, numbers in found.items()
    ]
    return sorted(
        lines,
        key=lambda line: (
            line.day,
            (line.department or {}).get("el", ""),
            (line.service or {}).get("el", ""),
            line.mode or "",
            (line.desk or {}).get("el", ""),
        ),
    )


def _add_hours(tx: Session, scope: Scope, found: dict[Place, Numbers]) -> None:
    """For how long each desk was open, where it was, or where nobody knows."""
    desk_ids = {row.id or 0 for row in tx.scalars(desks_within(scope))}
    known = capacity_within(tx, desk_ids, scope.place.municipality_id, scope.asked.span)
    booked = {
        (key.desk_id, key.day)
        for key, numbers in found.items()
        if key.desk_id in desk_ids and key.day < scope.today and numbers.counts["booked_minutes"]
    }
    for desk_id, day in known.keys() | booked:
        minutes = known.get((desk_id, day)) if desk_id else None
        if minutes is None or minutes.open_minutes:
            found[Place(day, None, "", desk_id)].open_minutes = minutes.open_minutes if minutes else None


def _read(tx: Session, scope: Scope) -> dict[Place, Numbers]:
    found: dict[Place, Numbers] = defaultdict(Numbers)
    for key, _, number in _tallied(tx, scope, col(BookingRow.booked_at)):
        found[key].counts["made"] += number
    starts_at, ticks = col(BookingRow.starts_at), col(BookingRow.end_tick) - col(BookingRow.first_tick)
    for key, (status, occupied), number in _tallied(tx, scope, starts_at, (col(BookingRow.status), ticks)):
        _count(found[key].counts, status, occupied * number * SHORTEST, number, is_over=key.day < scope.today)
    is_due = col(BookingRow.status).not_in(_CANCELLED)
    for measure, name in ((waiting_minutes(), "waiting"), (service_minutes(), "service")):
        conditions = (is_due, *measure.conditions)
        for key, (minutes,), number in _tallied(tx, scope, starts_at, (measure.value,), conditions):
            getattr(found[key], name)[max(minutes, 0)] += number
    return found


def _count(counts: Counter[str], status: str, minutes: int, number: int, *, is_over: bool) -> None:
    if status in _STATUSES:
        counts[_STATUSES[status]] += number
    if status in _OPEN and is_over:
        counts["unrecorded"] += number
    if status not in _CANCELLED:
        counts["due"] += number
        counts["booked_minutes"] += minutes


def _tallied(
    tx: Session,
    scope: Scope,
    instant: Any,
    values: tuple[Any, ...] = (),
    conditions: tuple[ColumnElement[bool], ...] = (),
) -> list[tuple[Place, tuple[Any, ...], int]]:
    """How often these values occur at each place, by the day of an instant. A lane is its desk."""
    span = scope.asked.span
    each = (
        select(
            scope.day(instant, span).label("day"),
            col(BookingRow.service_id),
            col(BookingRow.mode),
            func.coalesce(col(DeskRow.overflow_of), col(DeskRow.id)).label("desk_id"),
            *(value.label(f"value_{number}") for number, value in enumerate(values)),
        )
        .join(DeskRow, col(DeskRow.id) == col(BookingRow.desk_id))
        .where(*scope.made(), *scope.within(instant, span), *conditions)
    )
    own = scope.own_desk_ids
    return [
        (Place(day_of(day), service_id, mode, desk_id if own is None or desk_id in own else None), tuple(found), number)
        for day, service_id, mode, desk_id, *found, number in tallied(tx, each)
    ]


def _services(tx: Session, ids: set[int]) -> dict[int, tuple[Words, Words]]:
    """Department and service by name."""
    query = (
        select(ServiceRow, DepartmentRow)
        .join(DepartmentRow, col(DepartmentRow.id) == col(ServiceRow.department_id))
        .where(col(ServiceRow.id).in_(sorted(ids)))
    )
    return {
        service.id or 0: (
            {"el": department.name_el, "en": department.name_en},
            {"el": service.name_el, "en": service.name_en},
        )
        for service, department in tx.execute(query)
    }


def _desks(tx: Session, ids: set[int]) -> dict[int, Words]:
    return {row.id or 0: names_of(row) for row in tx.scalars(select(DeskRow).where(col(DeskRow.id).in_(sorted(ids))))}
