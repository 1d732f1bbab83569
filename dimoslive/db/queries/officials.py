"""Officials and their rights, by query."""

from sqlalchemy import select
from sqlmodel import Session, col

from dimoslive.db.tables.official import OfficialRightRow, OfficialRow
from dimoslive.domain.people.principals import StaffRight


def official_by_afm(tx: Session, afm_hash: str) -> OfficialRow | None:
    """The official with this AFM."""
    return tx.scalars(select(OfficialRow).where(col(OfficialRow.afm_hash) == afm_hash)).one_or_none()


def rights_of(tx: Session, official_id: int) -> frozenset[StaffRight]:
    """As what an official may act, and where."""
    query = select(col(OfficialRightRow.municipality_id)).where(col(OfficialRightRow.official_id) == official_id)
    return frozenset(StaffRight(municipality_id) for municipality_id in tx.scalars(query))
