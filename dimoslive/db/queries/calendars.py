"""Gathers what decides a service's free times: four queries, whatever the number of days, desks or bookings."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Integer, and_, bindparam, literal, null, or_, select
from sqlmodel import Session, col

from dimoslive.db.queries.catalogue import is_id
from dimoslive.db.tables.booking import BookingRow
from dimoslive.db.tables.catalogue import (
    AbsenceRow,
    ClosureRow,
    DepartmentRow,
    DeskRow,
    MunicipalityRow,
    OpeningHoursRow,
    ServiceDeskRow,
    ServiceRow,
)
from dimoslive.domain.booking.statuses import OCCUPYING, BookingStatus
from dimoslive.domain.catalogue.mode import Mode
from dimoslive.domain.errors import NotOffered
from dimoslive.domain.scheduling.opening_hours import DatedHours, WeeklyHours
from dimoslive.domain.scheduling.periods import Period
from dimoslive.domain.scheduling.slots import ServiceCalendar, ServiceRules, ticks

_NOT_ASKED = object()
_DAY = timedelta(days=1)
# A booking that began before the window may reach into it; none is longer than a day.
_MAX_TICKS_LENGTH = 288

# The queries are built once: that takes longer than to run them.
_SERVICE_ID = bindparam("service_id", type_=Integer)
_RULES = ServiceRules.__dataclass_fields__.keys()
_SERVICE = (
    select(
        *(col(getattr(MunicipalityRow if name == "zone" else ServiceRow, name)) for name in _RULES),
        *(col(getattr(ServiceRow, f"offers_{mode}")) for mode in Mode),
        col(DepartmentRow.municipality_id),
        col(DepartmentRow.id).label("department_id"),
    )
    .select_from(ServiceRow)
    .join(DepartmentRow, col(DepartmentRow.id) == col(ServiceRow.department_id))
    .join(MunicipalityRow, col(MunicipalityRow.id) == col(DepartmentRow.municipality_id))
    .where(col(ServiceRow.id) == _SERVICE_ID, col(ServiceRow.is_active), col(MunicipalityRow.joined_at).is_not(None))
)
_HOURS = select(
    col(OpeningHoursRow.weekday),
    col(OpeningHoursRow.on_date),
    col(OpeningHoursRow.opens),
    col(OpeningHoursRow.closes),
    col(OpeningHoursRow.valid_from),
    col(OpeningHoursRow.valid_until),
).where(col(OpeningHoursRow.service_id) == _SERVICE_ID)
# Closures (desk empty) and absences of the service's desks that touch the time asked for.
_AWAY = (
    select(col(AbsenceRow.desk_id), col(AbsenceRow.starts_at), col(AbsenceRow.ends_at))
    .join(ServiceDeskRow, col(ServiceDeskRow.desk_id) == col(AbsenceRow.desk_id))
    .where(
        col(ServiceDeskRow.service_id) == _SERVICE_ID,
        col(AbsenceRow.starts_at) < bindparam("ends"),
        col(AbsenceRow.ends_at) > bindparam("begins"),
    )
    .union_all(
        select(null().label("desk_id"), col(ClosureRow.starts_at), col(ClosureRow.ends_at)).where(
            col(ClosureRow.municipality_id) == bindparam("municipality_id"),
            or_(col(ClosureRow.department_id).is_(None), col(ClosureRow.department_id) == bindparam("department_id")),
            col(ClosureRow.is_active),
            col(ClosureRow.starts_at) < bindparam("ends"),
            col(ClosureRow.ends_at) > bindparam("begins"),
        )
    )
)
# Each desk of the service, with the ticks of its bookings and live holds near the time asked for, or none.
_OCCUPIED = (
    select(col(ServiceDeskRow.desk_id), col(BookingRow.first_tick), col(BookingRow.end_tick))
    .outerjoin(
        BookingRow,
        and_(
            col(BookingRow.desk_id) == col(ServiceDeskRow.desk_id),
            col(BookingRow.first_tick) >= bindparam("first_tick"),
            col(BookingRow.first_tick) < bindparam("end_tick"),
            col(BookingRow.status).in_([literal(status.value) for status in sorted(OCCUPYING)]),
            or_(
                col(BookingRow.status) != BookingStatus.HELD.value,
                and_(
                    col(BookingRow.hold_expires_at) > bindparam("now"),
                    col(BookingRow.citizen_id) != bindparam("citizen_id"),
                ),
            ),
            col(BookingRow.id) != bindparam("ignoring"),
        ),
    )
    .where(col(ServiceDeskRow.service_id) == _SERVICE_ID)
    .order_by(col(ServiceDeskRow.desk_id))
)

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


def offered_service(tx: Session, service_id: int) -> Any:
    """The row with a service's rules, if it is offered now: what `service_calendar` asks for first."""
    return tx.execute(_SERVICE, {"service_id": service_id}).one_or_none() if is_id(service_id) else None


def service_calendar(
    tx: Session,
    service_id: int,
    mode: Mode,
    window: Period,
    now: datetime,
    *,
    ignoring: int | None = None,
    citizen_id: int = 0,
    service: Any = _NOT_ASKED,
) -> ServiceCalendar:
    """The calendar of a service for slots that start inside ``window``.

    ``ignoring`` is a booking whose time does not count: the one that is being moved. Nor does what ``citizen_id``
    holds. ``service`` is what `offered_service` found, for who has asked. Raises `NotOffered`.
    """
    of_service = {"service_id": service_id}
    if service is _NOT_ASKED:
        service = offered_service(tx, service_id)
    if service is None or not getattr(service, f"offers_{mode}"):
        raise NotOffered()
    hours = tx.execute(_HOURS, of_service).all()
    closed: set[int] = set()
    absent: dict[int, set[int]] = {}
    place = {"municipality_id": service.municipality_id, "department_id": service.department_id}
    # Buffers reach over the window's ends.
    begins, ends = window.starts_at - _DAY, window.ends_at + _DAY
    for desk_id, starts_at, ends_at in tx.execute(_AWAY, {**of_service, **place, "begins": begins, "ends": ends}):
        away = closed if desk_id is None else absent.setdefault(desk_id, set())
        away.update(ticks(max(starts_at, begins), min(ends_at, ends)))
    busy: dict[int, set[int]] = {}
    for desk_id, first_tick, end_tick in tx.execute(_OCCUPIED, _near(service_id, window, now, ignoring, citizen_id)):
        taken = busy.setdefault(desk_id, absent.get(desk_id, set()))
        if first_tick is not None:
            taken.update(range(first_tick, end_tick))
    return ServiceCalendar(
        rules=ServiceRules(**{name: getattr(service, name) for name in _RULES}),
        weekly=[
            WeeklyHours(h.weekday, h.opens, h.closes, h.valid_from, h.valid_until) for h in hours if h.on_date is None
        ],
        dated=[DatedHours(h.on_date, h.opens, h.closes) for h in hours if h.on_date is not None],
        closed=frozenset(closed),
        busy=busy,
    )


def _near(service_id: int, window: Period, now: datetime, ignoring: int | None, citizen_id: int) -> dict[str, object]:
    """What `_OCCUPIED` asks for: bookings that may touch the window, buffers allowed for."""
    near = ticks(window.starts_at - _DAY, window.ends_at + _DAY)
    return {
        "service_id": service_id,
        "first_tick": near.start - _MAX_TICKS_LENGTH,
        "end_tick": near.stop,
        "now": now,
        "ignoring": ignoring or 0,
        "citizen_id": citizen_id,
    }
