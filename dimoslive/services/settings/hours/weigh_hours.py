"""What a draft of hours is worth, while it is being written."""

from collections.abc import Sequence
from dataclasses import dataclass

from dimoslive.context import AppContext
from dimoslive.db.engine import reading
from dimoslive.db.queries.places import desks_serving
from dimoslive.db.rows.catalogue import rules_of
from dimoslive.domain.people.principals import Official
from dimoslive.domain.scheduling.edited_hours import (
    Capacity,
    HoursWarning,
    capacity_of_day,
    capacity_of_week,
    is_over,
    warnings_of_hours,
)
from dimoslive.domain.scheduling.local_time import local_day
from dimoslive.domain.scheduling.opening_hours import WeeklyHours
from dimoslive.domain.scheduling.slots import ServiceRules
from dimoslive.domain.settings.hours import TypedInterval, read_interval
from dimoslive.services.settings.hours.access_hours import find_service


@dataclass(frozen=True, slots=True)
class WeighedRow:
    """A row of a draft, read as far as it is right, and what is said of it."""

    row: TypedInterval
    hours: WeeklyHours | None
    warnings: tuple[HoursWarning, ...]


@dataclass(frozen=True, slots=True)
class WeighedHours:
    """A draft: each row, and what those that are right are worth."""

    rows: tuple[WeighedRow, ...]
    capacity: Capacity


def weigh_week(
    context: AppContext, official: Official, municipality_id: int, service_id: int, rows: Sequence[TypedInterval]
) -> WeighedHours:
    """Of the week; raises `NotFound`."""
    rules, desks = _rules(context, official, municipality_id, service_id)
    today = local_day(context.clock.now(), rules.zone)
    found = [read_interval(row) for row in rows]
    weighed = [
        WeighedRow(row, hours, tuple(warnings_of_hours([hours], rules, today)) if hours else ())
        for row, hours in zip(rows, found, strict=True)
    ]
    right = [hours for hours in found if hours and not is_over(hours, today)]
    return WeighedHours(tuple(weighed), capacity_of_week(right, rules, desks, today))


def weigh_day(
    context: AppContext, official: Official, municipality_id: int, service_id: int, rows: Sequence[TypedInterval]
) -> Capacity:
    """Of one date; raises `NotFound`."""
    rules, desks = _rules(context, official, municipality_id, service_id)
    return capacity_of_day([hours for row in rows if (hours := read_interval(row))], rules, desks)


def _rules(context: AppContext, official: Official, municipality_id: int, service_id: int) -> tuple[ServiceRules, int]:
    with reading(context.db) as tx:
        place = find_service(tx, official, municipality_id, service_id)
        desks = desks_serving(tx, [service_id]).get(service_id, [])
        return rules_of(place.service, place.municipality.zone), len(desks)
