"""What a change of the set-up touches: services with all that decides about them, and the bookings that they have.

A fixed number of queries, whatever the number of services, desks or bookings.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlmodel import Session, col

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
from dimoslive.domain.catalogue.publication import is_published
from dimoslive.domain.plans.changes import (
    AbsenceChange,
    Change,
    ClosureChange,
    DepartmentChange,
    DeskChange,
    ServiceChange,
)
from dimoslive.domain.plans.impact import CAN_BE_HIT
from dimoslive.domain.plans.set_up import Away, Closed, PlacedBooking, ServiceSetUp, SetUp
from dimoslive.domain.scheduling.mode import Mode
from dimoslive.domain.scheduling.opening_hours import DatedHours, WeeklyHours
from dimoslive.domain.scheduling.periods import Period
from dimoslive.domain.scheduling.slots import MAX_TICKS, ServiceRules, ticks

_DAY = timedelta(days=1)
_RULES = [name for name in ServiceRules.__dataclass_fields__ if name != "zone"]
_HIT = [status.value for status in CAN_BE_HIT]
_PLAIN = (
    "id",
    "service_id",
    "desk_id",
    "starts_at",
    "ends_at",
    "first_tick",
    "end_tick",
    "mode",
    "status",
    "is_outside_hours",
)
_OCCUPYING = [status.value for status in OCCUPYING]


@dataclass(frozen=True, slots=True)
class Touched:
    """The set-up as it is, as far as a change concerns it."""

    set_up: SetUp
    is_offered: bool
    """Whether citizens see the municipality's times at all."""
    zone: str


def touched_by(tx: Session, municipality_id: int, change: Change, now: datetime) -> Touched:
    """The services that the change can touch, with desks, hours, closures and absences from now on."""
    municipality = tx.get_one(MunicipalityRow, municipality_id)
    return Touched(
        set_up=_set_up(tx, municipality, _concerned(municipality_id, change), now, change),
        is_offered=is_published(municipality.joined_at, now),
        zone=municipality.zone,
    )


def set_up_of(tx: Session, municipality: MunicipalityRow, since: datetime) -> SetUp:
    """All of a municipality as it is now, with closures and absences that ended since then or are still to come."""
    return _set_up(tx, municipality, _services_of(municipality.id), since, None)


def _set_up(
    tx: Session, municipality: MunicipalityRow, service_ids: Select[Any], since: datetime, change: Change | None
) -> SetUp:
    desks = list(tx.scalars(select(DeskRow).where(col(DeskRow.municipality_id) == municipality.id)))
    return SetUp(
        services=_services(tx, service_ids, municipality.zone),
        active_desks=frozenset(desk.id or 0 for desk in desks if desk.is_active),
        lanes={desk.id or 0: desk.overflow_of for desk in desks if desk.overflow_of},
        closures=_closures(tx, municipality.id, since, change),
        absences=_absences(tx, municipality.id, since, change),
    )


def placed_bookings(
    tx: Session, municipality_id: int, change: Change, window: Period, now: datetime
) -> list[PlacedBooking]:
    """The bookings still to come that the change could hit, where it reaches."""
    conditions = [
        col(BookingRow.municipality_id) == municipality_id,
        col(BookingRow.status).in_(_HIT),
        col(BookingRow.starts_at) >= now,
        col(BookingRow.service_id).in_(_concerned(municipality_id, change)),
    ]
    if isinstance(change, ClosureChange | AbsenceChange):
        # What begins before it may reach into it.
        conditions.append(col(BookingRow.starts_at) >= window.starts_at - _DAY)
        conditions.append(col(BookingRow.starts_at) < window.ends_at + _DAY)
    return _placed(tx, conditions)


def placed_by_id(tx: Session, booking_ids: Iterable[int]) -> list[PlacedBooking]:
    """These bookings, whatever became of them."""
    return _placed(tx, [col(BookingRow.id).in_(list(booking_ids))])


def holds_ahead(tx: Session, municipality_id: int, now: datetime) -> list[PlacedBooking]:
    """The times that citizens hold at this moment, locked against being booked."""
    own = (
        col(BookingRow.municipality_id) == municipality_id,
        col(BookingRow.status) == BookingStatus.HELD.value,
        col(BookingRow.hold_expires_at) > now,
    )
    locked = select(col(BookingRow.id)).where(*own).order_by(col(BookingRow.id)).with_for_update()
    return _placed(tx, [col(BookingRow.id).in_(list(tx.scalars(locked)))])


def occupied_by_desk(tx: Session, desk_ids: Iterable[int], window: Period, now: datetime) -> dict[int, set[int]]:
    """The ticks at which desks are booked, held, or kept for a plan that can still be undone."""
    within = ticks(window.starts_at, window.ends_at)
    ids = sorted(desk_ids)
    booked = select(col(BookingRow.desk_id), col(BookingRow.first_tick), col(BookingRow.end_tick)).where(
        col(BookingRow.desk_id).in_(ids),
        col(BookingRow.first_tick) >= within.start - MAX_TICKS,
        col(BookingRow.first_tick) < within.stop,
        col(BookingRow.status).in_(_OCCUPYING),
        or_(col(BookingRow.status) != BookingStatus.HELD.value, col(BookingRow.hold_expires_at) > now),
    )
    found: dict[int, set[int]] = {desk_id: set() for desk_id in ids}
    for desk_id, first, end in tx.execute(booked).all():
        found[desk_id].update(range(first, end))
    kept = select(col(PlanItemRow.was_desk_id), col(PlanItemRow.kept_from), col(PlanItemRow.kept_to)).where(
        KEEPS_A_PLACE, col(PlanItemRow.was_desk_id).in_(ids)
    )
    for desk_id, kept_from, kept_to in tx.execute(kept).all():
        found[desk_id].update(ticks(kept_from, kept_to))
    return found


def _placed(tx: Session, conditions: list[ColumnElement[bool]]) -> list[PlacedBooking]:
    # Columns, not entities: of thousands that takes a third of the time.
    query = select(
        *(col(getattr(BookingRow, name)) for name in _PLAIN),
        func.coalesce(col(BookingRow.booked_at), col(BookingRow.created_at)).label("booked_at"),
        (col(BookingRow.email) != "").label("has_email"),
        (col(BookingRow.phone) != "").label("has_phone"),
    ).where(*conditions)
    return [
        PlacedBooking(
            id=row.id,
            service_id=row.service_id,
            desk_id=row.desk_id,
            period=Period(row.starts_at, row.ends_at),
            ticks=range(row.first_tick, row.end_tick),
            mode=Mode(row.mode),
            booked_at=row.booked_at,
            status=BookingStatus(row.status),
            is_outside_hours=row.is_outside_hours,
            has_email=bool(row.has_email),
            has_phone=bool(row.has_phone),
        )
        for row in tx.execute(query).all()
    ]


def _concerned(municipality_id: int, change: Change) -> Select[Any]:
    """The ids of the services that the change can touch."""
    which: ColumnElement[bool] | None = None
    match change:
        # What is changed may have been another department's, or other desks', before.
        case ClosureChange(department_id=int() as department_id, closure_id=0):
            which = col(ServiceRow.department_id) == department_id
        case AbsenceChange(desk_ids=desk_ids, absence_id=0):
            which = _has_desk(desk_ids)
        case ServiceChange(service_id=service_id):
            which = col(ServiceRow.id) == service_id
        case DeskChange(desk_id=desk_id):
            which = _has_desk([desk_id])
        case DepartmentChange(department_id=department_id):
            which = col(ServiceRow.department_id) == department_id
    return _services_of(municipality_id) if which is None else _services_of(municipality_id).where(which)


def _services_of(municipality_id: int) -> Select[Any]:
    return (
        select(col(ServiceRow.id))
        .join(DepartmentRow, col(DepartmentRow.id) == col(ServiceRow.department_id))
        .where(col(DepartmentRow.municipality_id) == municipality_id)
    )


def _has_desk(desk_ids: Iterable[int]) -> ColumnElement[bool]:
    """The desk serves it, or has a booking of it: there it may have been sent before the desk was taken from it."""
    ids = sorted(desk_ids)
    own = select(col(DeskRow.id)).where(or_(col(DeskRow.id).in_(ids), col(DeskRow.overflow_of).in_(ids)))
    serving = select(col(ServiceDeskRow.service_id)).where(col(ServiceDeskRow.desk_id).in_(ids))
    booked = select(col(BookingRow.service_id)).where(
        col(BookingRow.desk_id).in_(own), col(BookingRow.status).in_(_HIT)
    )
    return or_(col(ServiceRow.id).in_(serving), col(ServiceRow.id).in_(booked))


def _services(tx: Session, ids: Select[Any], zone: str) -> dict[int, ServiceSetUp]:
    hours: dict[int, list[OpeningHoursRow]] = {}
    for row in tx.scalars(
        select(OpeningHoursRow).where(col(OpeningHoursRow.service_id).in_(ids)).order_by(col(OpeningHoursRow.id))
    ):
        hours.setdefault(row.service_id, []).append(row)
    desks: dict[int, list[int]] = {}
    serving = (
        select(ServiceDeskRow)
        .join(DeskRow, col(DeskRow.id) == col(ServiceDeskRow.desk_id))
        .where(col(ServiceDeskRow.service_id).in_(ids))
        .order_by(col(DeskRow.position), col(DeskRow.id))
    )
    for link in tx.scalars(serving):
        desks.setdefault(link.service_id, []).append(link.desk_id)
    query = (
        select(ServiceRow, DepartmentRow)
        .join(DepartmentRow, col(DepartmentRow.id) == col(ServiceRow.department_id))
        .where(col(ServiceRow.id).in_(ids))
        .order_by(col(ServiceRow.id))
    )
    return {
        service.id or 0: ServiceSetUp(
            id=service.id or 0,
            department_id=department.id or 0,
            rules=ServiceRules(**{name: getattr(service, name) for name in _RULES}, zone=zone),
            modes=frozenset(mode for mode in Mode if getattr(service, f"offers_{mode}")),
            weekly=weekly_of(hours.get(service.id or 0, [])),
            dated=dated_of(hours.get(service.id or 0, [])),
            desk_ids=tuple(desks.get(service.id or 0, [])),
            is_active=service.is_active and department.is_active,
        )
        for service, department in tx.execute(query).all()
    }


def weekly_of(rows: Iterable[OpeningHoursRow]) -> list[WeeklyHours]:
    """Those that hold on a weekday."""
    return [
        WeeklyHours(row.weekday, row.opens, row.closes, row.valid_from, row.valid_until)
        for row in rows
        if row.weekday is not None and row.opens is not None and row.closes is not None
    ]


def dated_of(rows: Iterable[OpeningHoursRow]) -> list[DatedHours]:
    """Those of one date."""
    return [DatedHours(row.on_date, row.opens, row.closes) for row in rows if row.on_date is not None]


def _closures(tx: Session, municipality_id: int, since: datetime, change: Change | None) -> dict[int, Closed]:
    own = change.closure_id if isinstance(change, ClosureChange) else 0
    query = select(ClosureRow).where(
        col(ClosureRow.municipality_id) == municipality_id,
        col(ClosureRow.is_active),
        or_(col(ClosureRow.ends_at) > since - _DAY, col(ClosureRow.id) == own),
    )
    return {row.id or 0: Closed(Period(row.starts_at, row.ends_at), row.department_id) for row in tx.scalars(query)}


def _absences(tx: Session, municipality_id: int, since: datetime, change: Change | None) -> dict[int, Away]:
    own = change.absence_id if isinstance(change, AbsenceChange) else 0
    query = (
        select(AbsenceRow, col(AbsenceDeskRow.desk_id))
        .join(AbsenceDeskRow, col(AbsenceDeskRow.absence_id) == col(AbsenceRow.id))
        .where(
            col(AbsenceRow.municipality_id) == municipality_id,
            and_(col(AbsenceRow.is_active), or_(col(AbsenceRow.ends_at) > since - _DAY, col(AbsenceRow.id) == own)),
        )
    )
    found: dict[int, tuple[Period, set[int]]] = {}
    for row, desk_id in tx.execute(query):
        found.setdefault(row.id or 0, (Period(row.starts_at, row.ends_at), set()))[1].add(desk_id)
    return {id_: Away(period, frozenset(desk_ids)) for id_, (period, desk_ids) in found.items()}
