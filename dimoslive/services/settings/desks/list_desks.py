"""The desks of a municipality, as far as somebody may set them up."""

from dataclasses import dataclass

from dimoslive.context import AppContext
from dimoslive.db.engine import reading
from dimoslive.db.queries.desks import desks_to_list, officials_at
from dimoslive.domain.desk.booking_line import Words
from dimoslive.domain.people.permissions import Permission, can
from dimoslive.domain.people.principals import Official
from dimoslive.services.desk.open_booking import short_name
from dimoslive.services.settings.desks.access_desk import desks_within


@dataclass(frozen=True, slots=True)
class ListedDesk:
    """A line of the list; ``officials`` are those who work it, «Μ. Οικονόμου»."""

    id: int
    name: Words
    is_name_en_suggested: bool
    department: Words
    place: Words
    officials: tuple[str, ...]
    services: int
    position: int
    is_active: bool


@dataclass(frozen=True, slots=True)
class DeskList:
    """All lines, archived ones last, and whether one may add to them."""

    lines: tuple[ListedDesk, ...]
    can_add: bool


def list_desks(context: AppContext, official: Official, municipality_id: int) -> DeskList:
    """Those within the official's scope: two queries, however many desks."""
    with reading(context.db) as tx:
        found = desks_to_list(tx, municipality_id, desks_within(official, municipality_id))
        working = officials_at(tx, [row.id or 0 for row, _, _ in found])
    lines = tuple(
        ListedDesk(
            id=row.id or 0,
            name={"el": row.name_el, "en": row.name_en or row.name_el},
            is_name_en_suggested=row.is_name_en_suggested,
            department={"el": department.name_el, "en": department.name_en} if department else {"el": "", "en": ""},
            place={"el": row.place_el, "en": row.place_en or row.place_el},
            officials=tuple(short_name(one) for one, _ in working.get(row.id or 0, [])),
            services=services,
            position=row.position,
            is_active=row.is_active,
        )
        for row, department, services in found
    )
    return DeskList(lines, can(official, Permission.MANAGE_DESKS, municipality_id))
