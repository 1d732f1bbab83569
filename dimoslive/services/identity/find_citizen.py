"""Who is signed in."""

from datetime import datetime, timedelta

from dimoslive.context import AppContext
from dimoslive.crypto import token_hash
from dimoslive.db.engine import reading, transaction
from dimoslive.db.queries.people import live_session
from dimoslive.db.tables.citizen import SessionRow
from dimoslive.domain.people.principals import Citizen

SESSION_IDLE = timedelta(hours=2)
_SEEN_EVERY = timedelta(minutes=5)


def find_citizen(context: AppContext, session_token: str) -> Citizen | None:
    """Who a browser with this session cookie is; an idle or expired session is nobody's."""
    if not session_token:
        return None
    now = context.clock.now()
    with reading(context.db) as tx:
        found = live_session(tx, token_hash(session_token), now)
    if found is None or now - found[0].seen_at > SESSION_IDLE:
        return None
    session, citizen = found
    if now - session.seen_at > _SEEN_EVERY:
        _mark_seen(context, session, now)
    return Citizen(citizen.id or 0, citizen.first_name, citizen.last_name, session.id or 0)


def _mark_seen(context: AppContext, session: SessionRow, now: datetime) -> None:
    with transaction(context.db) as tx:
        row = tx.get(SessionRow, session.id)
        if row is not None:
            row.seen_at = now
