"""What can be chosen where bookings are narrowed: on the pages of exports and of figures."""

from dataclasses import dataclass

from dimoslive.context import AppContext
from dimoslive.db.engine import reading
from dimoslive.db.queries.catalogue import departments_within
from dimoslive.db.queries.day import desks_of_day, services_of_day
from dimoslive.domain.people.principals import Official
from dimoslive.domain.scheduling.local_time import local_day
from dimoslive.services.desk.export_bookings import may_export_all, own_desks
from dimoslive.services.desk.find_workplace import Workplace, names_of


@dataclass(frozen=True, slots=True)
class Named:
    """Something to choose; ``name`` is by language."""

    id: int
    name: dict[str, str]


@dataclass(frozen=True, slots=True)
class Choices:
    """Of the official’s scope; whoever may not see other desks as files has the own ones alone."""

    is_all: bool
    departments: tuple[Named, ...]
    services: tuple[Named, ...]
    desks: tuple[Named, ...]


def list_choices(context: AppContext, official: Official, place: Workplace) -> Choices:
    """Departments, services and desks of which this official may have files and figures."""
    is_all, departments = may_export_all(official, place), place.right.department_ids
    own = own_desks(context, official, place)
    today = local_day(context.clock.now(), place.zone)
    with reading(context.db) as tx:
        named = departments_within(tx, place.municipality_id, departments)
        services = services_of_day(tx, place.municipality_id, sorted(departments), today)
        desks = {one.row.id or 0: one.row for one in desks_of_day(tx, place.municipality_id) if one.row.is_active}
    offered = {one.row.id or 0: {"el": one.row.name_el, "en": one.row.name_en} for one in services}
    may_choose = [
        id_
        for id_, desk in desks.items()
        if desk.overflow_of is None and (not departments or desk.department_id in departments or id_ in own)
    ]
    return Choices(
        is_all=is_all,
        departments=tuple(Named(one.id or 0, {"el": one.name_el, "en": one.name_en}) for one in named),
        services=tuple(Named(id_, name) for id_, name in offered.items()),
        desks=tuple(Named(id_, names_of(desks[id_])) for id_ in (may_choose if is_all else own) if id_ in desks),
    )
