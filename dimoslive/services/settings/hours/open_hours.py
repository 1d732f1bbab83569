"""The hours of one service, to be changed."""

from dataclasses import dataclass

from dimoslive.context import AppContext
from dimoslive.db.engine import reading
from dimoslive.db.queries.hours import services_with_hours, weekly_hours
from dimoslive.db.queries.places import desks_serving
from dimoslive.db.rows.catalogue import modes_of, rules_of
from dimoslive.db.tables.catalogue import ServiceRow
from dimoslive.domain.desk.booking_line import Words
from dimoslive.domain.people.principals import Official
from dimoslive.domain.scheduling.edited_hours import Capacity, capacity_of_week, is_over
from dimoslive.domain.scheduling.local_time import local_day
from dimoslive.domain.scheduling.mode import Mode
from dimoslive.domain.scheduling.opening_hours import WeeklyHours
from dimoslive.domain.settings.hours import weekly_values
from dimoslive.services.settings.hours.access_hours import find_service, within_scope
from dimoslive.services.settings.root_change import Opened


@dataclass(frozen=True, slots=True)
class OtherService:
    """A service of the same department, to which hours can be copied."""

    id: int
    name: Words


@dataclass(frozen=True, slots=True)
class ServiceHead:
    """What the pages of a service's hours say of it."""

    name: Words
    duration_minutes: int
    step_minutes: int
    desks: int
    modes: tuple[Mode, ...]


@dataclass(frozen=True, slots=True)
class OpenHours:
    """A service with its hours as they are; ``over`` are those that have ended."""

    opened: Opened
    head: ServiceHead
    weekly: tuple[WeeklyHours, ...]
    over: tuple[WeeklyHours, ...]
    capacity: Capacity
    others: tuple[OtherService, ...]


def open_hours(context: AppContext, official: Official, municipality_id: int, service_id: int) -> OpenHours:
    """Raises `NotFound`."""
    with reading(context.db) as tx:
        place = find_service(tx, official, municipality_id, service_id)
        service, department = place.service, place.department
        weekly = weekly_hours(tx, [service_id]).get(service_id, [])
        desks = len(desks_serving(tx, [service_id]).get(service_id, []))
        siblings = services_with_hours(tx, municipality_id, within_scope(official, municipality_id))
    today = local_day(context.clock.now(), place.municipality.zone)
    current = [one for one in weekly if not is_over(one, today)]
    return OpenHours(
        opened=Opened(service.version, weekly_values(weekly, today)),
        head=head_of(service, desks),
        weekly=tuple(current),
        over=tuple(one for one in weekly if is_over(one, today)),
        capacity=capacity_of_week(current, rules_of(service, place.municipality.zone), desks, today),
        others=tuple(
            OtherService(one.id or 0, {"el": one.name_el, "en": one.name_en})
            for one, of in siblings
            if of.id == department.id and one.id != service_id
        ),
    )


def head_of(service: ServiceRow, desks: int) -> ServiceHead:
    """A service as its hours' pages name it."""
    return ServiceHead(
        {"el": service.name_el, "en": service.name_en},
        service.duration_minutes,
        service.step_minutes,
        desks,
        modes_of(service),
    )
