"""Which times are free."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from dimoslive.context import AppContext
from dimoslive.db.engine import reading
from dimoslive.db.queries.bookings import booking_by_reference
from dimoslive.db.queries.calendars import service_calendar
from dimoslive.domain.booking.references import parse_reference
from dimoslive.domain.scheduling.local_time import ATHENS, days_period, local_day
from dimoslive.domain.scheduling.mode import Mode
from dimoslive.domain.scheduling.periods import Period
from dimoslive.domain.scheduling.slots import Slot, free_slots, last_open_day, next_release


@dataclass(frozen=True, slots=True)
class FreeTimes:
    """The free times of a service in the days asked for, in order, and what to say when there are none."""

    slots: list[Slot]
    zone: str
    today: date
    last_open_day: date
    next_release_at: datetime


def find_slots(
    context: AppContext,
    service_id: int,
    mode: Mode,
    *,
    first: date | None = None,
    last: date | None = None,
    moving: str = "",
    citizen_id: int = 0,
) -> FreeTimes:
    """Free times from local day ``first`` to ``last``; without days, of all that can be booked now.

    ``moving`` is the reference of a booking whose own time counts as free, as does what ``citizen_id`` holds: who looks
    for another time must see the one already chosen. Raises `NotOffered`.
    """
    now = context.clock.now()
    window = to_come(now) if first is None or last is None else _days(first, last)
    with reading(context.db) as tx:
        moved = booking_by_reference(tx, parse_reference(moving) or "") if moving else None
        calendar = service_calendar(
            tx, service_id, mode, window, now, ignoring=moved.id if moved else None, citizen_id=citizen_id
        )
    rules = calendar.rules
    return FreeTimes(
        slots=free_slots(calendar, mode, window, now),
        zone=rules.zone,
        today=local_day(now, rules.zone),
        last_open_day=last_open_day(rules, now),
        next_release_at=next_release(rules, now),
    )


def to_come(now: datetime) -> Period:
    """All that could be booked now, whatever the service's horizon."""
    return Period(now, now + timedelta(days=400))


def _days(first: date, last: date) -> Period:
    # All municipalities keep Greek time; the window only bounds what is read.
    return days_period(first, last, ATHENS)
