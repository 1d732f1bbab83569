"""The browser comes back from the provider."""

import asyncio
import hmac
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from dimoslive.context import AppContext
from dimoslive.crypto import token_hash
from dimoslive.db.engine import transaction
from dimoslive.db.queries.people import use_state
from dimoslive.domain.errors import SignInForged, SignInRefused
from dimoslive.services.identity.auth_realm import CITIZENS, AuthRealm, I
from dimoslive.services.identity.sessions import open_session
from dimoslive.services.identity.sign_in_state import read_sign_in_state


@dataclass(frozen=True, slots=True)
class SignedIn:
    """The new session's value, and where the person wanted to go."""

    session_token: str
    return_to: str


async def finish_sign_in(
    context: AppContext,
    *,
    sign_in_state: str,
    state: str,
    code: str,
    error: str,
    old_session: str = "",
    realm: AuthRealm[Any, Any] = CITIZENS,
) -> SignedIn:
    """The browser came back.

    Raises `SignInForged`, `SignInRefused`, `SignInUnavailable`, `SignInUnreadable`, and for staff `NotAnOfficial`.
    The session's value is always new, so one planted before the sign-in is worth nothing.
    """
    identity, return_to = await fetch_identity(
        context, sign_in_state=sign_in_state, state=state, code=code, error=error, realm=realm
    )
    token = await asyncio.to_thread(open_session, context, realm, identity, old_session)
    return SignedIn(token, return_to)


async def fetch_identity(
    context: AppContext, *, sign_in_state: str, state: str, code: str, error: str, realm: AuthRealm[Any, I]
) -> tuple[I, str]:
    """Whom the provider names to a browser that came back, and where the person wanted to go; raises the same."""
    begun = read_sign_in_state(context, sign_in_state)
    if begun is None or begun.realm != realm.key or not hmac.compare_digest(begun.state.encode(), state.encode()):
        raise SignInForged()
    await asyncio.to_thread(_use_state, context, state)
    if error or not code:
        raise SignInRefused()
    identity = await realm.provider(context).fetch_identity(code, context.public_url + realm.callback, state)
    return identity, begun.return_to


def return_path_of(context: AppContext, sign_in_state: str, others: Iterable[str] = (), *, otherwise: str = "/") -> str:
    """Where a sign-in that came back was meant to lead; without its state, where the newest of the others was."""
    begun = read_sign_in_state(context, sign_in_state)
    if begun is None:
        readable = [other for other in (read_sign_in_state(context, other) for other in others) if other]
        begun = max(readable, key=lambda other: other.issued, default=None)
    return begun.return_to if begun else otherwise


def _use_state(context: AppContext, state: str) -> None:
    with transaction(context.db) as tx:
        if not use_state(tx, token_hash(state), context.clock.now()):
            raise SignInForged()
