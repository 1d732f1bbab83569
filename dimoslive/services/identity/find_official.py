"""Officials: their sessions, and who a staff cookie belongs to."""

from datetime import datetime, timedelta

from dimoslive.context import AppContext
from dimoslive.crypto import new_token, token_hash
from dimoslive.db.engine import reading, transaction
from dimoslive.db.queries.officials import end_staff_session, live_staff_session, municipalities_of, official_by_afm
from dimoslive.db.tables.official import StaffSessionRow
from dimoslive.domain.errors import NotAnOfficial
from dimoslive.domain.people.principals import Official
from dimoslive.ports import Identity

STAFF_SESSION_LENGTH = timedelta(hours=12)
"""A working day; the desk's computer is the municipality's own."""
STAFF_SESSION_IDLE = timedelta(hours=4)
"""Longer than any break of a working day. An open page and a meeting are signs of life: they ask every few seconds."""

_SEEN_EVERY = timedelta(minutes=1)
"""So seldom is a sign of life written: no press waits for it."""


def open_staff_session(context: AppContext, identity: Identity, old_session: str) -> str:
    """Open a session for an official whom a municipality has entered; raises `NotAnOfficial` for all others."""
    now, token = context.clock.now(), new_token()
    with transaction(context.db) as tx:
        official = official_by_afm(tx, context.seal.afm_hash(identity.afm))
        if official is None or not official.is_active or not municipalities_of(tx, official.id or 0):
            raise NotAnOfficial()
        official.first_name, official.last_name = identity.first_name, identity.last_name
        if old_session:
            end_staff_session(tx, token_hash(old_session))
        tx.add(
            StaffSessionRow(
                token_hash=token_hash(token),
                official_id=official.id or 0,
                created_at=now,
                seen_at=now,
                expires_at=now + STAFF_SESSION_LENGTH,
            )
        )
    return token


def find_official(context: AppContext, staff_session: str) -> Official | None:
    """Who a browser with this staff cookie is, with today's rights: those taken away are gone at once.

    An idle or expired session is nobody's.
    """
    if not staff_session:
        return None
    now = context.clock.now()
    with reading(context.db) as tx:
        found = live_staff_session(tx, token_hash(staff_session), now)
        rights = municipalities_of(tx, found[1].id or 0) if found else frozenset()
    if found is None or not rights or now - found[0].seen_at > STAFF_SESSION_IDLE:
        return None
    session, official = found
    if now - session.seen_at > _SEEN_EVERY:
        _mark_seen(context, session, now)
    return Official(official.id or 0, official.first_name, official.last_name, rights)


def end_official_session(context: AppContext, staff_session: str) -> str:
    """End the session; returns where to send the browser to end the provider's own."""
    with transaction(context.db) as tx:
        end_staff_session(tx, token_hash(staff_session))
    return context.staff_identity.logout_url(context.public_url + "/")


def _mark_seen(context: AppContext, session: StaffSessionRow, now: datetime) -> None:
    with transaction(context.db) as tx:
        row = tx.get(StaffSessionRow, session.id)
        if row is not None:
            row.seen_at = now
