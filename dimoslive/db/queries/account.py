"""What an official's own page shows, by query."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import ColumnElement, delete, or_, select, true
from sqlmodel import Session, col

from dimoslive.db.tables.catalogue import DepartmentRow, DeskRow, ServiceDeskRow, ServiceRow
from dimoslive.db.tables.official import DeskOfficialRow, StaffSessionRow
from dimoslive.domain.people.principals import StaffRight


def departments_of(tx: Session, ids: Iterable[int]) -> list[DepartmentRow]:
    """These departments, by name."""
    query = select(DepartmentRow).where(col(DepartmentRow.id).in_(sorted(ids)))
    return list(tx.scalars(query.order_by(col(DepartmentRow.name_el))))


def desks_within(tx: Session, right: StaffRight) -> list[DeskRow]:
    """The desks in use that the right's departments have or are served by, in their order; no lanes."""
    query = select(DeskRow).where(
        col(DeskRow.municipality_id) == right.municipality_id,
        col(DeskRow.is_active),
        col(DeskRow.overflow_of).is_(None),
        _of_departments(right),
    )
    return list(tx.scalars(query.order_by(col(DeskRow.position), col(DeskRow.id))))


def usual_desk_ids(tx: Session, official_id: int) -> set[int]:
    """The usual desks, one a municipality."""
    query = select(col(DeskOfficialRow.desk_id)).where(
        col(DeskOfficialRow.official_id) == official_id, col(DeskOfficialRow.is_usual)
    )
    return set(tx.scalars(query))


def own_sessions(tx: Session, official_id: int, now: datetime) -> list[StaffSessionRow]:
    """Those that last, the latest used first."""
    query = select(StaffSessionRow).where(
        col(StaffSessionRow.official_id) == official_id, col(StaffSessionRow.expires_at) > now
    )
    return list(tx.scalars(query.order_by(col(StaffSessionRow.seen_at).desc(), col(StaffSessionRow.id).desc())))


def forget_sessions_of(tx: Session, official_id: int) -> None:
    """All of an official's."""
    tx.execute(delete(StaffSessionRow).where(col(StaffSessionRow.official_id) == official_id))


def _of_departments(right: StaffRight) -> ColumnElement[bool]:
    if not right.department_ids:
        return true()
    ids = sorted(right.department_ids)
    served = (
        select(col(ServiceDeskRow.desk_id))
        .join(ServiceRow, col(ServiceRow.id) == col(ServiceDeskRow.service_id))
        .where(col(ServiceRow.department_id).in_(ids))
    )
    return or_(col(DeskRow.department_id).in_(ids), col(DeskRow.id).in_(served))
