"""Officials and their rights, by query."""

from sqlalchemy import and_, bindparam, select
from sqlmodel import Session, col

from dimoslive.db.tables.catalogue import DepartmentRow
from dimoslive.db.tables.official import OfficialDepartmentRow, OfficialRightRow, OfficialRow
from dimoslive.domain.people.principals import StaffRight, StaffRole

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
