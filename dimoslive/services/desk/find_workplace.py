"""For which municipality an official's page is: its address names it, and today's rights allow it."""

from dataclasses import dataclass

from dimoslive.context import AppContext
from dimoslive.db.engine import reading, transaction
from dimoslive.db.queries.official_rights import use_own_name
from dimoslive.db.queries.workplaces import count_calls, desk_of_today, municipality_of, workplaces_of
from dimoslive.db.tables.catalogue import DeskRow, MunicipalityRow
from dimoslive.db.tables.official import OfficialRow, StaffSessionRow
from dimoslive.domain.errors import NotFound
from dimoslive.domain.people.duties import DUTIES_VERSION
from dimoslive.domain.people.permissions import Permission, rights_to
from dimoslive.domain.people.principals import Official, StaffRight
from dimoslive.domain.scheduling.local_time import local_day


@dataclass(frozen=True, slots=True)
class Workplace:
    """A municipality, and as what the official acts for it. ``name`` is by language."""

    municipality_id: int
    slug: str
    name: dict[str, str]
    zone: str
    right: StaffRight


@dataclass(frozen=True, slots=True)
class StaffFrame:
    """What stands around every page of an official. ``desk_name`` is empty before a desk was chosen today."""

    workplaces: tuple[Workplace, ...]
    chosen: Workplace | None
    calls: int
    desk_name: dict[str, str] | None
    knows_duties: bool
    """Whether the official has read the duties that are shown now."""


def find_workplace(
    context: AppContext, official: Official, slug: str, permission: Permission = Permission.VIEW_DESK
) -> Workplace:
    """The municipality with this slug; raises `NotFound` for one that is unknown or not the official's."""
    with reading(context.db) as tx:
        row = municipality_of(tx, slug)
    right = _right_in(official, row, permission) if row else None
    if row is None or right is None:
        raise NotFound()
    return _to_workplace(row, right)


def open_frame(context: AppContext, official: Official, slug: str) -> StaffFrame:
    """The frame of a page; without a slug for the municipality used last, or the only one there is.

    The one that is opened is kept in the session, and whoever opens it is called there as at the sign-in. Raises
    `NotFound` for one that is not the official's.
    """
    now = context.clock.now()
    with reading(context.db) as tx:
        rights = {right.municipality_id: right for right in rights_to(official, Permission.VIEW_DESK)}
        workplaces = tuple(_to_workplace(row, rights[row.id]) for row in workplaces_of(tx, rights))
        session = tx.get(StaffSessionRow, official.session_id)
        own = tx.get_one(OfficialRow, official.id)
        chosen = _choose(workplaces, slug, session.municipality_id if session else None)
        desk = desk_of_today(tx, session, local_day(now, chosen.zone), chosen.municipality_id) if chosen else None
        calls = count_calls(tx, official, chosen.municipality_id) if chosen else 0
    if chosen and session and session.municipality_id != chosen.municipality_id:
        _keep(context, official, chosen)
    knows_duties = own.duties_version == DUTIES_VERSION
    return StaffFrame(workplaces, chosen, calls, names_of(desk) if desk else None, knows_duties)


def names_of(desk: DeskRow) -> dict[str, str]:
    """A desk's name by language; where there is no English one, the Greek."""
    return {"el": desk.name_el, "en": desk.name_en or desk.name_el}


def _choose(workplaces: tuple[Workplace, ...], slug: str, used_last: int | None) -> Workplace | None:
    if slug:
        named = next((place for place in workplaces if place.slug == slug), None)
        if named is None:
            raise NotFound()
        return named
    if len(workplaces) == 1:
        return workplaces[0]
    return next((place for place in workplaces if place.municipality_id == used_last), None)


def _keep(context: AppContext, official: Official, chosen: Workplace) -> None:
    with transaction(context.db) as tx:
        session = tx.get(StaffSessionRow, official.session_id)
        if session is not None:
            session.municipality_id = chosen.municipality_id
        use_own_name(tx, official.id, chosen.municipality_id)


def _right_in(official: Official, row: MunicipalityRow, permission: Permission) -> StaffRight | None:
    rights = rights_to(official, permission)
    return next((right for right in rights if right.municipality_id == row.id), None)


def _to_workplace(row: MunicipalityRow, right: StaffRight) -> Workplace:
    return Workplace(row.id, row.slug, {"el": row.name_el, "en": row.name_en}, row.zone, right)
