"""How much of the time for which desks were open is booked, and how much of that by the municipality itself."""

from collections import Counter
from collections.abc import Collection, Mapping
from datetime import date
from typing import NamedTuple

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlmodel import Session, col

from dimoslive.db.queries.local_days import tallied
from dimoslive.db.tables.booking import BookingRow
from dimoslive.db.tables.capacity import CapacityDayRow
from dimoslive.db.tables.catalogue import DeskRow, ServiceDeskRow, ServiceRow
from dimoslive.domain.booking.statuses import CANCELLED
from dimoslive.domain.figures.asked import Span
from dimoslive.domain.figures.figure import Column, Figure, Number, Summed, Unit
from dimoslive.domain.figures.percentiles import share
from dimoslive.domain.scheduling.desk_minutes import TICK_MINUTES, DeskMinutes
from dimoslive.services.desk.find_workplace import names_of
from dimoslive.services.figures.read_bookings import Bookings
from dimoslive.services.figures.scope import Scope, day_of
from dimoslive.services.figures.steps import ByDay, by_step, shared, summed_share

_CANCELLED = [status.value for status in CANCELLED]
DeskDay = tuple[int, date]


class Minutes(NamedTuple):
    """Of each desk and day: the minutes that are booked, and for how many it was open, None where that is unknown."""

    desks: Mapping[int, DeskRow]
    booked: Mapping[DeskDay, int]
    capacity: Mapping[DeskDay, DeskMinutes | None]


def read_minutes(tx: Session, scope: Scope) -> Minutes:
    """Three queries."""
    desks = {row.id or 0: row for row in tx.scalars(desks_within(scope))}
    capacity = capacity_within(tx, desks, scope.place.municipality_id, scope.both)
    return Minutes(desks, _booked(tx, scope), capacity)


def measure_use(minutes: Minutes, scope: Scope) -> Figure:
    """By desk, with its lanes: minutes booked of those that it was open. Days that are unknown do not count."""
    desks, capacity = minutes.desks, minutes.capacity
    known = {key: of_day for key, of_day in capacity.items() if of_day is not None}
    # Of today it is known tomorrow for how long it was open.
    past = {key: taken for key, taken in minutes.booked.items() if key[0] in desks and key[1] < scope.today}
    unknown = {key: 1 for key in past.keys() | capacity.keys() if key not in known}
    booked = {key: taken for key, taken in past.items() if key in known}
    span = scope.asked.span
    taken, missing = _by_desk(booked, span), _by_desk(unknown, span)
    opened = _by_desk({key: of_day.open_minutes for key, of_day in known.items()}, span)
    public = _by_desk({key: of_day.public_minutes for key, of_day in known.items()}, span)
    lines = sorted(opened.keys() | missing, key=lambda id_: (desks[id_].position, id_))

    def minutes_of(name: str, found: Mapping[int, int]) -> Column:
        cells = tuple(found.get(id_, 0) for id_ in lines)
        return Column(name, Unit.MINUTES, cells, sum(cells), is_drawn=False)

    whole = _use_of(booked, known, span)
    return Figure(
        heads=tuple(names_of(desks[id_]) for id_ in lines),
        columns=(
            Column("share", Unit.PERCENT, tuple(share(taken[id_], opened[id_]) for id_ in lines), whole),
            minutes_of("booked", taken),
            minutes_of("open", opened),
            minutes_of("public", public),
        ),
        sums=(
            Summed("share", Unit.PERCENT, whole, _use_of(booked, known, span.before)),
            *([Summed("unknown", Unit.COUNT, missing.total())] if missing else []),
        ),
        size=len(lines),
    )


def measure_staff_share(bookings: Bookings, scope: Scope) -> Figure:
    """Of the minutes that are booked, those that no citizen booked by themselves."""
    whole, by_staff = ByDay(), ByDay()
    for one in bookings.by_start:
        if one.is_due:
            whole[one.day] += one.ticks * TICK_MINUTES * one.number
            by_staff[one.day] += 0 if one.is_citizens else one.ticks * TICK_MINUTES * one.number
    cells = by_step(whole, scope)
    return Figure(
        heads=scope.asked.span.heads(scope.asked.per),
        columns=(
            shared("share", by_staff, whole, scope),
            Column("booked", Unit.MINUTES, cells, sum(cells), is_drawn=False),
        ),
        sums=(summed_share("share", by_staff, whole, scope),),
        size=sum(cells),
        per=scope.asked.per,
    )


def desks_within(scope: Scope) -> Select[DeskRow]:
    """The desks of which the official may see figures, narrowed to those asked for; of a lane its desk."""
    only = scope.asked.only
    conditions = [
        col(DeskRow.municipality_id) == scope.place.municipality_id,
        col(DeskRow.overflow_of).is_(None),
        _of_departments(scope.reaches(col(DeskRow.department_id)), scope.reaches(col(ServiceRow.department_id))),
    ]
    if scope.own_desk_ids is not None:
        conditions.append(col(DeskRow.id).in_(scope.own_desk_ids))
    if only.desk_id is not None:
        conditions.append(col(DeskRow.id) == only.desk_id)
    if only.department_id is not None:
        its = (col(one.department_id) == only.department_id for one in (DeskRow, ServiceRow))
        conditions.append(_of_departments(*its))
    if only.service_id is not None:
        conditions.append(_serves(col(ServiceRow.id) == only.service_id))
    return select(DeskRow).where(*conditions)


def capacity_within(
    tx: Session, desk_ids: Collection[int], municipality_id: int, span: Span
) -> dict[DeskDay, DeskMinutes | None]:
    """What is known of these desks on these days; None where it is known to be unknown."""
    query = select(
        col(CapacityDayRow.desk_id),
        col(CapacityDayRow.day),
        col(CapacityDayRow.open_minutes),
        col(CapacityDayRow.public_minutes),
    ).where(
        col(CapacityDayRow.municipality_id) == municipality_id,
        col(CapacityDayRow.day).between(span.first, span.last),
    )
    return {
        (desk_id, day): None if open_minutes is None else DeskMinutes(open_minutes, public_minutes)
        for desk_id, day, open_minutes, public_minutes in tx.execute(query)
        if desk_id in desk_ids
    }


def _of_departments(own: ColumnElement[bool], serving: ColumnElement[bool]) -> ColumnElement[bool]:
    return or_(own, _serves(serving))


def _serves(which: ColumnElement[bool]) -> ColumnElement[bool]:
    serving = select(col(ServiceDeskRow.desk_id)).join(ServiceRow, col(ServiceRow.id) == col(ServiceDeskRow.service_id))
    return col(DeskRow.id).in_(serving.where(which))


def _booked(tx: Session, scope: Scope) -> Counter[DeskDay]:
    starts_at = col(BookingRow.starts_at)
    each = (
        select(
            scope.day(starts_at).label("day"),
            (col(BookingRow.end_tick) - col(BookingRow.first_tick)).label("ticks"),
            func.coalesce(col(DeskRow.overflow_of), col(DeskRow.id)).label("desk_id"),
        )
        .join(DeskRow, col(DeskRow.id) == col(BookingRow.desk_id))
        .where(*scope.made(), *scope.within(starts_at), col(BookingRow.status).not_in(_CANCELLED))
    )
    found = Counter[DeskDay]()
    for day, ticks, desk, number in tallied(tx, each):
        found[desk, day_of(day)] += ticks * TICK_MINUTES * number
    return found


def _by_desk(minutes: Mapping[DeskDay, int], span: Span) -> Counter[int]:
    found = Counter[int]()
    for (desk_id, day), number in minutes.items():
        if day in span:
            found[desk_id] += number
    return found


def _use_of(booked: Mapping[DeskDay, int], known: Mapping[DeskDay, DeskMinutes], span: Span) -> Number | None:
    open_minutes = {key: minutes.open_minutes for key, minutes in known.items()}
    return share(_by_desk(booked, span).total(), _by_desk(open_minutes, span).total())
