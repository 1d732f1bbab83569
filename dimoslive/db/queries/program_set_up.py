"""How a municipality is set up, as its programs read it: in the order of the ids, two or three queries a list."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import select
from sqlmodel import Session, col

from dimoslive.db.queries.hours import weekly_hours
from dimoslive.db.tables.catalogue import (
    ClosureRow,
    DepartmentRow,
    DeskRow,
    OpeningHoursRow,
    ServiceDeskRow,
    ServiceRow,
)
from dimoslive.domain.desk.booking_line import Words
from dimoslive.domain.keys.program_set_up import Days, ProgramClosure, ProgramDesk, ProgramHours
from dimoslive.domain.scheduling.local_time import day_period
from dimoslive.domain.scheduling.opening_hours import DatedHours

MAX_LISTED = 2_000
"""Of one kind of thing, far beyond what any municipality has."""


def program_desks(tx: Session, municipality_id: int) -> list[ProgramDesk]:
    """All desks, archived ones too; no lanes."""
    query = (
        select(DeskRow, DepartmentRow)
        .outerjoin(DepartmentRow, col(DepartmentRow.id) == col(DeskRow.department_id))
        .where(col(DeskRow.municipality_id) == municipality_id, col(DeskRow.overflow_of).is_(None))
        .order_by(col(DeskRow.id))
        .limit(MAX_LISTED)
    )
    found = [(row[0], row[1]) for row in tx.execute(query)]
    services = _services_of(tx, [desk.id or 0 for desk, _ in found])
    return [
        ProgramDesk(
            id=desk.id or 0,
            name={"el": desk.name_el, "en": desk.name_en or desk.name_el},
            place={"el": desk.place_el, "en": desk.place_en or desk.place_el},
            department=_name(department) if department else None,
            services=tuple(services.get(desk.id or 0, ())),
            is_active=desk.is_active,
        )
        for desk, department in found
    ]


def program_hours(tx: Session, municipality_id: int, today: date) -> list[ProgramHours]:
    """Of the services in use; dates that are over are left out."""
    query = (
        select(ServiceRow)
        .join(DepartmentRow, col(DepartmentRow.id) == col(ServiceRow.department_id))
        .where(
            col(DepartmentRow.municipality_id) == municipality_id,
            col(DepartmentRow.is_active),
            col(ServiceRow.is_active),
        )
        .order_by(col(ServiceRow.id))
        .limit(MAX_LISTED)
    )
    services = list(tx.scalars(query))
    ids = [service.id or 0 for service in services]
    weekly, dated = weekly_hours(tx, ids), _dated(tx, ids, today)
    return [
        ProgramHours(
            service.id or 0,
            service.slug,
            {"el": service.name_el, "en": service.name_en},
            tuple(weekly.get(service.id or 0, ())),
            tuple(dated.get(service.id or 0, ())),
        )
        for service in services
    ]


def program_closures(tx: Session, municipality_id: int, days: Days, zone: str) -> list[ProgramClosure]:
    """Those that touch the days."""
    query = (
        select(ClosureRow, DepartmentRow)
        .outerjoin(DepartmentRow, col(DepartmentRow.id) == col(ClosureRow.department_id))
        .where(col(ClosureRow.municipality_id) == municipality_id)
        .order_by(col(ClosureRow.id))
        .limit(MAX_LISTED)
    )
    if days.first is not None:
        query = query.where(col(ClosureRow.ends_at) > day_period(days.first, zone).starts_at)
    if days.last is not None:
        query = query.where(col(ClosureRow.starts_at) < day_period(days.last, zone).ends_at)
    return [
        ProgramClosure(
            id=row.id or 0,
            department=_name(department) if department else None,
            starts_at=row.starts_at,
            ends_at=row.ends_at,
            reason={"el": row.reason_el, "en": row.reason_en},
            is_active=row.is_active,
        )
        for row, department in tx.execute(query)
    ]


def _services_of(tx: Session, desk_ids: Iterable[int]) -> dict[int, list[str]]:
    query = (
        select(col(ServiceDeskRow.desk_id), col(ServiceRow.slug))
        .join(ServiceRow, col(ServiceRow.id) == col(ServiceDeskRow.service_id))
        .where(col(ServiceDeskRow.desk_id).in_(list(desk_ids)), col(ServiceRow.is_active))
        .order_by(col(ServiceRow.slug))
    )
    found: dict[int, list[str]] = {}
    for desk_id, slug in tx.execute(query):
        found.setdefault(desk_id, []).append(slug)
    return found


def _dated(tx: Session, service_ids: Iterable[int], today: date) -> dict[int, list[DatedHours]]:
    query = (
        select(OpeningHoursRow)
        .where(col(OpeningHoursRow.service_id).in_(list(service_ids)), col(OpeningHoursRow.on_date) >= today)
        .order_by(col(OpeningHoursRow.on_date), col(OpeningHoursRow.opens))
    )
    found: dict[int, list[DatedHours]] = {}
    for row in tx.scalars(query):
        if row.on_date is not None:
            found.setdefault(row.service_id, []).append(DatedHours(row.on_date, row.opens, row.closes))
    return found


def _name(department: DepartmentRow) -> Words:
    return {"el": department.name_el, "en": department.name_en}
