"""Signing in and out.

The browser holds a signed note for each sign-in that it began in the last minutes, and the session's random value
afterwards; the session itself is in the database.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from dimoslive.context import AppContext
from dimoslive.ports import IdentityProvider

SESSION_LENGTH = timedelta(hours=12)
SIGN_IN_LENGTH = timedelta(minutes=15)
"""How long a browser may stay at the provider."""
MAX_NOTES = 5
"""Sign-ins that one browser may have begun at once, in as many tabs."""


@dataclass(frozen=True, slots=True)
class AuthRealm:
    """For whom a sign-in is: each has its own provider, its own way back and its own sessions."""

    word: str
    callback: str


CITIZENS = AuthRealm("citizens", "/auth/callback")
STAFF = AuthRealm("staff", "/auth/staff/callback")


def note_key(state: str) -> str:
    """Under what a browser keeps the note of this sign-in: two tabs that sign in do not disturb each other."""
    return state[:8]


def notes_to_drop(context: AppContext, notes: Mapping[str, str]) -> list[str]:
    """The names of those notes that make room for one more: what is no note of ours, then the oldest."""
    kept = {name: note for name, note in ((name, read_note(context, text)) for name, text in notes.items()) if note}
    newest = sorted(kept, key=lambda name: kept[name].issued, reverse=True)[: MAX_NOTES - 1]
    return [name for name in notes if name not in newest]


@dataclass(frozen=True, slots=True)
class _Note:
    state: str
    return_to: str
    issued: int
    realm: str


def read_note(context: AppContext, note: str) -> _Note | None:
    """What a browser brings back, if we signed it and it is not too old."""
    words = context.seal.read_signed(note) if note else None
    if words is None or len(words) != 4:
        return None
    state, return_to, issued, realm = words
    age = context.clock.now().timestamp() - int(issued)
    return _Note(state, return_to, int(issued), realm) if age <= SIGN_IN_LENGTH.total_seconds() else None


def provider_of(context: AppContext, realm: AuthRealm) -> IdentityProvider:
    """Who says who a person of the realm is."""
    return context.staff_identity if realm is STAFF else context.identity
