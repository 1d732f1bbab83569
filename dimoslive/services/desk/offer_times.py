"""The times that staff may give: the first free ones over all desks, and those of a month and a day."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import islice
from typing import NamedTuple

from dimoslive.context import AppContext
from dimoslive.db.engine import reading
from dimoslive.db.queries.calendars import service_calendar
from dimoslive.db.queries.freed import freed_ticks
from dimoslive.db.queries.places import desks_serving
from dimoslive.domain.desk.placing import staff_calendar
from dimoslive.domain.people.permissions import Permission
from dimoslive.domain.people.principals import Official
from dimoslive.domain.scheduling.local_time import local_day
from dimoslive.domain.scheduling.mode import Mode
from dimoslive.domain.scheduling.slots import ServiceCalendar, Slot, free_slots, last_open_day, occupied_ticks
from dimoslive.services.access.access_booking import access_booking
from dimoslive.services.access.access_service import access_service
from dimoslive.services.catalogue.find_slots import to_come

FIRST_FREE = 10


class FreeTime(NamedTuple):
    """A free time at one desk; ``is_freed`` if it was given back and is not public yet."""

    starts_at: datetime
    ends_at: datetime
    desk_id: int
    is_freed: bool = False


@dataclass(frozen=True, slots=True)
class OfferedTimes:
    """The first free times, how many there are on each day, and all of the day that was asked for."""

    zone: str
    today: date
    last_day: date
    first: list[FreeTime] = field(default_factory=list)
    days: Mapping[date, int] = field(default_factory=dict)
    of_day: list[FreeTime] = field(default_factory=list)


def offer_times(
    context: AppContext, official: Official, service_id: int, mode: Mode, *, day: date | None = None, moving: str = ""
) -> OfferedTimes:
    """Free times for staff: no notice binds them, and the places kept for them are theirs.

    ``moving`` is the reference of a booking whose own time counts as free, and whose length is kept. Raises
    `NotOffered`, or `NotFound` (the booking).
    """
    now = context.clock.now()
    window = to_come(now)
    with reading(context.db) as tx:
        access_service(tx, official, service_id, Permission.ARRANGE)
        moved = access_booking(tx, official, moving, Permission.ARRANGE) if moving else None
        ignoring = moved.id if moved else None
        calendar = service_calendar(tx, service_id, mode, window, now, ignoring=ignoring, for_staff=True)
        freed = freed_ticks(tx, service_id, window, now)
        order = [desk.id or 0 for desk in desks_serving(tx, [service_id]).get(service_id, [])]
    length = int((moved.ends_at - moved.starts_at).total_seconds() // 60) if moved else None
    calendar = staff_calendar(calendar, length)
    zone = calendar.rules.zone
    free = [
        FreeTime(slot.starts_at, slot.ends_at, desk_id, _is_freed(calendar, slot, freed.get(desk_id)))
        for slot in free_slots(calendar, mode, window, now)
        for desk_id in order
        if desk_id in slot.desk_ids
    ]
    days = Counter(local_day(time.starts_at, zone) for time in free)
    return OfferedTimes(
        zone=zone,
        today=local_day(now, zone),
        last_day=last_open_day(calendar.rules, now),
        first=list(islice(free, FIRST_FREE)),
        days=days,
        of_day=[time for time in free if local_day(time.starts_at, zone) == day] if day else [],
    )


def _is_freed(calendar: ServiceCalendar, slot: Slot, freed: set[int] | None) -> bool:
    return freed is not None and not freed.isdisjoint(occupied_ticks(calendar.rules, slot.starts_at))
