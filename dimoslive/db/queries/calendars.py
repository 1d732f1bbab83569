"""Gathers what decides a service's free times: two queries, whatever the number of days, desks or bookings."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal, Self

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Executable,
    Integer,
    and_,
    bindparam,
    cast,
    extract,
    null,
    or_,
    select,
)
from sqlalchemy.orm import Mapped
from sqlmodel import Session, col

from dimoslive.db.queries.catalogue import is_id
from dimoslive.db.queries.waiting_list import is_offered
from dimoslive.db.statements import constants
from dimoslive.db.tables.booking import BookingRow
from dimoslive.db.tables.catalogue import (
    AbsenceDeskRow,
    AbsenceRow,
    ClosureRow,
    DepartmentRow,
    DeskRow,
    MunicipalityRow,
    OpeningHoursRow,
    ServiceDeskRow,
    ServiceRow,
)
from dimoslive.db.tables.plan import KEEPS_A_PLACE, PlanItemRow
from dimoslive.domain.booking.statuses import OCCUPYING, BookingStatus
from dimoslive.domain.errors import NotOffered
from dimoslive.domain.scheduling.mode import Mode
from dimoslive.domain.scheduling.opening_hours import DatedHours, WeeklyHours
from dimoslive.domain.scheduling.periods import Period
from dimoslive.domain.scheduling.slots import MAX_TICKS, TICK_SECONDS, ServiceCalendar, ServiceRules, ticks

_DAY = timedelta(days=1)

_SERVICE_ID = bindparam("service_id", type_=Integer)
# PostgreSQL takes an empty column of the first query for a text.
_NO_NUMBER = cast(null(), Integer)
_RULES = ServiceRules.__dataclass_fields__.keys()


@dataclass(frozen=True)
class _Queries:
    """What decides the free times of some services; ``which`` says of a column whether it is one of theirs."""

    services: Executable
    taken: Executable
    """Absences, closures and kept places, then desks with their bookings; each row leaves empty what the others say."""

    @classmethod
    def of(cls, which: Callable[[Mapped[Any]], ColumnElement[bool]], *, for_staff: bool = False) -> Self:
        of_these = which(col(ServiceDeskRow.service_id))
        return cls(
            services=_services().where(which(col(ServiceRow.id))),
            taken=_absences()
            .where(of_these)
            .union_all(_closures(), _kept_places().where(of_these), _occupied(for_staff=for_staff).where(of_these)),
        )


def _services(which: Literal["offered", "in_use", "all"] = "offered") -> Any:
    """Each service with each of its hours, or with none; those in use need not be published."""
    in_use = (col(ServiceRow.is_active), col(DepartmentRow.is_active))
    published = (col(MunicipalityRow.joined_at) <= bindparam("now"),)
    conditions = {"offered": in_use + published, "in_use": in_use, "all": ()}
    return (
        select(
            *(col(getattr(MunicipalityRow if name == "zone" else ServiceRow, name)) for name in _RULES),
            *(col(getattr(ServiceRow, f"offers_{mode}")) for mode in Mode),
            col(ServiceRow.id).label("service_id"),
            col(DepartmentRow.municipality_id),
            col(DepartmentRow.id).label("department_id"),
            col(OpeningHoursRow.weekday),
            col(OpeningHoursRow.on_date),
            col(OpeningHoursRow.opens),
            col(OpeningHoursRow.closes),
            col(OpeningHoursRow.valid_from),
            col(OpeningHoursRow.valid_until),
        )
        .select_from(ServiceRow)
        .join(DepartmentRow, col(DepartmentRow.id) == col(ServiceRow.department_id))
        .join(MunicipalityRow, col(MunicipalityRow.id) == col(DepartmentRow.municipality_id))
        .outerjoin(OpeningHoursRow, col(OpeningHoursRow.service_id) == col(ServiceRow.id))
        .where(*conditions[which])
    )


def _ticks_of(starts_at: Mapped[Any], ends_at: Mapped[Any]) -> tuple[Any, Any]:
    """Columns of the first tick and of the end; as `ticks` counts them, of whole seconds."""
    # As numbers they are read much faster than as instants, of which the many rows of bookings have none.
    first, end = (cast(extract("epoch", instant), BigInteger) for instant in (starts_at, ends_at))
    return first // TICK_SECONDS, (end + (TICK_SECONDS - 1)) // TICK_SECONDS


def _absences() -> Any:
    """Of the services' desks, where they touch the time asked for."""
    return (
        select(
            _NO_NUMBER.label("service_id"),
            col(AbsenceDeskRow.desk_id),
            null().label("department_id"),
            *_ticks_of(col(AbsenceRow.starts_at), col(AbsenceRow.ends_at)),
        )
        .select_from(AbsenceRow)
        .join(AbsenceDeskRow, col(AbsenceDeskRow.absence_id) == col(AbsenceRow.id))
        .join(ServiceDeskRow, col(ServiceDeskRow.desk_id) == col(AbsenceDeskRow.desk_id))
        .where(
            col(AbsenceRow.is_active),
            col(AbsenceRow.starts_at) < bindparam("ends"),
            col(AbsenceRow.ends_at) > bindparam("begins"),
        )
    )


def _kept_places() -> Any:
    """Of the services' desks: where somebody was before a plan that can still be undone."""
    return (
        select(
            null(),
            col(PlanItemRow.was_desk_id),
            null(),
            *_ticks_of(col(PlanItemRow.kept_from), col(PlanItemRow.kept_to)),
        )
        .join(ServiceDeskRow, col(ServiceDeskRow.desk_id) == col(PlanItemRow.was_desk_id))
        .where(
            KEEPS_A_PLACE,
            col(PlanItemRow.kept_from) < bindparam("ends"),
            col(PlanItemRow.kept_to) > bindparam("begins"),
        )
    )


def _closures() -> Any:
    """Of the municipality or a department of it, desk empty."""
    return select(
        null(),
        null(),
        col(ClosureRow.department_id),
        *_ticks_of(col(ClosureRow.starts_at), col(ClosureRow.ends_at)),
    ).where(
        col(ClosureRow.municipality_id) == bindparam("municipality_id"),
        col(ClosureRow.is_active),
        col(ClosureRow.starts_at) < bindparam("ends"),
        col(ClosureRow.ends_at) > bindparam("begins"),
    )


def _occupied(*, for_staff: bool = False) -> Any:
    """Each active desk of the services, with the ticks of its bookings and live holds near the time asked for.

    A time that was given back is kept for nobody in particular; staff may have it, unless it is offered to somebody.
    """
    is_another = col(BookingRow.citizen_id) != bindparam("citizen_id")
    is_freed = col(BookingRow.citizen_id).is_(None)
    is_kept = or_(is_another, is_freed & is_offered() if for_staff else is_freed)
    return (
        select(
            col(ServiceDeskRow.service_id),
            col(ServiceDeskRow.desk_id),
            null(),
            col(BookingRow.first_tick),
            col(BookingRow.end_tick),
        )
        .join(DeskRow, and_(col(DeskRow.id) == col(ServiceDeskRow.desk_id), col(DeskRow.is_active)))
        .outerjoin(
            BookingRow,
            and_(
                col(BookingRow.desk_id) == col(ServiceDeskRow.desk_id),
                col(BookingRow.first_tick) >= bindparam("first_tick"),
                col(BookingRow.first_tick) < bindparam("end_tick"),
                col(BookingRow.status).in_(constants(OCCUPYING)),
                or_(
                    col(BookingRow.status) != BookingStatus.HELD.value,
                    and_(col(BookingRow.hold_expires_at) > bindparam("now"), is_kept),
                ),
                col(BookingRow.id) != bindparam("ignoring"),
            ),
        )
    )


# The queries are built once: that takes longer than to run them.
_OF_ONE = _Queries.of(lambda column: column == _SERVICE_ID)
_FOR_STAFF = _Queries.of(lambda column: column == _SERVICE_ID, for_staff=True)
_EVEN_IF_NOT_OFFERED = _Queries(_services("all").where(col(ServiceRow.id) == _SERVICE_ID), _OF_ONE.taken)


def _of_municipality(column: Mapped[Any]) -> ColumnElement[bool]:
    return column.in_(
        select(col(ServiceRow.id))
        .join(DepartmentRow, col(DepartmentRow.id) == col(ServiceRow.department_id))
        .where(col(DepartmentRow.municipality_id) == bindparam("municipality_id"))
    )


_OF_MUNICIPALITY = _Queries.of(_of_municipality)
_AS_IF_PUBLISHED = _Queries(_services("in_use").where(_of_municipality(col(ServiceRow.id))), _OF_MUNICIPALITY.taken)

# Not the stronger lock: whoever books at one of the desks refers to its row and need not wait.
_LOCK_RESERVE = (
    select(col(DeskRow.id))
    .join(ServiceDeskRow, col(ServiceDeskRow.desk_id) == col(DeskRow.id))
    .join(ServiceRow, col(ServiceRow.id) == col(ServiceDeskRow.service_id))
    .where(col(ServiceDeskRow.service_id) == _SERVICE_ID, col(ServiceRow.staff_reserve) > 0)
    .order_by(col(DeskRow.id))
    .with_for_update(of=DeskRow, key_share=True)
)


def lock_reserve(tx: Session, service_id: int) -> None:
    """Where places are kept for staff, make others who count the free desks of the service wait until we are done.

    Taken after the citizen's row and before any hold's, lowest desk first; services that share a desk share its lock.
    Without a reserve nobody waits: the claims decide.
    """
    tx.execute(_LOCK_RESERVE, {"service_id": service_id})


def service_calendar(
    tx: Session,
    service_id: int,
    mode: Mode,
    window: Period,
    now: datetime,
    *,
    ignoring: int | None = None,
    citizen_id: int = 0,
    for_staff: bool = False,
) -> ServiceCalendar:
    """The calendar of a service for slots that start inside ``window``.

    ``ignoring`` is a booking whose time does not count: the one that is being moved. Nor does what ``citizen_id``
    holds, nor, ``for_staff``, a time that was given back and is not public yet. Raises `NotOffered`.
    """
    if not is_id(service_id):
        raise NotOffered()
    # Nothing read here is an entity: without the session it is read a tenth faster.
    tx.flush()
    queries = _FOR_STAFF if for_staff else _OF_ONE
    services = tx.connection().execute(queries.services, {"service_id": service_id, "now": now}).all()
    if not services or not getattr(services[0], f"offers_{mode}"):
        raise NotOffered()
    asked = {"service_id": service_id, "municipality_id": services[0].municipality_id}
    [calendar] = _calendars(tx, queries, services, asked | _near(window, now, ignoring, citizen_id)).values()
    return calendar


def calendar_of_set_up(tx: Session, service_id: int, window: Period, now: datetime) -> ServiceCalendar | None:
    """The calendar of a service that need not be offered to anybody: what it would offer, if it were."""
    tx.flush()
    services = tx.connection().execute(_EVEN_IF_NOT_OFFERED.services, {"service_id": service_id}).all()
    if not services:
        return None
    asked = {"service_id": service_id, "municipality_id": services[0].municipality_id}
    return _calendars(tx, _EVEN_IF_NOT_OFFERED, services, asked | _near(window, now, None, 0))[service_id]


def calendars_of_municipality(
    tx: Session, municipality_id: int, window: Period, now: datetime, *, as_if_published: bool = False
) -> dict[int, ServiceCalendar]:
    """The calendars of all services that a municipality offers, by service: two queries, however many there are.

    ``as_if_published``: that it will offer, as it is set up now.
    """
    queries = _AS_IF_PUBLISHED if as_if_published else _OF_MUNICIPALITY
    asked = {"municipality_id": municipality_id}
    tx.flush()
    services = tx.connection().execute(queries.services, asked if as_if_published else asked | {"now": now}).all()
    return _calendars(tx, queries, services, asked | _near(window, now, None, 0))


def _calendars(
    tx: Session, queries: _Queries, services: Sequence[Any], asked: dict[str, Any]
) -> dict[int, ServiceCalendar]:
    hours: dict[int, list[Any]] = {}
    for row in services:
        hours.setdefault(row.service_id, []).append(row)
    closed: defaultdict[int | None, set[int]] = defaultdict(set)
    absent: defaultdict[int, set[int]] = defaultdict(set)
    busy: defaultdict[int, defaultdict[int, set[int]]] = defaultdict(lambda: defaultdict(set))
    first_near, end_near = asked["first_tick"], asked["end_tick"]
    # All at once: row by row the many of them take twice as long.
    for service_id, desk_id, department_id, first_tick, end_tick in tx.connection().execute(queries.taken, asked).all():
        if service_id is not None:
            desk = busy[service_id][desk_id]
            if first_tick is not None:
                desk.update(range(first_tick, end_tick))
        else:
            away = closed[department_id] if desk_id is None else absent[desk_id]
            away.update(range(max(first_tick, first_near), min(end_tick, end_near)))
    return {
        service_id: ServiceCalendar(
            rules=ServiceRules(**{name: getattr(of_service[0], name) for name in _RULES}),
            weekly=[
                WeeklyHours(h.weekday, h.opens, h.closes, h.valid_from, h.valid_until)
                for h in of_service
                if h.weekday is not None
            ],
            dated=[DatedHours(h.on_date, h.opens, h.closes) for h in of_service if h.on_date],
            closed=frozenset(closed.get(None, set()) | closed.get(of_service[0].department_id, set())),
            busy={
                desk_id: taken | absent.get(desk_id, set())
                for desk_id, taken in sorted(busy.get(service_id, {}).items())
            },
        )
        for service_id, of_service in hours.items()
    }


def _near(window: Period, now: datetime, ignoring: int | None, citizen_id: int) -> dict[str, Any]:
    """What may touch the window, buffers, which reach over its ends, allowed for."""
    begins, ends = window.starts_at - _DAY, window.ends_at + _DAY
    near = ticks(begins, ends)
    return {
        "begins": begins,
        "ends": ends,
        "first_tick": near.start - MAX_TICKS,
        "end_tick": near.stop,
        "now": now,
        "ignoring": ignoring or 0,
        "citizen_id": citizen_id,
    }
