"""Sessions of both realms: opened by a sign-in, found by the cookie's value, ended by a press."""

from datetime import datetime
from typing import Any

from dimoslive.context import AppContext
from dimoslive.crypto import new_token, token_hash
from dimoslive.db.engine import reading, transaction
from dimoslive.db.queries.sessions import AnySessionRow, forget_session, session_by_token
from dimoslive.domain.errors import NotFound
from dimoslive.services.identity.auth_realm import AuthRealm, I, P, realm_of


def open_session(context: AppContext, realm: AuthRealm[Any, I], identity: I, old_session: str = "") -> str:
    """A new session in the place of an old one; returns its value. Raises `NotAnOfficial` in the staff's realm."""
    now, token = context.clock.now(), new_token()
    with transaction(context.db) as tx:
        row = realm.enter(
            tx,
            context.seal,
            identity,
            {
                "token_hash": token_hash(token),
                "created_at": now,
                "seen_at": now,
                "expires_at": now + realm.terms.length,
            },
        )
        if old_session:
            forget_session(tx, realm.table, token_hash(old_session))
        tx.add(row)
    return token


def find_principal(context: AppContext, realm: AuthRealm[P, Any], session_token: str) -> P | None:
    """Who a browser with this cookie is; an idle or expired session is nobody's."""
    if not session_token:
        return None
    now = context.clock.now()
    with reading(context.db) as tx:
        found = realm.find(tx, token_hash(session_token), now)
    idle = realm.terms.idle
    if found is None or (idle is not None and now - found.session.seen_at > idle):
        return None
    if now - found.session.seen_at > realm.terms.seen_every:
        _mark_seen(context, found.session, now)
    return found.principal


def end_session(context: AppContext, realm: AuthRealm[Any, Any], session_token: str) -> str:
    """End the session; returns where to send the browser to end the provider's own."""
    home = context.public_url + "/"
    with transaction(context.db) as tx:
        opened_by = realm_of(session_by_token(tx, realm.table, token_hash(session_token)), realm)
        forget_session(tx, realm.table, token_hash(session_token))
    try:
        return opened_by.provider(context).logout_url(home)
    except NotFound:
        # The installation has given up the provider that it was opened by.
        return home


def _mark_seen(context: AppContext, session: AnySessionRow, now: datetime) -> None:
    with transaction(context.db) as tx:
        row = tx.get(type(session), session.id)
        if row is not None:
            row.seen_at = now
