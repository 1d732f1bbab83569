"""The services whose hours somebody may set up, with what these are worth."""

from dataclasses import dataclass

from dimoslive.context import AppContext
from dimoslive.db.engine import reading
from dimoslive.db.queries.hours import services_with_hours, weekly_hours
from dimoslive.db.queries.places import desks_serving
from dimoslive.db.rows.catalogue import rules_of
from dimoslive.domain.desk.booking_line import Words
from dimoslive.domain.people.principals import Official
from dimoslive.domain.scheduling.edited_hours import Capacity, capacity_of_week, is_over
from dimoslive.domain.scheduling.local_time import local_day
from dimoslive.domain.scheduling.opening_hours import WeeklyHours
from dimoslive.services.settings.hours.access_hours import within_scope


@dataclass(frozen=True, slots=True)
class ListedHours:
    """A service; its hours are those that are not over."""

    service_id: int
    name: Words
    department: Words
    weekly: tuple[WeeklyHours, ...]
    desks: int
    capacity: Capacity


def list_hours(context: AppContext, official: Official, municipality_id: int, zone: str) -> tuple[ListedHours, ...]:
    """In the municipality's own order: three queries, however many services."""
    today = local_day(context.clock.now(), zone)
    with reading(context.db) as tx:
        services = services_with_hours(tx, municipality_id, within_scope(official, municipality_id))
        ids = [service.id or 0 for service, _ in services]
        weekly, desks = weekly_hours(tx, ids), desks_serving(tx, ids)
    found = []
    for service, department in services:
        id_ = service.id or 0
        hours = [one for one in weekly.get(id_, []) if not is_over(one, today)]
        number = len(desks.get(id_, []))
        found.append(
            ListedHours(
                id_,
                {"el": service.name_el, "en": service.name_en},
                {"el": department.name_el, "en": department.name_en},
                tuple(hours),
                number,
                capacity_of_week(hours, rules_of(service, zone), number, today),
            )
        )
    return tuple(found)
