"""The sign-in in the window beside a frame: it ends with a code, by which the frame opens a session of its own.

The code is worth nothing by itself: the frame shows the verifier, which never left it, or the window its cookie.
"""

import base64
import hashlib
import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session

from dimoslive.context import AppContext
from dimoslive.crypto import new_token, token_hash
from dimoslive.db.engine import transaction
from dimoslive.db.queries.frames import frame_code
from dimoslive.db.queries.sessions import forget_session
from dimoslive.db.tables.citizen import SessionRow
from dimoslive.db.tables.frame import FrameCodeRow
from dimoslive.domain.frame_errors import FrameCodeExpired, FrameCodeMismatch, FrameCodeUsed
from dimoslive.domain.people.principals import Citizen
from dimoslive.ports import Identity
from dimoslive.services.embed.find_framed import published_id
from dimoslive.services.identity.auth_realm import CITIZENS, FRAMES, enter_citizen

CODE_LENGTH = timedelta(seconds=60)
"""How long the frame may take its code."""
WINDOW_LENGTH = timedelta(seconds=120)
"""How long the window may go on by itself: a person presses there, who has read why."""


@dataclass(frozen=True, slots=True, repr=False)
class FrameCode:
    """For the frame, and the cookie's value for the window."""

    code: str
    window: str


def give_code(context: AppContext, who: Identity | Citizen, slug: str, challenge: str) -> FrameCode:
    """A code for whom the provider names, or who is signed in already; raises `NotFound` for the municipality."""
    municipality_id, now = published_id(context, slug), context.clock.now()
    given = FrameCode(new_token(), new_token())
    with transaction(context.db) as tx:
        citizen_id = who.id if isinstance(who, Citizen) else enter_citizen(tx, context.seal, who, now)
        tx.add(
            FrameCodeRow(
                code_hash=token_hash(given.code),
                citizen_id=citizen_id,
                municipality_id=municipality_id,
                challenge=challenge,
                window_hash=token_hash(given.window),
                created_at=now,
            )
        )
    return given


def open_frame_session(context: AppContext, code: str, verifier: str, old_session: str = "") -> str:
    """The frame's session for its code, in the place of an old one; returns its value.

    Raises `FrameCodeExpired`, `FrameCodeMismatch` or `FrameCodeUsed`.
    """
    now, token = context.clock.now(), new_token()
    with transaction(context.db) as tx:
        row = _code(tx, code)
        if not hmac.compare_digest(row.challenge, _challenge_of(verifier)):
            raise FrameCodeMismatch()
        _use(tx, row, now, CODE_LENGTH)
        if old_session:
            forget_session(tx, SessionRow, token_hash(old_session))
        session = _session(row, token, now, now + FRAMES.terms.length)
        session.kind, session.municipality_id = "frame", row.municipality_id
        tx.add(session)
    return token


def open_session_in_window(context: AppContext, code: str, window: str, old_session: str = "") -> str:
    """The citizen's own session, where the window goes on without its frame; raises the same."""
    now, token = context.clock.now(), new_token()
    with transaction(context.db) as tx:
        row = _code(tx, code)
        if not hmac.compare_digest(row.window_hash, token_hash(window)):
            raise FrameCodeMismatch()
        _use(tx, row, now, WINDOW_LENGTH)
        if old_session:
            forget_session(tx, SessionRow, token_hash(old_session))
        tx.add(_session(row, token, now, now + CITIZENS.terms.length))
    return token


def _code(tx: Session, code: str) -> FrameCodeRow:
    row = frame_code(tx, token_hash(code))
    if row is None:
        raise FrameCodeExpired()
    return row


def _use(tx: Session, row: FrameCodeRow, now: datetime, length: timedelta) -> None:
    if row.used_at is not None:
        raise FrameCodeUsed()
    if now > row.created_at + length:
        raise FrameCodeExpired()
    row.used_at = now
    tx.add(row)


def _session(row: FrameCodeRow, token: str, now: datetime, ends_at: datetime) -> SessionRow:
    return SessionRow(
        token_hash=token_hash(token), citizen_id=row.citizen_id, created_at=now, seen_at=now, expires_at=ends_at
    )


def _challenge_of(verifier: str) -> str:
    digest = hashlib.sha256(verifier.encode("utf-8", "surrogatepass")).digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
