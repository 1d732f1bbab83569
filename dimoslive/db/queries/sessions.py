"""Sessions of citizens and of officials, by query."""

from datetime import datetime
from typing import Literal, NamedTuple

from sqlalchemy import bindparam, delete, select
from sqlmodel import Session, col

from dimoslive.db.tables.citizen import CitizenRow, SessionRow
from dimoslive.db.tables.official import OfficialRow, StaffSessionRow

AnySessionRow = SessionRow | StaffSessionRow
SessionKind = Literal["full", "frame"]


class CitizenSession(NamedTuple):
    """A session and whose it is."""

    session: SessionRow
    citizen: CitizenRow


class StaffSession(NamedTuple):
    """A session and whose it is."""

    session: StaffSessionRow
    official: OfficialRow


# Asked with every event of every page: made once.
_LIVE = (
    select(SessionRow, CitizenRow)
    .join(CitizenRow, col(CitizenRow.id) == col(SessionRow.citizen_id))
    .where(
        col(SessionRow.token_hash) == bindparam("hashed"),
        col(SessionRow.kind) == bindparam("kind"),
        col(SessionRow.expires_at) > bindparam("now"),
    )
)
_LIVE_STAFF = (
    select(StaffSessionRow, OfficialRow)
    .join(OfficialRow, col(OfficialRow.id) == col(StaffSessionRow.official_id))
    .where(
        col(StaffSessionRow.token_hash) == bindparam("hashed"),
        col(StaffSessionRow.expires_at) > bindparam("now"),
        col(OfficialRow.is_active),
    )
)


def live_session(tx: Session, hashed: str, now: datetime, kind: SessionKind = "full") -> CitizenSession | None:
    """An unexpired session of a kind, with its citizen."""
    found = tx.execute(_LIVE, {"hashed": hashed, "kind": kind, "now": now}).one_or_none()
    return CitizenSession(*found) if found else None


def live_staff_session(tx: Session, hashed: str, now: datetime) -> StaffSession | None:
    """An unexpired session with its active official."""
    found = tx.execute(_LIVE_STAFF, {"hashed": hashed, "now": now}).one_or_none()
    return StaffSession(*found) if found else None


def session_by_token(tx: Session, table: type[AnySessionRow], hashed: str) -> AnySessionRow | None:
    """A session, whether it is over or not."""
    found: AnySessionRow | None = tx.scalars(select(table).where(col(table.token_hash) == hashed)).one_or_none()  # type: ignore[assignment]  # a row of the table
    return found


def forget_session(tx: Session, table: type[AnySessionRow], hashed: str) -> None:
    """Remove a session."""
    tx.execute(delete(table).where(col(table.token_hash) == hashed))


def forget_old_sessions(tx: Session, now: datetime) -> None:
    """Remove sessions that are over."""
    for table in (SessionRow, StaffSessionRow):
        tx.execute(delete(table).where(col(table.expires_at) <= now))
