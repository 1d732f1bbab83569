"""An official's own account: who one is here, what one prefers, and where one is signed in."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from dimoslive.context import AppContext
from dimoslive.db.engine import reading, transaction
from dimoslive.db.queries.account import departments_of, desks_within, forget_sessions_of, own_sessions, usual_desk_ids
from dimoslive.db.queries.official_rights import touch_desks, touch_rights
from dimoslive.db.queries.workplaces import workplaces_of
from dimoslive.db.tables.catalogue import MunicipalityRow
from dimoslive.db.tables.official import DeskOfficialRow, OfficialRow
from dimoslive.domain.desk.own_mails import OwnMails
from dimoslive.domain.people.principals import Official, StaffRight, StaffRole
from dimoslive.i18n.texts import LANGUAGES
from dimoslive.services.identity.auth_realm import STAFF_OPENID

Names = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class OwnDesk:
    """A desk to choose from."""

    id: int
    name: Names


@dataclass(frozen=True, slots=True)
class OwnPlace:
    """A municipality, as what one acts there, and for which departments; none of them: all."""

    municipality_id: int
    slug: str
    name: Names
    role: StaffRole
    departments: tuple[Names, ...]
    desks: tuple[OwnDesk, ...]
    usual_desk_id: int | None


@dataclass(frozen=True, slots=True)
class OwnSession:
    """A browser that is signed in."""

    begun_at: datetime
    seen_at: datetime
    is_this: bool
    is_by_openid: bool


@dataclass(frozen=True, slots=True, repr=False)
class OwnAccount:
    """All that the page shows."""

    name: str
    afm_last_digits: str
    email: str
    is_platform_admin: bool
    language: str
    has_sound: bool
    mails: OwnMails
    places: tuple[OwnPlace, ...]
    sessions: tuple[OwnSession, ...]


def show_account(context: AppContext, official: Official) -> OwnAccount:
    """As it is now."""
    with reading(context.db) as tx:
        row = tx.get_one(OfficialRow, official.id)
        rights = {right.municipality_id: right for right in official.rights}
        usual = usual_desk_ids(tx, official.id)
        places = tuple(_place(tx, found, rights[found.id], usual) for found in workplaces_of(tx, rights))
        sessions = own_sessions(tx, official.id, context.clock.now())
    return OwnAccount(
        name=official.full_name,
        afm_last_digits=row.afm_last_digits if row.afm_hash else "",
        email=row.email or "",
        is_platform_admin=row.is_platform_admin,
        language=row.language,
        has_sound=row.has_sound,
        mails=OwnMails(row.mails),
        places=places,
        sessions=tuple(
            OwnSession(one.created_at, one.seen_at, one.id == official.session_id, one.realm == STAFF_OPENID.key)
            for one in sessions
        ),
    )


def change_account(
    context: AppContext,
    official: Official,
    *,
    language: str,
    has_sound: bool,
    desk_of: Mapping[int, int | None],
    mails: str = "",
) -> None:
    """Keep what was chosen; ``desk_of`` are usual desks by municipality. What is not offered stays as it was.

    Mails are offered to whom the municipality entered with an address.
    """
    with transaction(context.db) as tx:
        row = tx.get_one(OfficialRow, official.id)
        row.language = language if language in LANGUAGES else row.language
        row.has_sound = has_sound
        if row.email and mails in set(OwnMails):
            row.mails = OwnMails(mails).value
        for right in official.rights:
            if right.municipality_id in desk_of:
                _keep_desk(tx, official.id, right, desk_of[right.municipality_id], context.clock.now())


def sign_out_everywhere(context: AppContext, official: Official) -> None:
    """End all sessions, this one too."""
    with transaction(context.db) as tx:
        forget_sessions_of(tx, official.id)


def _place(tx: Session, municipality: MunicipalityRow, right: StaffRight, usual: set[int]) -> OwnPlace:
    desks = desks_within(tx, right)
    return OwnPlace(
        municipality_id=municipality.id,
        slug=municipality.slug,
        name={"el": municipality.name_el, "en": municipality.name_en},
        role=right.role,
        departments=tuple({"el": row.name_el, "en": row.name_en} for row in departments_of(tx, right.department_ids)),
        desks=tuple(OwnDesk(desk.id or 0, {"el": desk.name_el, "en": desk.name_en or desk.name_el}) for desk in desks),
        usual_desk_id=next((desk.id for desk in desks if desk.id in usual), None),
    )


def _keep_desk(tx: Session, official_id: int, right: StaffRight, desk_id: int | None, now: datetime) -> None:
    offered = {desk.id for desk in desks_within(tx, right)}
    if desk_id is not None and desk_id not in offered:
        return
    former = usual_desk_ids(tx, official_id) & offered
    for other in former:
        tx.get_one(DeskOfficialRow, (other, official_id)).is_usual = False
    if desk_id is not None:
        row = tx.get(DeskOfficialRow, (desk_id, official_id))
        if row is None:
            row = DeskOfficialRow(desk_id=desk_id, official_id=official_id)
            touch_rights(tx, [official_id], right.municipality_id, by=official_id, at=now)
        row.is_usual = True
        tx.add(row)
    touch_desks(tx, former ^ ({desk_id} if desk_id is not None else set()), by=official_id, at=now)
