"""How far municipalities are with setting themselves up, by query."""

import json
from collections.abc import Collection, Iterable
from datetime import date
from typing import NamedTuple

from sqlalchemy import ColumnElement, Integer, and_, cast, exists, func, or_, select
from sqlmodel import Session, col

from dimoslive.db.rows.catalogue import modes_of
from dimoslive.db.tables.catalogue import (
    ClosureRow,
    DepartmentRow,
    DeskRow,
    MunicipalityRow,
    OpeningHoursRow,
    ServiceDeskRow,
    ServiceRow,
)
from dimoslive.db.tables.desk import AuditEventRow
from dimoslive.db.tables.official import OfficialDepartmentRow, OfficialRightRow, OfficialRow
from dimoslive.domain.settings.hours import WEEKDAYS
from dimoslive.domain.settings.tasks import SetUpCounts, Task


class ServiceInUse(NamedTuple):
    """A service in use, its department, whether a desk in use serves it, and whether it has hours from today on."""

    row: ServiceRow
    department: DepartmentRow
    has_desk: bool
    has_hours: bool


def services_in_use(tx: Session, municipality_ids: Collection[int], today: date) -> list[ServiceInUse]:
    """Those of several municipalities, in each municipality's own order."""
    served = exists().where(
        col(ServiceDeskRow.service_id) == col(ServiceRow.id),
        col(DeskRow.id) == col(ServiceDeskRow.desk_id),
        col(DeskRow.is_active),
    )
    opened = exists().where(col(OpeningHoursRow.service_id) == col(ServiceRow.id), _is_ahead(today))
    query = (
        select(ServiceRow, DepartmentRow, served.label("has_desk"), opened.label("has_hours"))
        .join(DepartmentRow, col(DepartmentRow.id) == col(ServiceRow.department_id))
        .where(
            col(DepartmentRow.municipality_id).in_(sorted(municipality_ids)),
            col(DepartmentRow.is_active),
            col(ServiceRow.is_active),
        )
        .order_by(col(DepartmentRow.position), col(DepartmentRow.id), col(ServiceRow.position), col(ServiceRow.id))
    )
    return [ServiceInUse(row[0], row[1], bool(row[2]), bool(row[3])) for row in tx.execute(query)]


def departments_in_use(tx: Session, municipality_id: int) -> list[DepartmentRow]:
    """All of a municipality, in its own order."""
    query = select(DepartmentRow).where(
        col(DepartmentRow.municipality_id) == municipality_id, col(DepartmentRow.is_active)
    )
    return list(tx.scalars(query.order_by(col(DepartmentRow.position), col(DepartmentRow.id))))


def counts_of(tx: Session, municipalities: Iterable[MunicipalityRow], today: date) -> dict[int, SetUpCounts]:
    """How much of each is set up: three queries, however many there are."""
    rows = list(municipalities)
    ids = [row.id for row in rows]
    departments = _count(tx, DepartmentRow, ids, col(DepartmentRow.is_active).is_(True))
    desks = _count(tx, DeskRow, ids, and_(col(DeskRow.is_active), col(DeskRow.overflow_of).is_(None)))
    services: dict[int, list[ServiceInUse]] = {}
    for one in services_in_use(tx, ids, today):
        services.setdefault(one.department.municipality_id, []).append(one)
    return {row.id: _counts(row, departments, desks, services.get(row.id, [])) for row in rows}


def last_touched(tx: Session, municipality_id: int) -> dict[Task, tuple[AuditEventRow, OfficialRow]]:
    """Who last changed what each task is about, and when."""
    query = (
        select(AuditEventRow, OfficialRow)
        .join(OfficialRow, col(OfficialRow.id) == col(AuditEventRow.official_id))
        .where(
            col(AuditEventRow.municipality_id) == municipality_id,
            col(AuditEventRow.actor) == "official",
            col(AuditEventRow.subject_kind).in_(["municipality", "department", "service", "desk"]),
        )
        .order_by(col(AuditEventRow.id).desc())
        .limit(_LOOKED_AT)
    )
    found: dict[Task, tuple[AuditEventRow, OfficialRow]] = {}
    for event, official in tx.execute(query):
        found.setdefault(_task_of(event), (event, official))
    return found


def closures_of_all(tx: Session, municipality_id: int) -> list[ClosureRow]:
    """The closures of the whole municipality, suggestions too."""
    query = select(ClosureRow).where(
        col(ClosureRow.municipality_id) == municipality_id, col(ClosureRow.department_id).is_(None)
    )
    return list(tx.scalars(query.order_by(col(ClosureRow.starts_at), col(ClosureRow.id))))


def without_department(tx: Session, municipality_id: int) -> list[OfficialRow]:
    """Officials whose right is limited to departments none of which is in use: they can do nothing."""
    limited = (
        select(
            col(OfficialDepartmentRow.official_id), func.max(cast(col(DepartmentRow.is_active), Integer)).label("any")
        )
        .join(DepartmentRow, col(DepartmentRow.id) == col(OfficialDepartmentRow.department_id))
        .where(col(DepartmentRow.municipality_id) == municipality_id)
        .group_by(col(OfficialDepartmentRow.official_id))
        .subquery()
    )
    query = (
        select(OfficialRow)
        .join(OfficialRightRow, col(OfficialRightRow.official_id) == col(OfficialRow.id))
        .join(limited, limited.c.official_id == col(OfficialRow.id))
        .where(col(OfficialRightRow.municipality_id) == municipality_id, col(OfficialRow.is_active), limited.c.any == 0)
    )
    return list(tx.scalars(query.order_by(col(OfficialRow.last_name), col(OfficialRow.id))))


_LOOKED_AT = 400
"""Lines of the log; what lies behind them is long past."""


def _is_ahead(today: date) -> ColumnElement[bool]:
    weekly = and_(
        col(OpeningHoursRow.weekday).is_not(None),
        or_(col(OpeningHoursRow.valid_until).is_(None), col(OpeningHoursRow.valid_until) >= today),
    )
    dated = and_(col(OpeningHoursRow.on_date) >= today, col(OpeningHoursRow.opens).is_not(None))
    return or_(weekly, dated)


def _count(
    tx: Session, table: type[DepartmentRow] | type[DeskRow], ids: Collection[int], which: ColumnElement[bool]
) -> dict[int, int]:
    own = col(table.municipality_id)
    return dict(tx.execute(select(own, func.count()).where(own.in_(sorted(ids)), which).group_by(own)).all())


def _counts(
    row: MunicipalityRow, departments: dict[int, int], desks: dict[int, int], services: list[ServiceInUse]
) -> SetUpCounts:
    return SetUpCounts(
        has_address=row.address_el != "",
        has_contact=row.phone != "" or row.email != "",
        departments=departments.get(row.id, 0),
        desks=desks.get(row.id, 0),
        services=len(services),
        with_mode=sum(modes_of(one.row) != () for one in services),
        with_desk=sum(one.has_desk for one in services),
        with_hours=sum(one.has_hours for one in services),
        joined_at=row.joined_at,
    )


def _task_of(event: AuditEventRow) -> Task:
    match event.subject_kind:
        case "municipality":
            return Task.PUBLISH if event.action.endswith(("published", "withdrawn")) else Task.MUNICIPALITY
        case "department":
            return Task.DEPARTMENTS
        case "desk":
            return Task.DESKS
    fields = set(json.loads(event.after))
    if fields & set(WEEKDAYS):
        return Task.HOURS
    return Task.DESKS if fields == {"desk_ids"} else Task.SERVICES
