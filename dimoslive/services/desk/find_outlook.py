"""What a day says of the time after it: the first free time, the next day with bookings, the next open day."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from weakref import WeakKeyDictionary

from sqlalchemy import Engine

from dimoslive.context import AppContext
from dimoslive.db.engine import reading
from dimoslive.db.queries.calendars import calendars_of_municipality
from dimoslive.db.queries.day import count_booked, next_booked, services_of_day
from dimoslive.db.queries.scopes import bookings_within
from dimoslive.domain.people.permissions import Permission
from dimoslive.domain.people.principals import Official
from dimoslive.domain.scheduling.local_time import day_period, local_day
from dimoslive.domain.scheduling.mode import Mode
from dimoslive.domain.scheduling.opening_hours import opening_periods
from dimoslive.domain.scheduling.slots import first_free, ticks
from dimoslive.services.catalogue.find_slots import to_come
from dimoslive.services.desk.find_workplace import Workplace

KNOWN_FOR = timedelta(seconds=60)
"""So old may the first free time be: it is the same for all who look at the municipality."""
_MAX_DAYS_AHEAD = 90

_Key = tuple[int, frozenset[int]]
_known: WeakKeyDictionary[Engine, dict[_Key, tuple[datetime, date | None]]] = WeakKeyDictionary()


@dataclass(frozen=True, slots=True)
class NextDays:
    """For a day without bookings, or one that is closed: the next one with bookings, and the next open one."""

    booked_on: date | None
    booked: int
    open_on: date | None


def find_first_free_day(context: AppContext, place: Workplace) -> date | None:
    """The local day of the first time that citizens are offered by the services in the official's scope."""
    now, key = context.clock.now(), (place.municipality_id, place.right.department_ids)
    known = _known.setdefault(context.db, {})
    asked_at, day = known.get(key, (None, None))
    if asked_at is not None and timedelta(0) <= now - asked_at < KNOWN_FOR:
        return day
    window, departments = to_come(now), sorted(place.right.department_ids)
    with reading(context.db) as tx:
        today = local_day(now, place.zone)
        modes = {
            one.row.id: [mode for mode in Mode if getattr(one.row, f"offers_{mode}")]
            for one in services_of_day(tx, place.municipality_id, departments, today)
        }
        calendars = calendars_of_municipality(tx, place.municipality_id, window, now)
    firsts = [first_free(calendar, modes[id_], window, now) for id_, calendar in calendars.items() if id_ in modes]
    first = min((one for one in firsts if one is not None), default=None)
    day = local_day(first, place.zone) if first else None
    known[key] = now, day
    return day


def find_next_days(context: AppContext, official: Official, place: Workplace, day: date) -> NextDays:
    """After a local day, within the official's scope."""
    scope, now = bookings_within(official, Permission.VIEW_DESK), context.clock.now()
    after = day_period(day, place.zone).ends_at
    window = to_come(after)
    with reading(context.db) as tx:
        at = next_booked(tx, scope, place.municipality_id, after)
        booked_on = local_day(at, place.zone) if at else None
        number = count_booked(tx, scope, place.municipality_id, day_period(booked_on, place.zone)) if booked_on else 0
        calendars = calendars_of_municipality(tx, place.municipality_id, window, now)
    for ahead in range(1, _MAX_DAYS_AHEAD + 1):
        looked_at = day + timedelta(days=ahead)
        for calendar in calendars.values():
            periods = opening_periods(looked_at, calendar.weekly, calendar.dated, place.zone)
            if any(not calendar.closed.issuperset(ticks(one.starts_at, one.ends_at)) for one in periods):
                return NextDays(booked_on, number, looked_at)
    return NextDays(booked_on, number, None)
