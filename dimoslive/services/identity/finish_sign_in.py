"""The browser comes back from the provider."""

import asyncio
import hmac
from collections.abc import Iterable
from dataclasses import dataclass

from dimoslive.context import AppContext
from dimoslive.crypto import new_token, token_hash
from dimoslive.db.engine import transaction
from dimoslive.db.queries.people import add_citizen, citizen_by_afm, end_session, use_state
from dimoslive.db.tables.citizen import CitizenRow, SessionRow
from dimoslive.domain.errors import SignInForged, SignInRefused
from dimoslive.ports import Identity
from dimoslive.services.identity.find_official import open_staff_session
from dimoslive.services.identity.sign_in_state import CITIZENS, SESSION_LENGTH, STAFF, AuthRealm, provider_of, read_note


@dataclass(frozen=True, slots=True)
class SignedIn:
    """The new session's value, and where the person wanted to go."""

    session_token: str
    return_to: str


async def finish_sign_in(
    context: AppContext,
    *,
    note: str,
    state: str,
    code: str,
    error: str,
    old_session: str = "",
    realm: AuthRealm = CITIZENS,
) -> SignedIn:
    """The browser came back.

    Raises `SignInForged`, `SignInRefused`, `SignInUnavailable`, `SignInUnreadable`, and for staff `NotAnOfficial`.
    The session's value is always new, so one planted before the sign-in is worth nothing.
    """
    begun = read_note(context, note)
    if begun is None or begun.realm != realm.word or not hmac.compare_digest(begun.state.encode(), state.encode()):
        raise SignInForged()
    await asyncio.to_thread(_use_state, context, state)
    if error or not code:
        raise SignInRefused()
    identity = await provider_of(context, realm).fetch_identity(code, context.public_url + realm.callback)
    open_session = open_staff_session if realm is STAFF else _open_session
    token = await asyncio.to_thread(open_session, context, identity, old_session)
    return SignedIn(token, begun.return_to)


def return_path_of(context: AppContext, note: str, others: Iterable[str] = (), *, otherwise: str = "/") -> str:
    """Where a sign-in that came back was meant to lead; without its note, where the newest of the others was."""
    begun = read_note(context, note)
    if begun is None:
        readable = [other for other in (read_note(context, other) for other in others) if other]
        begun = max(readable, key=lambda other: other.issued, default=None)
    return begun.return_to if begun else otherwise


def _use_state(context: AppContext, state: str) -> None:
    with transaction(context.db) as tx:
        if not use_state(tx, token_hash(state), context.clock.now()):
            raise SignInForged()


def _open_session(context: AppContext, identity: Identity, old_session: str) -> str:
    now, token = context.clock.now(), new_token()
    with transaction(context.db) as tx:
        hashed = context.seal.afm_hash(identity.afm)
        citizen = citizen_by_afm(tx, hashed)
        if citizen is None:
            sealed = context.seal.close(identity.afm.digits)
            citizen = add_citizen(
                tx,
                CitizenRow(
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
