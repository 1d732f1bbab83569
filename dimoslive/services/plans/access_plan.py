"""Who may plan which change: the right to what it changes is the right to its plan."""

from collections.abc import Iterable

from sqlalchemy import select
from sqlmodel import Session, col

from dimoslive.db.queries.catalogue import is_id
from dimoslive.db.queries.my_desk import usual_desks
from dimoslive.db.queries.plans import plan_for_change
from dimoslive.db.rows.plan import text_to_change
from dimoslive.db.tables.catalogue import (
    AbsenceDeskRow,
    AbsenceRow,
    ClosureRow,
    DepartmentRow,
    DeskRow,
    ServiceDeskRow,
    ServiceRow,
)
from dimoslive.db.tables.plan import PlanRow
from dimoslive.domain.errors import NotFound
from dimoslive.domain.people.permissions import Permission, rights_to
from dimoslive.domain.people.principals import Official
from dimoslive.domain.plans.changes import (
    AbsenceChange,
    Change,
    ClosureChange,
    DepartmentChange,
    DeskChange,
    ServiceChange,
)
from dimoslive.services.plans.write_change import may_be_written


def access_plan(
    tx: Session, official: Official, municipality_id: int, plan_id: int, *, for_change: bool = False
) -> PlanRow:
    """The plan, if the official may plan such a change; raises `NotFound` for missing and foreign alike."""
    if not is_id(plan_id):
        raise NotFound()
    row = plan_for_change(tx, plan_id) if for_change else tx.get(PlanRow, plan_id)
    if row is None or row.municipality_id != municipality_id:
        raise NotFound()
    if row.made_by != official.id or not is_own_absence(tx, official, municipality_id, text_to_change(row.change)):
        check_may_plan(tx, official, municipality_id, text_to_change(row.change))
    return row


def check_may_plan(tx: Session, official: Official, municipality_id: int, change: Change) -> None:
    """Raises `NotFound` for what is not there, another municipality's, or beyond the official's right."""
    permissions, departments = _permissions(change), _departments(tx, municipality_id, change)
    for permission in permissions:
        if not _reaches(official, permission, municipality_id, departments):
            raise NotFound()


def is_own_absence(tx: Session, official: Official, municipality_id: int, change: Change) -> bool:
    """Whether it is nothing but an absence of the desk where the official works."""
    if not isinstance(change, AbsenceChange) or not change.desk_ids:
        return False
    if not _reaches(official, Permission.STATE_OWN_ABSENCE, municipality_id, _departments(tx, municipality_id, change)):
        return False
    away = change.desk_ids | _desks_of_absence(tx, municipality_id, change)
    return away <= set(usual_desks(tx, official.id, municipality_id))


def _permissions(change: Change) -> list[Permission]:
    match change:
        case ClosureChange(department_id=None):
            return [Permission.CLOSE_MUNICIPALITY]
        case ClosureChange():
            return [Permission.CLOSE_DEPARTMENT]
        case AbsenceChange():
            return [Permission.MANAGE_ABSENCES]
        case DeskChange():
            return [Permission.MANAGE_DESKS]
        case DepartmentChange():
            return [Permission.MANAGE_DEPARTMENTS]
        case ServiceChange():
            needs_more = change.desk_ids is not None or "is_active" in change.columns
            return [Permission.EDIT_SERVICES, *([Permission.MANAGE_SERVICES] if needs_more else [])]


def _reaches(
    official: Official, permission: Permission, municipality_id: int, departments: Iterable[int | None]
) -> bool:
    """Whether one right covers all of the departments; what is in none only whoever is limited to none."""
    return any(
        right.municipality_id == municipality_id
        and all(
            not right.department_ids if department is None else right.covers(municipality_id, department)
            for department in departments
        )
        for right in rights_to(official, permission)
    )


def _departments(tx: Session, municipality_id: int, change: Change) -> set[int | None]:
    """All that the change reaches, as it is and as it would be; ``None`` is the whole municipality."""
    found: set[int | None]
    match change:
        case ClosureChange():
            found = {change.department_id}
            if change.closure_id:
                row = tx.get(ClosureRow, change.closure_id)
                if row is None or row.municipality_id != municipality_id:
                    raise NotFound()
                found.add(row.department_id)
        case AbsenceChange():
            found = _of_desks(tx, municipality_id, change.desk_ids | _desks_of_absence(tx, municipality_id, change))
        case DeskChange():
            found = _of_desks(tx, municipality_id, [change.desk_id])
        case DepartmentChange():
            found = {change.department_id, *_of_services(tx, change.service_ids)}
        case ServiceChange():
            found = {*_of_services(tx, [change.service_id])}
            if not may_be_written(change.columns):
                raise NotFound()
            if "department_id" in change.columns:
                found.add(int(change.columns["department_id"] or 0))
            # Desks of other departments may serve it («Και άλλες»), if they are the municipality's.
            _of_desks(tx, municipality_id, [*(change.desk_ids or ()), *_serving(tx, change.service_id)])
    _check_departments(tx, municipality_id, found)
    return found


def _desks_of_absence(tx: Session, municipality_id: int, change: AbsenceChange) -> frozenset[int]:
    if not change.absence_id:
        return frozenset()
    row = tx.get(AbsenceRow, change.absence_id)
    if row is None or row.municipality_id != municipality_id:
        raise NotFound()
    return frozenset(tx.scalars(select(col(AbsenceDeskRow.desk_id)).where(col(AbsenceDeskRow.absence_id) == row.id)))


def _of_desks(tx: Session, municipality_id: int, desk_ids: Iterable[int]) -> set[int | None]:
    wanted = set(desk_ids)
    query = select(DeskRow).where(col(DeskRow.id).in_(wanted), col(DeskRow.overflow_of).is_(None))
    desks = [desk for desk in tx.scalars(query) if desk.municipality_id == municipality_id]
    if len(desks) != len(wanted):
        raise NotFound()
    return {desk.department_id for desk in desks}


def _of_services(tx: Session, service_ids: Iterable[int]) -> set[int]:
    wanted = set(service_ids)
    found = list(tx.scalars(select(ServiceRow).where(col(ServiceRow.id).in_(wanted))))
    if len(found) != len(wanted):
        raise NotFound()
    return {service.department_id for service in found}


def _serving(tx: Session, service_id: int) -> list[int]:
    return list(tx.scalars(select(col(ServiceDeskRow.desk_id)).where(col(ServiceDeskRow.service_id) == service_id)))


def _check_departments(tx: Session, municipality_id: int, departments: set[int | None]) -> None:
    for department_id in departments - {None}:
        row = tx.get(DepartmentRow, department_id)
        if row is None or row.municipality_id != municipality_id:
            raise NotFound()
