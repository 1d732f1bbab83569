"""Bookings of days that are over, of which nobody said what became of them."""

from dataclasses import dataclass

from dimoslive.context import AppContext
from dimoslive.db.engine import reading
from dimoslive.db.queries.booking_lines import booked_lines, count_booked, unrecorded
from dimoslive.db.queries.catalogue import departments_within
from dimoslive.db.queries.scopes import bookings_within
from dimoslive.domain.desk.booking_line import BookingLine
from dimoslive.domain.people.permissions import Permission
from dimoslive.domain.people.principals import Official
from dimoslive.domain.scheduling.local_time import day_period, local_day
from dimoslive.services.desk.find_workplace import Workplace

MAX_LISTED = 200


@dataclass(frozen=True, slots=True)
class Unrecorded:
    """The newest of them, and how many there are in all; and the departments seen, where these are not all."""

    lines: tuple[BookingLine, ...]
    total: int
    departments: tuple[dict[str, str], ...] = ()


def list_unrecorded(context: AppContext, official: Official, place: Workplace) -> Unrecorded:
    """Within the official's scope, newest day first, and within a day by start."""
    today = day_period(local_day(context.clock.now(), place.zone), place.zone)
    with reading(context.db) as tx:
        conditions = [*unrecorded(place.municipality_id, today.starts_at), bookings_within(official, Permission.SERVE)]
        lines = booked_lines(tx, conditions, limit=MAX_LISTED, newest_first=True)
        only = place.right.department_ids
        departments = departments_within(tx, place.municipality_id, only) if only else []
        total = len(lines) if len(lines) < MAX_LISTED else count_booked(tx, conditions)
    by_day = sorted(lines, key=lambda line: (line.period.starts_at, line.id))
    by_day.sort(key=lambda line: local_day(line.period.starts_at, place.zone), reverse=True)
    names = tuple({"el": one.name_el, "en": one.name_en} for one in departments)
    return Unrecorded(tuple(by_day), total, names)
