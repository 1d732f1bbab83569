"""What an administrator sees of a service's hours, by query: the hours, what closes it, and what occupies its desks."""

from collections.abc import Iterable
from datetime import date, datetime

from sqlalchemy import ColumnElement, or_, select
from sqlmodel import Session, col

from dimoslive.db.queries.catalogue import ServiceWithPlace, is_id, service_with_place
from dimoslive.db.tables.booking import BookingRow
from dimoslive.db.tables.catalogue import (
    AbsenceDeskRow,
    AbsenceRow,
    ClosureRow,
    DepartmentRow,
    OpeningHoursRow,
    ServiceRow,
)
from dimoslive.domain.booking.statuses import BookingStatus
from dimoslive.domain.scheduling.opening_hours import DatedHours, WeeklyHours
from dimoslive.domain.scheduling.periods import Period
from dimoslive.domain.scheduling.slots import MAX_TICKS, ticks
from dimoslive.domain.scheduling.why_not import DeskUse


def service_to_set_up(
    tx: Session, municipality_id: int, within: ColumnElement[bool], service_id: int
) -> ServiceWithPlace | None:
    """The service, archived or not, if it is the municipality's and within the scope."""
    if not is_id(service_id):
        return None
    query = (
        select(col(ServiceRow.id))
        .join(DepartmentRow, col(DepartmentRow.id) == col(ServiceRow.department_id))
        .where(col(ServiceRow.id) == service_id, col(DepartmentRow.municipality_id) == municipality_id, within)
    )
    return service_with_place(tx, service_id) if tx.scalar(query) else None


def services_with_hours(
    tx: Session, municipality_id: int, within: ColumnElement[bool]
) -> list[tuple[ServiceRow, DepartmentRow]]:
    """The active services within a scope, in the municipality's own order."""
    query = (
        select(ServiceRow, DepartmentRow)
        .join(DepartmentRow, col(DepartmentRow.id) == col(ServiceRow.department_id))
        .where(
            col(DepartmentRow.municipality_id) == municipality_id,
            col(DepartmentRow.is_active),
            col(ServiceRow.is_active),
            within,
        )
        .order_by(col(DepartmentRow.position), col(DepartmentRow.id), col(ServiceRow.position), col(ServiceRow.id))
    )
    return [(row[0], row[1]) for row in tx.execute(query)]


def weekly_hours(tx: Session, service_ids: Iterable[int]) -> dict[int, list[WeeklyHours]]:
    """The weekly hours of each service, those that are over too."""
    query = (
        select(OpeningHoursRow)
        .where(col(OpeningHoursRow.service_id).in_(list(service_ids)), col(OpeningHoursRow.weekday).is_not(None))
        .order_by(col(OpeningHoursRow.weekday), col(OpeningHoursRow.opens), col(OpeningHoursRow.id))
    )
    found: dict[int, list[WeeklyHours]] = {}
    for row in tx.scalars(query):
        if row.weekday is not None and row.opens is not None and row.closes is not None:
            hours = WeeklyHours(row.weekday, row.opens, row.closes, row.valid_from, row.valid_until)
            found.setdefault(row.service_id, []).append(hours)
    return found


def dated_hours(tx: Session, service_id: int, first: date, last: date) -> list[DatedHours]:
    """The hours of single dates, from one to another."""
    query = (
        select(OpeningHoursRow)
        .where(col(OpeningHoursRow.service_id) == service_id, col(OpeningHoursRow.on_date).between(first, last))
        .order_by(col(OpeningHoursRow.on_date), col(OpeningHoursRow.opens))
    )
    return [DatedHours(row.on_date, row.opens, row.closes) for row in tx.scalars(query) if row.on_date]


def closures_of(tx: Session, department: DepartmentRow, window: Period) -> list[ClosureRow]:
    """The active closures that concern a department in a stretch of time, in order."""
    query = select(ClosureRow).where(
        col(ClosureRow.municipality_id) == department.municipality_id,
        or_(col(ClosureRow.department_id).is_(None), col(ClosureRow.department_id) == department.id),
        col(ClosureRow.is_active),
        col(ClosureRow.starts_at) < window.ends_at,
        col(ClosureRow.ends_at) > window.starts_at,
    )
    return list(tx.scalars(query.order_by(col(ClosureRow.starts_at), col(ClosureRow.id))))


def uses_of_desks(tx: Session, desk_ids: Iterable[int], near: Period, now: datetime) -> dict[int, DeskUse]:
    """What of the desks' busy time near a time is no booking: two queries, however many desks."""
    ids, within = list(desk_ids), ticks(near.starts_at, near.ends_at)
    away = (
        select(col(AbsenceDeskRow.desk_id), col(AbsenceRow.starts_at), col(AbsenceRow.ends_at))
        .join(AbsenceRow, col(AbsenceRow.id) == col(AbsenceDeskRow.absence_id))
        .where(
            col(AbsenceDeskRow.desk_id).in_(ids),
            col(AbsenceRow.is_active),
            col(AbsenceRow.starts_at) < near.ends_at,
            col(AbsenceRow.ends_at) > near.starts_at,
        )
    )
    absent: dict[int, set[int]] = {id_: set() for id_ in ids}
    for desk_id, starts_at, ends_at in tx.execute(away):
        absent[desk_id].update(ticks(max(starts_at, near.starts_at), min(ends_at, near.ends_at)))
    holds = select(
        col(BookingRow.desk_id),
        col(BookingRow.citizen_id),
        col(BookingRow.first_tick),
        col(BookingRow.end_tick),
        col(BookingRow.hold_expires_at),
    ).where(
        col(BookingRow.desk_id).in_(ids),
        col(BookingRow.status) == BookingStatus.HELD.value,
        col(BookingRow.hold_expires_at) > now,
        col(BookingRow.first_tick) > within.start - MAX_TICKS,
        col(BookingRow.first_tick) < within.stop,
    )
    held: dict[int, set[int]] = {id_: set() for id_ in ids}
    kept: dict[int, dict[int, datetime]] = {id_: {} for id_ in ids}
    for desk_id, citizen_id, first, end, expires_at in tx.execute(holds):
        # A time that was given back is kept for nobody in particular.
        if citizen_id is None:
            kept[desk_id].update(dict.fromkeys(range(first, end), expires_at))
        else:
            held[desk_id].update(range(first, end))
    return {id_: DeskUse(absent[id_], held[id_], kept[id_]) for id_ in ids}
