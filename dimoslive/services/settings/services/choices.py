"""From what the form of a service, or of a desk, lets one choose."""

from dataclasses import dataclass

from sqlalchemy import or_, select
from sqlmodel import Session, col

from dimoslive.db.queries.scopes import in_departments
from dimoslive.db.queries.services import desks_of_municipality
from dimoslive.db.tables.catalogue import DepartmentRow, DeskRow
from dimoslive.domain.desk.booking_line import Words
from dimoslive.domain.people.permissions import Permission
from dimoslive.domain.people.principals import Official


@dataclass(frozen=True, slots=True)
class ChosenDesk:
    """A desk that may serve a service; ``department`` is 0 and "" for one of none."""

    id: int
    name: Words
    department_id: int
    department: Words


def departments_to_choose(
    tx: Session, official: Official, permission: Permission, municipality_id: int, current: int | None = None
) -> dict[int, Words]:
    """The departments in use that the official's permission reaches, and the one that it is in."""
    query = select(DepartmentRow).where(
        col(DepartmentRow.municipality_id) == municipality_id,
        or_(col(DepartmentRow.is_active), col(DepartmentRow.id) == (current or 0)),
        in_departments(official, permission, municipality_id, col(DepartmentRow.id)),
    )
    rows = tx.scalars(query.order_by(col(DepartmentRow.position), col(DepartmentRow.id)))
    return {row.id or 0: {"el": row.name_el, "en": row.name_en} for row in rows}


def desks_to_choose(tx: Session, municipality_id: int) -> tuple[ChosenDesk, ...]:
    """The desks in use of the whole municipality: those of other departments may serve a service too."""
    query = select(DepartmentRow).where(col(DepartmentRow.municipality_id) == municipality_id)
    departments = {row.id or 0: {"el": row.name_el, "en": row.name_en} for row in tx.scalars(query)}
    return tuple(_chosen(row, departments) for row in desks_of_municipality(tx, municipality_id))


def _chosen(row: DeskRow, departments: dict[int, Words]) -> ChosenDesk:
    department = departments.get(row.department_id or 0, {"el": "", "en": ""})
    return ChosenDesk(
        row.id or 0, {"el": row.name_el, "en": row.name_en or row.name_el}, row.department_id or 0, department
    )
