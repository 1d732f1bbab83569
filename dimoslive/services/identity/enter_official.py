"""An official is entered, with a right in one municipality or in the installation."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlmodel import Session, col

from dimoslive.context import AppContext
from dimoslive.db.engine import transaction
from dimoslive.db.queries.officials import official_by_afm, official_by_email
from dimoslive.db.tables.catalogue import DepartmentRow, MunicipalityRow
from dimoslive.db.tables.official import OfficialDepartmentRow, OfficialRightRow, OfficialRow
from dimoslive.domain.errors import InvalidInput
from dimoslive.domain.people.personal_data import MAX_NAME_LENGTH, Afm, EmailAddress, clean_line
from dimoslive.domain.people.principals import Official, StaffRole
from dimoslive.services.audit.record_audit import record_audit


@dataclass(frozen=True, slots=True, repr=False)
class WhoIsEntered:
    """By what the person will be recognised at the first sign-in, one of both at least, and the name until then."""

    afm: Afm | None
    email: EmailAddress | None
    first_name: str = ""
    last_name: str = ""


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

    Raises `InvalidInput`. Without ``by`` it was a command of whoever runs the installation.
    """
    with transaction(context.db) as tx:
        return enter_in(tx, context, who, right, by=by).id or 0


def enter_in(
    tx: Session, context: AppContext, who: WhoIsEntered, right: RightGiven, *, by: Official | None = None
) -> OfficialRow:
    """The same inside a transaction.

    By whom somebody is recognised who is entered already, only a command changes: whoever enters people for one
    municipality says nothing about who they are for others.
    """
    now = context.clock.now()
    municipality = _municipality(tx, right)
    official = _found(tx, context, who)
    if official is None:
        official = OfficialRow(first_name="", last_name="")
        _fill(context, official, who)
    elif by is None:
        _fill(context, official, who)
    official.is_active = True
    tx.add(official)
    tx.flush()
    before = _rights(tx, official)
    _give(tx, official, right, municipality)
    record_audit(
        tx,
        now,
        "official.entered",
        by=by or "command",
        subject=("official", official.id),
        municipality_id=municipality.id if municipality else None,
        before=before,
        after=_rights(tx, official),
    )
    return official


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


def _found(tx: Session, context: AppContext, who: WhoIsEntered) -> OfficialRow | None:
    by_afm = official_by_afm(tx, context.seal.afm_hash(who.afm)) if who.afm else None
    by_email = official_by_email(tx, who.email.text.lower()) if who.email else None
    if by_afm and by_email and by_afm.id != by_email.id:
        raise InvalidInput("email", "belongs_to_another_official")
    return by_afm or by_email


def _fill(context: AppContext, official: OfficialRow, who: WhoIsEntered) -> None:
    if who.afm is None and who.email is None:
        raise InvalidInput("afm", "required")
    if who.afm:
        official.afm_hash, official.afm_last_digits = context.seal.afm_hash(who.afm), who.afm.digits[-3:]
    if who.email:
        official.email = who.email.text.lower()
    first = clean_line("first_name", who.first_name, max_length=MAX_NAME_LENGTH // 2 - 1, required=False)
    last = clean_line("last_name", who.last_name, max_length=MAX_NAME_LENGTH // 2, required=not official.last_name)
    official.first_name, official.last_name = first or official.first_name, last or official.last_name


def _give(tx: Session, official: OfficialRow, right: RightGiven, municipality: MunicipalityRow | None) -> None:
    if municipality is None:
        official.is_platform_admin = True
        return
    row = tx.get(OfficialRightRow, (official.id, municipality.id))
    if row is None:
        row = OfficialRightRow(official_id=official.id or 0, municipality_id=municipality.id)
    else:
        row.version += 1
    row.role = right.role.value
    tx.add(row)
    known = select(DepartmentRow).where(col(DepartmentRow.municipality_id) == municipality.id)
    known_ids = {department.id for department in tx.scalars(known)}
    if not known_ids.issuperset(right.department_ids):
        raise InvalidInput("department", "unknown_department")
    for department_id in known_ids:
        limit = tx.get(OfficialDepartmentRow, (official.id, department_id))
        if limit is not None and department_id not in right.department_ids:
            tx.delete(limit)
        if limit is None and department_id in right.department_ids:
            tx.add(OfficialDepartmentRow(official_id=official.id or 0, department_id=department_id or 0))
    tx.flush()


def _rights(tx: Session, official: OfficialRow) -> dict[str, object]:
    """As the log tells them: roles by municipality, and the departments."""
    tx.flush()
    rights = select(OfficialRightRow).where(col(OfficialRightRow.official_id) == official.id)
    limits = select(col(OfficialDepartmentRow.department_id)).where(
        col(OfficialDepartmentRow.official_id) == official.id
    )
    return {
        "roles": {str(row.municipality_id): row.role for row in tx.scalars(rights)},
        "departments": sorted(tx.scalars(limits)),
        "is_platform_admin": official.is_platform_admin,
        "is_active": official.is_active,
    }
