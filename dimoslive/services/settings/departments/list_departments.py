"""The departments of a municipality, as far as somebody may set them up."""

from dataclasses import dataclass

from sqlmodel import col

from dimoslive.context import AppContext
from dimoslive.db.engine import reading
from dimoslive.db.queries.departments import departments_of
from dimoslive.db.queries.scopes import in_departments
from dimoslive.db.tables.catalogue import DepartmentRow
from dimoslive.domain.people.permissions import Permission, can
from dimoslive.domain.people.principals import Official


@dataclass(frozen=True, slots=True)
class ListedDepartment:
    """A line of the list; ``name`` is by language."""

    id: int
    name: dict[str, str]
    is_name_en_suggested: bool
    services: int
    desks: int
    position: int
    is_active: bool


@dataclass(frozen=True, slots=True)
class DepartmentList:
    """All lines, archived ones last, and whether one may add to them."""

    lines: tuple[ListedDepartment, ...]
    can_add: bool


def list_departments(context: AppContext, official: Official, municipality_id: int) -> DepartmentList:
    """Those within the official's scope."""
    within = in_departments(official, Permission.EDIT_DEPARTMENT, municipality_id, col(DepartmentRow.id))
    with reading(context.db) as tx:
        lines = tuple(
            ListedDepartment(
                id=row.id or 0,
                name={"el": row.name_el, "en": row.name_en},
                is_name_en_suggested=row.is_name_en_suggested,
                services=services,
                desks=desks,
                position=row.position,
                is_active=row.is_active,
            )
            for row, services, desks in departments_of(tx, municipality_id, within)
        )
    return DepartmentList(lines, can(official, Permission.MANAGE_DEPARTMENTS, municipality_id))
