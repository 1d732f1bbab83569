"""Who is signed in."""

from datetime import datetime, timedelta

from dimoslive.context import Parts
from dimoslive.crypto import token_hash
from dimoslive.db.engine import reading, transaction
from dimoslive.db.queries.people import live_session
from dimoslive.db.tables.citizen import SessionRow
from dimoslive.domain.people.principals import CitizenActor

SESSION_IDLE = timedelta(hours=2)
_SEEN_EVERY = timedelta(minutes=5)


def find_citizen(parts: Parts, session_token: str) -> CitizenActor | None:
    """Who a browser with this session cookie is; an idle or expired session is nobody's."""
    if not session_token:
        return None
    now = parts.clock.now()
    with reading(parts.db) as tx:
        found = live_session(tx, token_hash(session_token), now)
    if found is None or now - found[0].seen_at > SESSION_IDLE:
        return None
    session, citizen = found
    if now - session.seen_at > _SEEN_EVERY:
        _mark_seen(parts, session, now)
    return CitizenActor(citizen.id or 0, citizen.first_name, citizen.last_name, session.id or 0)


def _mark_seen(parts: Parts, session: SessionRow, now: datetime) -> None:
    with transaction(parts.db) as tx:
        row = tx.get(SessionRow, session.id)
        if row is not None:
            row.seen_at = now
