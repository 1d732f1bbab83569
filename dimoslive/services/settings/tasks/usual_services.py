"""The services that most municipalities offer, by ticks."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import time

from sqlmodel import Session

from dimoslive.context import AppContext
from dimoslive.db.announcements import announce_day_of
from dimoslive.db.engine import reading, transaction
from dimoslive.db.queries.services import desks_of_municipality, next_position, slugs_of
from dimoslive.db.queries.tasks import services_in_use
from dimoslive.db.rows.roots import plain
from dimoslive.db.tables.catalogue import ServiceRow
from dimoslive.domain.folding import folded
from dimoslive.domain.people.principals import Official
from dimoslive.domain.scheduling.local_time import local_day
from dimoslive.domain.scheduling.mode import Mode
from dimoslive.domain.settings.usual import DEPARTMENTS, SERVICES, UsualDepartment, UsualService
from dimoslive.services.imports.new_slug import new_slug
from dimoslive.services.settings.add_root import add_root
from dimoslive.services.settings.root_change import Act
from dimoslive.services.settings.services.kind import SERVICE
from dimoslive.services.settings.tasks.access_set_up import access_set_up, see_set_up
from dimoslive.services.settings.tasks.usual_departments import add_usual_department, departments_by_name

_DEPARTMENTS = {one.key: one for one in DEPARTMENTS}


@dataclass(frozen=True, slots=True)
class OfferedUsualService:
    """A usual service, whether the municipality has one of this name, and whether its department is there too."""

    usual: UsualService
    department: UsualDepartment
    is_there: bool
    has_department: bool


def offer_usual_services(context: AppContext, official: Official, municipality_id: int) -> list[OfferedUsualService]:
    """All of them; raises `NotFound`."""
    with reading(context.db) as tx:
        zone = see_set_up(tx, official, municipality_id).zone
        known = _names(tx, municipality_id, context, zone)
        departments = departments_by_name(tx, municipality_id)
        return [
            OfferedUsualService(
                one,
                _DEPARTMENTS[one.department],
                folded(one.name_el) in known,
                folded(_DEPARTMENTS[one.department].name_el) in departments,
            )
            for one in SERVICES
        ]


def add_usual_services(context: AppContext, official: Official, municipality_id: int, keys: Collection[str]) -> int:
    """Add those that are named and not there yet, each with its department where that is missing; how many that were.

    A department's desks serve them. Raises `NotFound`.
    """
    now = context.clock.now()
    act = Act(official, now, municipality_id)
    with transaction(context.db) as tx:
        zone = access_set_up(tx, official, municipality_id).zone
        known = _names(tx, municipality_id, context, zone)
        wanted = [one for one in SERVICES if one.key in keys and folded(one.name_el) not in known]
        for one in wanted:
            _add(tx, one, act)
        if wanted:
            announce_day_of(tx, municipality_id, local_day(now, zone), "set_up")
        return len(wanted)


def _add(tx: Session, usual: UsualService, act: Act) -> None:
    department = _DEPARTMENTS[usual.department]
    row = departments_by_name(tx, act.municipality_id).get(folded(department.name_el))
    department_id = (row or add_usual_department(tx, department, act)).id or 0
    desks = [desk.id for desk in desks_of_municipality(tx, act.municipality_id) if desk.department_id == department_id]
    values = _empty() | {
        "department_id": department_id,
        "name_el": usual.name_el,
        "name_en": usual.name_en,
        "slug": new_slug(usual.name_el, slugs_of(tx, act.municipality_id)),
        "position": next_position(tx, department_id),
        "duration_minutes": usual.duration_minutes,
        "step_minutes": usual.step_minutes,
        "is_sensitive": usual.is_sensitive,
        "desk_ids": desks,
    }
    values |= {f"offers_{mode}": usual.offers(mode) for mode in Mode}
    add_root(tx, SERVICE, ServiceRow(department_id=department_id, slug="", name_el="", name_en=""), values, act)


def _empty() -> dict[str, object]:
    """Every field as a new service has it."""
    new = ServiceRow(department_id=0, slug="", name_el="", name_en="", release_at=time(8))
    return {name: plain(getattr(new, name)) for name in SERVICE.columns}


def _names(tx: Session, municipality_id: int, context: AppContext, zone: str) -> set[str]:
    today = local_day(context.clock.now(), zone)
    return {folded(one.row.name_el) for one in services_in_use(tx, [municipality_id], today)}
