"""Officials and their rights, by query."""

from collections.abc import Collection

from sqlalchemy import and_, bindparam, select
from sqlmodel import Session, col

from dimoslive.db.tables.catalogue import DepartmentRow
from dimoslive.db.tables.official import OfficialDepartmentRow, OfficialIdentityRow, OfficialRightRow, OfficialRow
from dimoslive.domain.people.principals import StaffRight, StaffRole

_AT_ONCE = 500
# Asked by each press of an official, and built once: that takes longer than to run it.
_RIGHTS = (
    select(col(OfficialRightRow.municipality_id), col(OfficialRightRow.role), col(DepartmentRow.id))
    .outerjoin(OfficialDepartmentRow, col(OfficialDepartmentRow.official_id) == col(OfficialRightRow.official_id))
    .outerjoin(
        DepartmentRow,
        and_(
            col(DepartmentRow.id) == col(OfficialDepartmentRow.department_id),
            col(DepartmentRow.municipality_id) == col(OfficialRightRow.municipality_id),
        ),
    )
    .where(col(OfficialRightRow.official_id) == bindparam("official_id"))
)


def official_by_afm(tx: Session, afm_hash: str) -> OfficialRow | None:
    """The official with this AFM."""
    return tx.scalars(select(OfficialRow).where(col(OfficialRow.afm_hash) == afm_hash)).one_or_none()


def official_by_email(tx: Session, email: str, *, for_change: bool = False) -> OfficialRow | None:
    """The official with this address, in lower case; ``for_change`` locks the row."""
    query = select(OfficialRow).where(col(OfficialRow.email) == email)
    return tx.scalars(query.with_for_update() if for_change else query).one_or_none()


def officials_by_afm_or_email(tx: Session, afm_hashes: Collection[str], emails: Collection[str]) -> list[OfficialRow]:
    """All with one of these AFMs or addresses, in few queries."""
    found: dict[int, OfficialRow] = {}
    for column, values in ((col(OfficialRow.afm_hash), afm_hashes), (col(OfficialRow.email), emails)):
        wanted = list(values)
        for first in range(0, len(wanted), _AT_ONCE):
            query = select(OfficialRow).where(column.in_(wanted[first : first + _AT_ONCE]))
            found |= {row.id or 0: row for row in tx.scalars(query)}
    return list(found.values())


def official_by_subject(tx: Session, issuer: str, subject: str) -> OfficialRow | None:
    """The official whom an OpenID Connect provider means."""
    query = (
        select(OfficialRow)
        .join(OfficialIdentityRow, col(OfficialIdentityRow.official_id) == col(OfficialRow.id))
        .where(col(OfficialIdentityRow.issuer) == issuer, col(OfficialIdentityRow.subject) == subject)
    )
    return tx.scalars(query).one_or_none()


def has_subject_of(tx: Session, official_id: int, issuer: str) -> bool:
    """Whether this issuer has named the official before."""
    query = select(OfficialIdentityRow).where(
        col(OfficialIdentityRow.official_id) == official_id, col(OfficialIdentityRow.issuer) == issuer
    )
    return tx.scalars(query.limit(1)).first() is not None


def keep_subject(tx: Session, official_id: int, issuer: str, subject: str) -> None:
    """From now on issuer and subject mean this official."""
    tx.add(OfficialIdentityRow(issuer=issuer, subject=subject, official_id=official_id))


def officials_to_mail(tx: Session, municipality_id: int, wishes: Collection[str]) -> list[OfficialRow]:
    """Who has a right in the municipality, an address and one of these wishes."""
    query = (
        select(OfficialRow)
        .join(OfficialRightRow, col(OfficialRightRow.official_id) == col(OfficialRow.id))
        .where(
            col(OfficialRightRow.municipality_id) == municipality_id,
            col(OfficialRow.mails).in_(sorted(wishes)),
            col(OfficialRow.email).is_not(None),
            col(OfficialRow.is_active),
        )
        .order_by(col(OfficialRow.id))
    )
    return list(tx.scalars(query))


def administrators_with_address(tx: Session, municipality_id: int) -> list[OfficialRow]:
    """Who administers the municipality and can be mailed."""
    query = (
        select(OfficialRow)
        .join(OfficialRightRow, col(OfficialRightRow.official_id) == col(OfficialRow.id))
        .where(
            col(OfficialRightRow.municipality_id) == municipality_id,
            col(OfficialRightRow.role) == StaffRole.ADMINISTRATOR.value,
            col(OfficialRow.email).is_not(None),
            col(OfficialRow.is_active),
        )
        .order_by(col(OfficialRow.id))
    )
    return list(tx.scalars(query))


def rights_of(tx: Session, official_id: int) -> frozenset[StaffRight]:
    """As what an official may act, and where."""
    rights: dict[tuple[int, str], set[int]] = {}
    for municipality_id, role, department_id in tx.connection().execute(_RIGHTS, {"official_id": official_id}):
        departments = rights.setdefault((municipality_id, role), set())
        if department_id is not None:
            departments.add(department_id)
    return frozenset(
        StaffRight(municipality_id, StaffRole(role), frozenset(departments))
        for (municipality_id, role), departments in rights.items()
    )
