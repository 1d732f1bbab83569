"""An official is entered, with a right in one municipality or in the installation."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlmodel import Session, col

from dimoslive.context import AppContext
from dimoslive.db.engine import transaction
from dimoslive.db.queries.imports import lock_set_up
from dimoslive.db.queries.official_rights import has_any_right
from dimoslive.db.tables.catalogue import DepartmentRow, MunicipalityRow
from dimoslive.domain.errors import InvalidInput
from dimoslive.domain.people.personal_data import clean_line
from dimoslive.domain.people.principals import Official, StaffRole
from dimoslive.domain.settings.official import MAX_FIRST_NAME, MAX_LAST_NAME
from dimoslive.services.audit.record_audit import record_audit
from dimoslive.services.settings.officials.enter_right import WhoIsEntered, enter_right, fill_person, find_person
from dimoslive.services.settings.root_change import Act

__all__ = ["RightGiven", "WhoIsEntered", "enter_in", "enter_official"]


@dataclass(frozen=True, slots=True)
class RightGiven:
    """A role; for the installation's own it names no municipality, for all others it does."""

    role: StaffRole
    municipality: str = ""
    """Its slug."""
    department_ids: tuple[int, ...] = ()
    """None of them: all."""


def enter_official(context: AppContext, who: WhoIsEntered, right: RightGiven, *, by: Official | None = None) -> int:
    """Enter the person, or add to one who is entered already; returns the official's id.

    Raises `InvalidInput`. Without ``by`` it was a command of whoever runs the installation, and may change what there
    is.
    """
    with transaction(context.db) as tx:
        return enter_in(tx, context, who, right, by=by)


def enter_in(
    tx: Session, context: AppContext, who: WhoIsEntered, right: RightGiven, *, by: Official | None = None
) -> int:
    """The same inside a transaction."""
    municipality = _municipality(tx, right)
    who = _cleaned(who, is_known=find_person(tx, context.seal, who) is not None)
    if municipality is None:
        return _enter_platform_administrator(tx, context, who, by)
    lock_set_up(tx, municipality.id)
    act = Act(by or "command", context.clock.now(), municipality.id)
    values = _values(who, right, _departments(tx, municipality, right))
    return enter_right(tx, context.seal, who, values, act, is_command=by is None).official_id


def _municipality(tx: Session, right: RightGiven) -> MunicipalityRow | None:
    if right.role is StaffRole.PLATFORM_ADMINISTRATOR:
        if right.municipality or right.department_ids:
            raise InvalidInput("municipality", "platform_has_no_municipality")
        return None
    query = select(MunicipalityRow).where(col(MunicipalityRow.slug) == right.municipality)
    municipality = tx.scalars(query).one_or_none()
    if municipality is None:
        raise InvalidInput("municipality", "unknown_municipality")
    if right.role is StaffRole.ADMINISTRATOR and right.department_ids:
        raise InvalidInput("department", "administrator_has_all_departments")
    return municipality


def _cleaned(who: WhoIsEntered, *, is_known: bool) -> WhoIsEntered:
    if who.afm is None and who.email is None:
        raise InvalidInput("afm", "required")
    return WhoIsEntered(
        who.afm,
        who.email,
        clean_line("first_name", who.first_name, max_length=MAX_FIRST_NAME, required=False),
        clean_line("last_name", who.last_name, max_length=MAX_LAST_NAME, required=not is_known),
    )


def _departments(tx: Session, municipality: MunicipalityRow, right: RightGiven) -> list[int]:
    known = select(col(DepartmentRow.id)).where(col(DepartmentRow.municipality_id) == municipality.id)
    if not set(tx.scalars(known)).issuperset(right.department_ids):
        raise InvalidInput("department", "unknown_department")
    return sorted(right.department_ids)


def _values(who: WhoIsEntered, right: RightGiven, department_ids: list[int]) -> dict[str, object]:
    """The fields of the right; a name that is not said stays as it is."""
    named = {"last_name": who.last_name, "first_name": who.first_name} if who.last_name else {}
    return {**named, "role": right.role.value, "department_ids": department_ids}


def _enter_platform_administrator(tx: Session, context: AppContext, who: WhoIsEntered, by: Official | None) -> int:
    official = find_person(tx, context.seal, who)
    if official is None or by is None or not has_any_right(tx, official.id or 0):
        official = fill_person(tx, context.seal, official, who)
    before = {"is_platform_admin": official.is_platform_admin}
    official.is_platform_admin = True
    record_audit(
        tx,
        context.clock.now(),
        "official.entered",
        by=by or "command",
        subject=("official", official.id),
        before=before,
        after={"is_platform_admin": True},
    )
    return official.id or 0
