"""Fetching a department to change it, and checking the right to it."""

from sqlalchemy import and_
from sqlmodel import Session, col

from dimoslive.db.queries.scopes import in_departments
from dimoslive.db.tables.catalogue import DepartmentRow
from dimoslive.domain.people.permissions import Permission
from dimoslive.domain.people.principals import Official
from dimoslive.services.settings.access_root import access_root
from dimoslive.services.settings.departments.kind import DEPARTMENT


def access_department(
    tx: Session, official: Official, municipality_id: int, department_id: int, permission: Permission
) -> DepartmentRow:
    """The row, locked; raises `NotFound` for a missing and a foreign one alike, or `RemovedMeanwhile`."""
    within = and_(
        col(DepartmentRow.municipality_id) == municipality_id,
        in_departments(official, permission, municipality_id, col(DepartmentRow.id)),
    )
    return access_root(tx, DEPARTMENT, department_id, within, municipality_id)
