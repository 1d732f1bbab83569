"""Signing in and out.

The browser holds a signed note for each sign-in that it began in the last minutes, and the session's random value
afterwards; the session itself is in the database.
"""

import asyncio
import hmac
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from dimoslive.context import Parts
from dimoslive.crypto import new_token, token_hash
from dimoslive.db.engine import reading, transaction
from dimoslive.db.queries.people import add_citizen, citizen_by_afm, end_session, live_session, use_state
from dimoslive.db.tables.person import Citizen, SessionRow
from dimoslive.domain.errors import SignInForged, SignInRefused
from dimoslive.domain.people.principals import CitizenActor
from dimoslive.ports import Identity, IdentityProvider
from dimoslive.services.identity.find_official import open_staff_session

SESSION_LENGTH = timedelta(hours=12)
SESSION_IDLE = timedelta(hours=2)
SIGN_IN_LENGTH = timedelta(minutes=15)
"""How long a browser may stay at the provider."""
MOST_NOTES = 5
"""Sign-ins that one browser may have begun at once, in as many tabs."""

_SEEN_EVERY = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Realm:
    """For whom a sign-in is: each has its own provider, its own way back and its own sessions."""

    word: str
    callback: str


CITIZENS = Realm("citizens", "/auth/callback")
STAFF = Realm("staff", "/auth/staff/callback")


@dataclass(frozen=True, slots=True)
class SignInBegun:
    """Where to send the browser, and the note it must bring back, kept under the state's beginning."""

    url: str
    note: str
    key: str


@dataclass(frozen=True, slots=True)
class SignedIn:
    """The new session's value, and where the person wanted to go."""

    session_token: str
    return_to: str


def safe_path(path: str) -> str:
    """The path if it is one of this site, else the front page: a sign-in never sends a browser elsewhere."""
    return path if re.fullmatch(r"/(?![/\\])[\w\-./~%?=&+]{0,400}", path, re.ASCII) else "/"


def begin_sign_in(parts: Parts, return_to: str, realm: Realm = CITIZENS, language: str = "el") -> SignInBegun:
    """Start a sign-in; nothing is stored until the browser comes back."""
    state = new_token()
    url = _provider(parts, realm).authorization_url(state, parts.public_url + realm.callback, language)
    issued = str(int(parts.clock.now().timestamp()))
    return SignInBegun(url, parts.seal.sign([state, safe_path(return_to), issued, realm.word]), note_key(state))


def note_key(state: str) -> str:
    """Under what a browser keeps the note of this sign-in: two tabs that sign in do not disturb each other."""
    return state[:8]


def notes_to_drop(parts: Parts, notes: Mapping[str, str]) -> list[str]:
    """The names of those notes that make room for one more: what is no note of ours, then the oldest."""
    kept = {name: note for name, note in ((name, _read_note(parts, text)) for name, text in notes.items()) if note}
    newest = sorted(kept, key=lambda name: kept[name].issued, reverse=True)[: MOST_NOTES - 1]
    return [name for name in notes if name not in newest]


async def finish_sign_in(
    parts: Parts, *, note: str, state: str, code: str, error: str, old_session: str = "", realm: Realm = CITIZENS
) -> SignedIn:
    """The browser came back.

    Raises `SignInForged`, `SignInRefused`, `SignInUnavailable`, `SignInUnreadable`, and for staff `NotAnOfficial`.
    The session's value is always new, so one planted before the sign-in is worth nothing.
    """
    begun = _read_note(parts, note)
    if begun is None or begun.realm != realm.word or not hmac.compare_digest(begun.state.encode(), state.encode()):
        raise SignInForged()
    await asyncio.to_thread(_use_state, parts, state)
    if error or not code:
        raise SignInRefused()
    identity = await _provider(parts, realm).fetch_identity(code, parts.public_url + realm.callback)
    open_session = open_staff_session if realm is STAFF else _open_session
    token = await asyncio.to_thread(open_session, parts, identity, old_session)
    return SignedIn(token, begun.return_to)


def return_path_of(parts: Parts, note: str, others: Iterable[str] = (), *, otherwise: str = "/") -> str:
    """Where a sign-in that came back was meant to lead; without its note, where the newest of the others was."""
    begun = _read_note(parts, note)
    if begun is None:
        readable = [other for other in (_read_note(parts, other) for other in others) if other]
        begun = max(readable, key=lambda other: other.issued, default=None)
    return begun.return_to if begun else otherwise


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


def sign_out(parts: Parts, session_token: str) -> str:
    """End the session; returns where to send the browser to end the provider's own."""
    with transaction(parts.db) as tx:
        end_session(tx, token_hash(session_token))
    return parts.identity.logout_url(parts.public_url + "/")


@dataclass(frozen=True, slots=True)
class _Note:
    state: str
    return_to: str
    issued: int
    realm: str


def _read_note(parts: Parts, note: str) -> _Note | None:
    words = parts.seal.read_signed(note) if note else None
    if words is None or len(words) != 4:
        return None
    state, return_to, issued, realm = words
    age = parts.clock.now().timestamp() - int(issued)
    return _Note(state, return_to, int(issued), realm) if age <= SIGN_IN_LENGTH.total_seconds() else None


def _provider(parts: Parts, realm: Realm) -> IdentityProvider:
    return parts.staff_identity if realm is STAFF else parts.identity


def _use_state(parts: Parts, state: str) -> None:
    with transaction(parts.db) as tx:
        if not use_state(tx, token_hash(state), parts.clock.now()):
            raise SignInForged()


def _open_session(parts: Parts, identity: Identity, old_session: str) -> str:
    now, token = parts.clock.now(), new_token()
    with transaction(parts.db) as tx:
        hashed = parts.seal.afm_hash(identity.afm)
        citizen = citizen_by_afm(tx, hashed)
        if citizen is None:
            sealed = parts.seal.close(identity.afm.digits)
            citizen = add_citizen(
                tx,
                Citizen(
                    afm_hash=hashed, afm_sealed=sealed, first_name="", last_name="", created_at=now, signed_in_at=now
                ),
            )
        # Names change (marriage, corrections): the provider's last word counts.
        citizen.first_name, citizen.last_name, citizen.signed_in_at = identity.first_name, identity.last_name, now
        tx.flush()
        if old_session:
            end_session(tx, token_hash(old_session))
        tx.add(
            SessionRow(
                token_hash=token_hash(token),
                citizen_id=citizen.id or 0,
                created_at=now,
                seen_at=now,
                expires_at=now + SESSION_LENGTH,
            )
        )
    return token


def _mark_seen(parts: Parts, session: SessionRow, now: datetime) -> None:
    with transaction(parts.db) as tx:
        row = tx.get(SessionRow, session.id)
        if row is not None:
            row.seen_at = now
