"""Departments as a municipality sets them up, by query."""

from typing import NamedTuple

from sqlalchemy import ColumnElement, func, or_, select
from sqlmodel import Session, col

from dimoslive.db.tables.catalogue import ClosureRow, DepartmentRow, DeskRow, ServiceRow
from dimoslive.db.tables.official import OfficialDepartmentRow


class DepartmentLine(NamedTuple):
    """A department, and how many services and desks of it are in use."""

    row: DepartmentRow
    services: int
    desks: int


def departments_of(tx: Session, municipality_id: int, within: ColumnElement[bool]) -> list[DepartmentLine]:
    """Those within a scope, in the municipality's own order, archived ones last."""
    services = (
        select(func.count())
        .select_from(ServiceRow)
        .where(col(ServiceRow.department_id) == col(DepartmentRow.id), col(ServiceRow.is_active))
        .correlate(DepartmentRow)
        .scalar_subquery()
    )
    desks = (
        select(func.count())
        .select_from(DeskRow)
        .where(
            col(DeskRow.department_id) == col(DepartmentRow.id),
            col(DeskRow.is_active),
            col(DeskRow.overflow_of).is_(None),
        )
        .correlate(DepartmentRow)
        .scalar_subquery()
    )
    query = (
        select(DepartmentRow, services, desks)
        .where(col(DepartmentRow.municipality_id) == municipality_id, within)
        .order_by(col(DepartmentRow.is_active).desc(), col(DepartmentRow.position), col(DepartmentRow.id))
    )
    return [DepartmentLine(*found) for found in tx.execute(query)]


def next_position(tx: Session, municipality_id: int) -> int:
    """Behind all departments of the municipality."""
    query = select(func.max(col(DepartmentRow.position))).where(col(DepartmentRow.municipality_id) == municipality_id)
    return (tx.scalar(query) or 0) + 1


def active_services_of(tx: Session, department_id: int) -> list[ServiceRow]:
    """The services of a department that are in use."""
    query = select(ServiceRow).where(col(ServiceRow.department_id) == department_id, col(ServiceRow.is_active))
    return list(tx.scalars(query.order_by(col(ServiceRow.position), col(ServiceRow.id))))


def is_used(tx: Session, department_id: int) -> bool:
    """Whether anything ever belonged to the department, a limit of somebody's right included.

    Without its department such a limit would be none, and the right one to all.
    """
    users = (
        select(col(ServiceRow.id)).where(col(ServiceRow.department_id) == department_id),
        select(col(DeskRow.id)).where(col(DeskRow.department_id) == department_id),
        select(col(ClosureRow.id)).where(col(ClosureRow.department_id) == department_id),
        select(col(OfficialDepartmentRow.official_id)).where(col(OfficialDepartmentRow.department_id) == department_id),
    )
    return bool(tx.scalar(select(or_(*(query.exists() for query in users)))))
