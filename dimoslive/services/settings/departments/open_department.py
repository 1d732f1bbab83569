"""One department, to be changed."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlmodel import Session, col

from dimoslive.context import AppContext
from dimoslive.db.engine import reading
from dimoslive.db.queries.catalogue import is_id
from dimoslive.db.queries.departments import is_used, next_position
from dimoslive.db.queries.scopes import in_departments
from dimoslive.db.rows.roots import values_of
from dimoslive.db.tables.catalogue import DepartmentRow
from dimoslive.domain.errors import NotFound
from dimoslive.domain.people.permissions import Permission, can
from dimoslive.domain.people.principals import Official
from dimoslive.domain.settings.history import HistoryLine
from dimoslive.services.settings.departments.kind import DEPARTMENT
from dimoslive.services.settings.list_root_history import list_root_history
from dimoslive.services.settings.root_change import Opened


@dataclass(frozen=True, slots=True)
class OpenDepartment:
    """A department with its version and fields, its history, and what may be done with it."""

    opened: Opened
    is_active: bool = True
    can_manage: bool = True
    """Order, archive, delete."""
    can_delete: bool = False
    history: tuple[HistoryLine, ...] = ()


def open_department(
    context: AppContext, official: Official, municipality_id: int, department_id: int | None
) -> OpenDepartment:
    """The department, or for no id the empty form of a new one; raises `NotFound`."""
    with reading(context.db) as tx:
        can_manage = can(official, Permission.MANAGE_DEPARTMENTS, municipality_id)
        if department_id is None:
            if not can_manage:
                raise NotFound()
            return OpenDepartment(Opened(0, _empty(tx, municipality_id)))
        row = _row(tx, official, municipality_id, department_id)
        return OpenDepartment(
            opened=Opened(row.version, values_of(tx, DEPARTMENT, row)),
            is_active=row.is_active,
            can_manage=can_manage,
            can_delete=can_manage and not is_used(tx, department_id),
            history=list_root_history(tx, DEPARTMENT, municipality_id, department_id),
        )


def _row(tx: Session, official: Official, municipality_id: int, department_id: int) -> DepartmentRow:
    query = select(DepartmentRow).where(
        col(DepartmentRow.id) == department_id,
        col(DepartmentRow.municipality_id) == municipality_id,
        in_departments(official, Permission.EDIT_DEPARTMENT, municipality_id, col(DepartmentRow.id)),
    )
    row = tx.scalars(query).one_or_none() if is_id(department_id) else None
    if row is None:
        raise NotFound()
    return row


def _empty(tx: Session, municipality_id: int) -> dict[str, object]:
    texts = dict.fromkeys(DEPARTMENT.columns, "")
    return texts | {"is_name_en_suggested": True, "position": next_position(tx, municipality_id)}
