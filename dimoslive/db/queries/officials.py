"""Officials and their sessions, by query."""

from datetime import datetime

from sqlalchemy import delete, select
from sqlmodel import Session, col

from dimoslive.db.tables.official import OfficialRightRow, OfficialRow, StaffSessionRow


def official_by_afm(tx: Session, afm_hash: str) -> OfficialRow | None:
    """The official with this AFM."""
    return tx.scalars(select(OfficialRow).where(col(OfficialRow.afm_hash) == afm_hash)).one_or_none()


def municipalities_of(tx: Session, official_id: int) -> frozenset[int]:
    """For which municipalities an official may act."""
    query = select(col(OfficialRightRow.municipality_id)).where(col(OfficialRightRow.official_id) == official_id)
    return frozenset(tx.scalars(query))


def live_staff_session(tx: Session, hashed: str, now: datetime) -> tuple[StaffSessionRow, OfficialRow] | None:
    """An unexpired session with its active official."""
    query = (
        select(StaffSessionRow, OfficialRow)
        .join(OfficialRow, col(OfficialRow.id) == col(StaffSessionRow.official_id))
        .where(
            col(StaffSessionRow.token_hash) == hashed, col(StaffSessionRow.expires_at) > now, col(OfficialRow.is_active)
        )
    )
    found = tx.execute(query).one_or_none()
    return (found[0], found[1]) if found else None


def end_staff_session(tx: Session, hashed: str) -> None:
    """Forget a session."""
    tx.execute(delete(StaffSessionRow).where(col(StaffSessionRow.token_hash) == hashed))


def forget_old_staff_sessions(tx: Session, now: datetime) -> None:
    """Remove sessions that are over."""
    tx.execute(delete(StaffSessionRow).where(col(StaffSessionRow.expires_at) <= now))
