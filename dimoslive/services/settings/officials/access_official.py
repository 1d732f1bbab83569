"""Fetching an official's right to change it, and what somebody may give."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlmodel import Session, col

from dimoslive.db.queries.imports import lock_set_up
from dimoslive.db.queries.official_rights import officials_within
from dimoslive.db.queries.scopes import in_departments
from dimoslive.db.tables.catalogue import DepartmentRow, DeskRow
from dimoslive.db.tables.official import OfficialRightRow
from dimoslive.domain.desk.booking_line import Words
from dimoslive.domain.people.permissions import Permission, can, rights_to
from dimoslive.domain.people.principals import Official, StaffRole
from dimoslive.domain.settings.official import Choices
from dimoslive.services.settings.access_root import access_root
from dimoslive.services.settings.officials.kind import OFFICIAL

ROLES = (StaffRole.OFFICIAL, StaffRole.HEAD, StaffRole.ADMINISTRATOR)


@dataclass(frozen=True, slots=True)
class Givable:
    """Departments and desks by name, and the roles, that somebody may give in a municipality."""

    departments: Mapping[int, Words]
    desks: Mapping[int, Words]
    choices: Choices


def access_official(tx: Session, by: Official, municipality_id: int, official_id: int) -> OfficialRightRow:
    """The right, locked; raises `NotFound` for a missing and a foreign one alike, `RemovedMeanwhile` for an ended one.

    All changes of a municipality's officials run one after the other: so there is always one who may set it up.
    """
    lock_set_up(tx, municipality_id)
    return access_root(tx, OFFICIAL, official_id, officials_within(by, municipality_id), municipality_id)


def givable(tx: Session, by: Official, municipality_id: int, has: Mapping[str, object] | None = None) -> Givable:
    """What is in use of the own departments, and what of these the official ``has`` already."""
    stands = has or {}
    departments = select(DepartmentRow).where(
        col(DepartmentRow.municipality_id) == municipality_id,
        col(DepartmentRow.is_active) | col(DepartmentRow.id).in_(_ids(stands, "department_ids")),
        in_departments(by, Permission.MANAGE_OFFICIALS, municipality_id, col(DepartmentRow.id)),
    )
    desks = select(DeskRow).where(
        col(DeskRow.municipality_id) == municipality_id,
        col(DeskRow.overflow_of).is_(None),
        col(DeskRow.is_active) | col(DeskRow.id).in_(_ids(stands, "desk_ids")),
        in_departments(by, Permission.MANAGE_OFFICIALS, municipality_id, col(DeskRow.department_id)),
    )
    found = tx.scalars(departments.order_by(col(DepartmentRow.position), col(DepartmentRow.id)))
    named = {row.id or 0: {"el": row.name_el, "en": row.name_en or row.name_el} for row in found}
    seats = tx.scalars(desks.order_by(col(DeskRow.position), col(DeskRow.id)))
    placed = {row.id or 0: _desk_name(row, named) for row in seats}
    can_all = can(by, Permission.MANAGE_ALL_OFFICIALS, municipality_id)
    choices = Choices(
        roles=ROLES if can_all else ROLES[:1],
        department_ids=frozenset(named),
        desk_ids=frozenset(placed),
        needs_department=not can_all and _is_limited(by, municipality_id),
    )
    return Givable(named, placed, choices)


def _desk_name(row: DeskRow, departments: Mapping[int, Words]) -> Words:
    """Desks of two departments may be called the same."""
    name = {"el": row.name_el, "en": row.name_en or row.name_el}
    department = departments.get(row.department_id or 0) if len(departments) > 1 else None
    return {language: f"{text} · {department[language]}" for language, text in name.items()} if department else name


def _is_limited(by: Official, municipality_id: int) -> bool:
    rights = [right for right in rights_to(by, Permission.MANAGE_OFFICIALS) if right.municipality_id == municipality_id]
    return all(right.department_ids for right in rights)


def _ids(values: Mapping[str, object], name: str) -> list[int]:
    found = values.get(name)
    return list(found) if isinstance(found, list) else []
