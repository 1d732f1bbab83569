"""Gathers what decides a service's free times: four queries, whatever the number of days, desks or bookings."""

from datetime import datetime, timedelta

from sqlalchemy import Integer, and_, bindparam, literal, null, or_, select
from sqlmodel import Session, col

from dimoslive.db.queries.catalogue import is_id
from dimoslive.db.tables.booking import BookingRow
from dimoslive.db.tables.catalogue import (
    Absence,
    Closure,
    Department,
    Desk,
    Municipality,
    OpeningHours,
    Service,
    ServiceDesk,
)
from dimoslive.domain.booking.statuses import OCCUPYING, BookingStatus
from dimoslive.domain.catalogue.mode import Mode
from dimoslive.domain.errors import NotOffered
from dimoslive.domain.scheduling.opening_hours import DatedHours, WeeklyHours
from dimoslive.domain.scheduling.periods import Period
from dimoslive.domain.scheduling.slots import ServiceCalendar, ServiceRules, ticks

_DAY = timedelta(days=1)
# A booking that began before the window may reach into it; none is longer than a day.
_LONGEST_TICKS = 288

# The queries are built once: that takes longer than to run them.
_SERVICE_ID = bindparam("service_id", type_=Integer)
_RULES = ServiceRules.__dataclass_fields__.keys()
_SERVICE = (
    select(
        *(col(getattr(Municipality if name == "zone" else Service, name)) for name in _RULES),
        *(col(getattr(Service, f"offers_{mode}")) for mode in Mode),
        col(Department.municipality_id),
        col(Department.id).label("department_id"),
    )
    .select_from(Service)
    .join(Department, col(Department.id) == col(Service.department_id))
    .join(Municipality, col(Municipality.id) == col(Department.municipality_id))
    .where(col(Service.id) == _SERVICE_ID, col(Service.is_active), col(Municipality.joined_at).is_not(None))
)
_HOURS = select(
    col(OpeningHours.weekday),
    col(OpeningHours.on_date),
    col(OpeningHours.opens),
    col(OpeningHours.closes),
    col(OpeningHours.valid_from),
    col(OpeningHours.valid_until),
).where(col(OpeningHours.service_id) == _SERVICE_ID)
# Closures (desk empty) and absences of the service's desks that touch the time asked for.
_AWAY = (
    select(col(Absence.desk_id), col(Absence.starts_at), col(Absence.ends_at))
    .join(ServiceDesk, col(ServiceDesk.desk_id) == col(Absence.desk_id))
    .where(
        col(ServiceDesk.service_id) == _SERVICE_ID,
        col(Absence.starts_at) < bindparam("ends"),
        col(Absence.ends_at) > bindparam("begins"),
    )
    .union_all(
        select(null().label("desk_id"), col(Closure.starts_at), col(Closure.ends_at)).where(
            col(Closure.municipality_id) == bindparam("municipality_id"),
            or_(col(Closure.department_id).is_(None), col(Closure.department_id) == bindparam("department_id")),
            col(Closure.is_active),
            col(Closure.starts_at) < bindparam("ends"),
            col(Closure.ends_at) > bindparam("begins"),
        )
    )
)
# Each desk of the service, with the ticks of its bookings and live holds near the time asked for, or none.
_OCCUPIED = (
    select(col(ServiceDesk.desk_id), col(BookingRow.first_tick), col(BookingRow.end_tick))
    .outerjoin(
        BookingRow,
        and_(
            col(BookingRow.desk_id) == col(ServiceDesk.desk_id),
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
    .where(col(ServiceDesk.service_id) == _SERVICE_ID)
    .order_by(col(ServiceDesk.desk_id))
)

# Not the stronger lock: whoever books at one of the desks refers to its row and need not wait.
_LOCK_RESERVE = (
    select(col(Desk.id))
    .join(ServiceDesk, col(ServiceDesk.desk_id) == col(Desk.id))
    .join(Service, col(Service.id) == col(ServiceDesk.service_id))
    .where(col(ServiceDesk.service_id) == _SERVICE_ID, col(Service.staff_reserve) > 0)
    .order_by(col(Desk.id))
    .with_for_update(of=Desk, key_share=True)
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
) -> ServiceCalendar:
    """The calendar of a service for slots that start inside ``window``.

    ``ignoring`` is a booking whose time does not count: the one that is being moved. Nor does what ``citizen_id``
    holds. Raises `NotOffered`.
    """
    of_service = {"service_id": service_id}
    service = tx.execute(_SERVICE, of_service).one_or_none() if is_id(service_id) else None
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
        "first_tick": near.start - _LONGEST_TICKS,
        "end_tick": near.stop,
        "now": now,
        "ignoring": ignoring or 0,
        "citizen_id": citizen_id,
    }
