"""The closures of a municipality: those ahead, suggestions, and those that are over."""

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import select
from sqlmodel import Session, col

from dimoslive.context import AppContext
from dimoslive.db.engine import reading
from dimoslive.db.tables.catalogue import ClosureRow, DepartmentRow, MunicipalityRow
from dimoslive.domain.desk.booking_line import Words
from dimoslive.domain.people.permissions import Permission, can, rights_to
from dimoslive.domain.people.principals import Official
from dimoslive.domain.scheduling.local_time import to_local
from dimoslive.domain.scheduling.periods import Period

KEPT_IN_SIGHT = timedelta(days=400)
"""So long a closure that is over stays in the list, to be copied into another year."""
MAX_LISTED = 400


@dataclass(frozen=True, slots=True)
class ListedClosure:
    """A closure; without a department it is the whole municipality's. What is not active is a suggestion."""

    id: int
    period: Period
    department: Words | None
    reason: Words
    is_active: bool
    is_over: bool
    can_change: bool
    copy_year: int
    """The year into which it can be copied; 0 where that was done, or makes no sense."""


@dataclass(frozen=True, slots=True)
class Closures:
    """All that the page lists."""

    lines: tuple[ListedClosure, ...]
    zone: str


def list_closures(context: AppContext, official: Official, municipality_id: int) -> Closures:
    """Soonest first; those of departments beyond the official's are seen and not changed."""
    now = context.clock.now()
    with reading(context.db) as tx:
        zone = tx.get_one(MunicipalityRow, municipality_id).zone
        departments = {row.id: row for row in _departments(tx, municipality_id)}
        query = (
            select(ClosureRow)
            .where(col(ClosureRow.municipality_id) == municipality_id, col(ClosureRow.ends_at) > now - KEPT_IN_SIGHT)
            .order_by(col(ClosureRow.starts_at), col(ClosureRow.id))
            .limit(MAX_LISTED)
        )
        rows = [row for row in tx.scalars(query) if row.is_active or row.ends_at > now]
    known = {(row.department_id, row.reason_el, to_local(row.starts_at, zone).year) for row in rows}

    def line(row: ClosureRow) -> ListedClosure:
        department = departments.get(row.department_id)
        next_year = to_local(row.starts_at, zone).year + 1
        may = can_change(official, municipality_id, row.department_id)
        is_known = (row.department_id, row.reason_el, next_year) in known
        return ListedClosure(
            id=row.id or 0,
            period=Period(row.starts_at, row.ends_at),
            department={"el": department.name_el, "en": department.name_en} if department else None,
            reason={"el": row.reason_el, "en": row.reason_en},
            is_active=row.is_active,
            is_over=row.ends_at <= now,
            can_change=may,
            copy_year=next_year if may and not is_known and row.is_active else 0,
        )

    return Closures(tuple(line(row) for row in rows), zone)


def can_change(official: Official, municipality_id: int, department_id: int | None) -> bool:
    """Whether the closure is the official's to change."""
    if department_id is None:
        return can(official, Permission.CLOSE_MUNICIPALITY, municipality_id)
    return can(official, Permission.CLOSE_DEPARTMENT, municipality_id, department_id)


def closable_departments(tx: Session, official: Official, municipality_id: int) -> list[DepartmentRow]:
    """Those that the official may close."""
    rights = [r for r in rights_to(official, Permission.CLOSE_DEPARTMENT) if r.municipality_id == municipality_id]
    return [
        row
        for row in _departments(tx, municipality_id)
        if row.is_active and any(right.covers(municipality_id, row.id) for right in rights)
    ]


def _departments(tx: Session, municipality_id: int) -> list[DepartmentRow]:
    query = select(DepartmentRow).where(col(DepartmentRow.municipality_id) == municipality_id)
    return list(tx.scalars(query.order_by(col(DepartmentRow.position), col(DepartmentRow.id))))
