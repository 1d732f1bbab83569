"""The services of a municipality, as far as somebody may set them up."""

from dataclasses import dataclass
from datetime import datetime

from dimoslive.context import AppContext
from dimoslive.db.engine import reading
from dimoslive.db.queries.services import ServiceLine, services_to_list
from dimoslive.db.rows.catalogue import modes_of, pauses_of
from dimoslive.db.tables.catalogue import MunicipalityRow
from dimoslive.domain.desk.booking_line import Words
from dimoslive.domain.people.permissions import Permission, can
from dimoslive.domain.people.principals import Official
from dimoslive.domain.scheduling.mode import Mode
from dimoslive.services.settings.services.access_service import services_within


@dataclass(frozen=True, slots=True)
class ListedService:
    """A line of the list."""

    id: int
    name: Words
    is_name_en_suggested: bool
    department: Words
    modes: tuple[Mode, ...]
    duration_minutes: int
    desks: int
    has_hours: bool
    position: int
    is_paused: bool
    is_active: bool


@dataclass(frozen=True, slots=True)
class ServiceList:
    """All lines in the order in which citizens see them, archived ones last, and whether one may add to them."""

    lines: tuple[ListedService, ...]
    can_add: bool


def list_services(context: AppContext, official: Official, municipality_id: int) -> ServiceList:
    """Those within the official's scope."""
    within = services_within(official, municipality_id, Permission.EDIT_SERVICES)
    now = context.clock.now()
    with reading(context.db) as tx:
        municipality = tx.get_one(MunicipalityRow, municipality_id)
        lines = tuple(_listed(line, municipality, now) for line in services_to_list(tx, municipality_id, within))
    return ServiceList(lines, can(official, Permission.MANAGE_SERVICES, municipality_id))


def _listed(line: ServiceLine, municipality: MunicipalityRow, now: datetime) -> ListedService:
    row, department = line.row, line.department
    return ListedService(
        id=row.id or 0,
        name={"el": row.name_el, "en": row.name_en},
        is_name_en_suggested=row.is_name_en_suggested,
        department={"el": department.name_el, "en": department.name_en},
        modes=modes_of(row),
        duration_minutes=row.duration_minutes,
        desks=line.desks,
        has_hours=line.hours > 0,
        position=row.position,
        is_paused=pauses_of(municipality, row)[1].holds_at(now),
        is_active=row.is_active,
    )
