"""For whom a sign-in is: citizens and officials have each a provider, a way back and sessions of their own."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Generic, NamedTuple, TypedDict, TypeVar

from sqlmodel import Session

from dimoslive.context import AppContext
from dimoslive.cookies import (
    SIGN_IN_STATE,
    STAFF_SIGN_IN_STATE,
    frame_cookie_name,
    session_cookie_name,
    staff_cookie_name,
)
from dimoslive.crypto import Seal
from dimoslive.db.queries.officials import (
    has_subject_of,
    keep_subject,
    official_by_afm,
    official_by_email,
    official_by_subject,
    rights_of,
)
from dimoslive.db.queries.people import add_citizen, citizen_by_afm
from dimoslive.db.queries.sessions import AnySessionRow, live_session, live_staff_session
from dimoslive.db.tables.citizen import CitizenRow, SessionRow
from dimoslive.db.tables.official import OfficialRow, StaffSessionRow
from dimoslive.domain.errors import NotAnOfficial, NotFound
from dimoslive.domain.people.principals import Citizen, FramedCitizen, Official
from dimoslive.ports import Identity, IdentityProvider, OpenIdentity
from dimoslive.urls import AUTH, STAFF_AUTH, STAFF_OPENID_AUTH, desk_path

SESSION_LENGTH = timedelta(hours=12)
SESSION_IDLE = timedelta(hours=2)
STAFF_SESSION_LENGTH = timedelta(hours=12)
"""A working day, without a break; the desk's computer is the municipality's own."""
STAFF_SESSION_EXTENSION = timedelta(hours=4)
"""For a day that grows long, once."""

P = TypeVar("P")
P_co = TypeVar("P_co", covariant=True)
I = TypeVar("I")  # noqa: E741  # as the port calls it


@dataclass(frozen=True, slots=True)
class SessionTerms:
    """How long a session lasts, and how long without a sign of life."""

    length: timedelta
    idle: timedelta | None
    """None: a whole working day is never interrupted."""
    seen_every: timedelta
    """So seldom is a sign of life written: no press waits for it."""


class NewSession(TypedDict):
    """What every new session's row says."""

    token_hash: str
    created_at: datetime
    seen_at: datetime
    expires_at: datetime


class Found(NamedTuple, Generic[P]):
    """An unexpired session, and who it makes of whoever shows it."""

    session: AnySessionRow
    principal: P


@dataclass(frozen=True, slots=True, eq=False)
class AuthRealm(Generic[P_co, I]):
    """What differs between the realms; what is the same is written once, in `sessions`."""

    key: str
    """Stands in the state that the browser brings back: a sign-in begun in one realm ends in no other."""
    path: str
    """Under it are the routes of its sign-in."""
    cookies_at: str
    """Under it the browser brings back the cookies of a sign-in under way."""
    for_staff: bool
    state_cookie: str
    session_cookie: Callable[[str], str]
    """By the address of the site."""
    home: str
    """The Greek page where a sign-in leads that was not asked for from elsewhere."""
    provider: Callable[[AppContext], IdentityProvider[I]]
    terms: SessionTerms
    table: type[AnySessionRow]
    enter: Callable[[Session, Seal, I, NewSession], AnySessionRow]
    """The session to store for whom the provider names; raises what refuses them."""
    find: Callable[[Session, str, datetime], Found[P_co] | None]
    """By the hash of the cookie's value."""

    @property
    def callback(self) -> str:
        """Where the provider sends the browser back to."""
        return f"{self.path}/callback"


def enter_citizen(tx: Session, seal: Seal, identity: Identity, now: datetime) -> int:
    """The id of whom the provider names; whoever comes for the first time is a citizen from now on."""
    hashed = seal.afm_hash(identity.afm)
    citizen = citizen_by_afm(tx, hashed)
    if citizen is None:
        sealed = seal.encrypt(identity.afm.digits)
        citizen = add_citizen(
            tx,
            CitizenRow(
                afm_hash=hashed, afm_sealed=sealed, first_name="", last_name="", created_at=now, signed_in_at=now
            ),
        )
    # Names change (marriage, corrections): the provider's last word counts.
    citizen.first_name, citizen.last_name, citizen.signed_in_at = identity.first_name, identity.last_name, now
    tx.flush()
    return citizen.id or 0


def _enter_citizen(tx: Session, seal: Seal, identity: Identity, new: NewSession) -> SessionRow:
    return SessionRow(citizen_id=enter_citizen(tx, seal, identity, new["created_at"]), **new)


def _enter_official(tx: Session, seal: Seal, identity: Identity, new: NewSession) -> StaffSessionRow:
    """Only whom a municipality has entered; raises `NotAnOfficial` for all others."""
    return _session_of(tx, official_by_afm(tx, seal.afm_hash(identity.afm)), identity, "staff", new)


def _enter_by_openid(tx: Session, _seal: Seal, identity: OpenIdentity, new: NewSession) -> StaffSessionRow:
    """Whom issuer and subject mean; at the first sign-in, whom the address means that the provider answers for."""
    official = official_by_subject(tx, identity.issuer, identity.subject)
    if official is not None or not identity.email:
        return _session_of(tx, official, identity, "staff_openid", new)
    official = official_by_email(tx, identity.email, for_change=True)
    if official is not None and has_subject_of(tx, official.id or 0, identity.issuer):
        # The address has gone to somebody else: the rights stay with whom they were given to. Or it is the same person,
        # signing in for the first time in two tabs at once.
        return _session_of(
            tx, official_by_subject(tx, identity.issuer, identity.subject), identity, "staff_openid", new
        )
    session = _session_of(tx, official, identity, "staff_openid", new)
    keep_subject(tx, session.official_id, identity.issuer, identity.subject)
    return session


def _session_of(
    tx: Session, official: OfficialRow | None, identity: Identity | OpenIdentity, realm: str, new: NewSession
) -> StaffSessionRow:
    if official is None or not official.is_active:
        raise NotAnOfficial()
    if not official.is_platform_admin and not rights_of(tx, official.id or 0):
        raise NotAnOfficial()
    if identity.last_name:
        # A provider of e-mails may know no names: then those that were entered stay.
        official.first_name, official.last_name = identity.first_name, identity.last_name
    return StaffSessionRow(official_id=official.id or 0, realm=realm, **new)


def _find_citizen(tx: Session, hashed: str, now: datetime) -> Found[Citizen] | None:
    found = live_session(tx, hashed, now)
    if found is None:
        return None
    session, citizen = found
    return Found(session, Citizen(citizen.id or 0, citizen.first_name, citizen.last_name, session.id or 0))


def _find_framed(tx: Session, hashed: str, now: datetime) -> Found[FramedCitizen] | None:
    found = live_session(tx, hashed, now, "frame")
    if found is None or found.session.municipality_id is None:
        return None
    session, citizen = found
    of = found.session.municipality_id
    return Found(session, FramedCitizen(citizen.id or 0, citizen.first_name, citizen.last_name, session.id or 0, of))


def _find_official(tx: Session, hashed: str, now: datetime) -> Found[Official] | None:
    """With today's rights: those taken away are gone at once, and without any nobody is an official."""
    found = live_staff_session(tx, hashed, now)
    if found is None:
        return None
    session, official = found
    rights = rights_of(tx, official.id or 0)
    if not rights and not official.is_platform_admin:
        return None
    return Found(
        session,
        Official(
            official.id or 0,
            official.first_name,
            official.last_name,
            rights,
            official.is_platform_admin,
            session.id or 0,
        ),
    )


def _openid(context: AppContext) -> IdentityProvider[OpenIdentity]:
    if context.staff_openid is None:
        raise NotFound()
    return context.staff_openid


CITIZENS: AuthRealm[Citizen, Identity] = AuthRealm(
    key="citizens",
    path=AUTH,
    cookies_at=AUTH,
    for_staff=False,
    state_cookie=SIGN_IN_STATE,
    session_cookie=session_cookie_name,
    home="/",
    provider=lambda context: context.identity,
    terms=SessionTerms(SESSION_LENGTH, SESSION_IDLE, seen_every=timedelta(minutes=5)),
    table=SessionRow,
    enter=_enter_citizen,
    find=_find_citizen,
)
STAFF: AuthRealm[Official, Identity] = AuthRealm(
    key="staff",
    path=STAFF_AUTH,
    cookies_at=STAFF_AUTH,
    for_staff=True,
    state_cookie=STAFF_SIGN_IN_STATE,
    session_cookie=staff_cookie_name,
    home=desk_path("el"),
    provider=lambda context: context.staff_identity,
    terms=SessionTerms(STAFF_SESSION_LENGTH, None, seen_every=timedelta(minutes=1)),
    table=StaffSessionRow,
    enter=_enter_official,
    find=_find_official,
)
STAFF_OPENID: AuthRealm[Official, OpenIdentity] = AuthRealm(
    key="staff_openid",
    path=STAFF_OPENID_AUTH,
    cookies_at=STAFF_AUTH,
    for_staff=True,
    state_cookie=STAFF.state_cookie,
    session_cookie=STAFF.session_cookie,
    home=STAFF.home,
    provider=_openid,
    terms=STAFF.terms,
    table=STAFF.table,
    enter=_enter_by_openid,
    find=STAFF.find,
)
"""Another way to the same sessions."""


FRAME_SESSION_LENGTH = timedelta(hours=2)
FRAME_SESSION_IDLE = timedelta(minutes=30)
FRAMES: AuthRealm[FramedCitizen, Identity] = AuthRealm(
    key="frames",
    path=CITIZENS.path,
    cookies_at=CITIZENS.cookies_at,
    for_staff=False,
    state_cookie=CITIZENS.state_cookie,
    session_cookie=frame_cookie_name,
    home=CITIZENS.home,
    provider=CITIZENS.provider,
    terms=SessionTerms(FRAME_SESSION_LENGTH, FRAME_SESSION_IDLE, seen_every=timedelta(minutes=1)),
    table=SessionRow,
    enter=_enter_citizen,
    find=_find_framed,
)
"""The citizens' sign-in, begun beside a frame of another site: what it opens is good for one municipality."""


def realm_of(session: AnySessionRow | None, realm: AuthRealm[Any, Any]) -> AuthRealm[Any, Any]:
    """By which sign-in a session of a realm was opened: there it is ended too."""
    is_openid = isinstance(session, StaffSessionRow) and session.realm == STAFF_OPENID.key
    return STAFF_OPENID if is_openid else realm
