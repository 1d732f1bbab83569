"""An official's own session: when it ends, and putting that off once."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session

from dimoslive.context import AppContext
from dimoslive.crypto import token_hash
from dimoslive.db.engine import reading, transaction
from dimoslive.db.queries.official_rights import has_any_right
from dimoslive.db.queries.sessions import session_by_token
from dimoslive.db.tables.official import OfficialRow, StaffSessionRow
from dimoslive.domain.errors import NotFound
from dimoslive.domain.people.principals import Official
from dimoslive.services.identity.auth_realm import STAFF_SESSION_EXTENSION

WARNED_BEFORE = timedelta(minutes=10)
"""So long before its end the page says when that is, and offers to stay."""


@dataclass(frozen=True, slots=True)
class SessionEnd:
    """When a session ends, and whether that can still be put off."""

    ends_at: datetime
    can_extend: bool


def see_session(context: AppContext, official: Official) -> SessionEnd:
    """When the session that the official came with ends."""
    with reading(context.db) as tx:
        return _end_of(_own(tx, official))


def has_lost_rights(context: AppContext, session_token: str) -> bool:
    """Whether its official is none any more: that ends the session."""
    with reading(context.db) as tx:
        session = session_by_token(tx, StaffSessionRow, token_hash(session_token))
        official = tx.get(OfficialRow, session.official_id) if isinstance(session, StaffSessionRow) else None
        if official is None:
            return False
        has_rights = official.is_platform_admin or has_any_right(tx, official.id or 0)
        return not (official.is_active and has_rights)


def extend_session(context: AppContext, official: Official) -> SessionEnd:
    """Four hours more, once, in its last ten minutes; a press more, or too early, changes nothing."""
    with transaction(context.db) as tx:
        session = _own(tx, official, for_change=True)
        is_near = context.clock.now() >= session.expires_at - WARNED_BEFORE
        if is_near and not session.is_extended:
            session.expires_at += STAFF_SESSION_EXTENSION
            session.is_extended = True
        return _end_of(session)


def _own(tx: Session, official: Official, *, for_change: bool = False) -> StaffSessionRow:
    session = tx.get(StaffSessionRow, official.session_id, with_for_update=for_change or None)
    if session is None or session.official_id != official.id:
        raise NotFound()
    return session


def _end_of(session: StaffSessionRow) -> SessionEnd:
    return SessionEnd(session.expires_at, can_extend=not session.is_extended)
