"""What stands against a time that an official wants to give, and what an official may do about it.

Free times come from the engine alone. This is for all other times: any start of five minutes, any length, any desk.
"""

from collections.abc import Collection, Iterable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from dimoslive.domain.scheduling.holidays import is_national_holiday
from dimoslive.domain.scheduling.local_time import local_day
from dimoslive.domain.scheduling.opening_hours import opening_periods
from dimoslive.domain.scheduling.periods import Period
from dimoslive.domain.scheduling.slots import (
    TICK,
    TICK_SECONDS,
    ServiceCalendar,
    ServiceRules,
    occupied_ticks,
    ticks,
)

MIN_DURATION, MAX_DURATION = 5, 240
"""Minutes, in steps of five."""
LANES = 2
"""So many bookings at once a desk may have over capacity, beside the regular one."""
MIN_REASON_LENGTH, MAX_REASON_LENGTH = 3, 200
MAX_AHEAD = timedelta(days=400)
"""Further ahead nobody arranges anything."""


class PlaceWarning(StrEnum):
    """Something that stands against a time. All but the last three want a reason."""

    CLOSED = "closed"
    """The municipality or the department is closed."""
    HOLIDAY = "holiday"
    OUTSIDE_HOURS = "outside_hours"
    DESK_ABSENT = "desk_absent"
    TAKEN = "taken"
    HELD = "held"
    """A citizen holds the time and is filling the form in."""
    FREED = "freed"
    """It was given back and is not public yet: staff may have it."""
    SHORTER = "shorter"
    """Than the service lasts."""
    LONGER = "longer"


OUTSIDE_HOURS = frozenset(
    {PlaceWarning.CLOSED, PlaceWarning.HOLIDAY, PlaceWarning.OUTSIDE_HOURS, PlaceWarning.DESK_ABSENT}
)
"""Nobody serves then, unless the official says why."""
OVER_CAPACITY = frozenset({PlaceWarning.TAKEN, PlaceWarning.HELD})
"""Only beside the regular booking, and with a reason."""


@dataclass(frozen=True, slots=True)
class DeskTicks:
    """What occupies one desk."""

    absent: AbstractSet[int] = frozenset()
    taken: AbstractSet[int] = frozenset()
    held: AbstractSet[int] = frozenset()
    freed: AbstractSet[int] = frozenset()
    """Given back, and not public yet."""


def staff_rules(rules: ServiceRules, duration_minutes: int | None = None) -> ServiceRules:
    """The service's rules as they bind staff: no notice, and the places kept for staff are theirs."""
    return replace(
        rules,
        notice_minutes=0,
        notice_working_days=0,
        staff_reserve=0,
        duration_minutes=duration_minutes or rules.duration_minutes,
    )


def staff_calendar(calendar: ServiceCalendar, duration_minutes: int | None = None) -> ServiceCalendar:
    """The calendar to ask the engine with for staff; a booking that is moved keeps its own duration."""
    return replace(calendar, rules=staff_rules(calendar.rules, duration_minutes))


def next_start(now: datetime) -> datetime:
    """«Τώρα»: now, rounded up to five minutes."""
    seconds = -(-now.timestamp() // TICK_SECONDS) * TICK_SECONDS
    return datetime.fromtimestamp(seconds, now.tzinfo)


def is_on_the_grid(starts_at: datetime, duration_minutes: int) -> bool:
    """Whether start and length are ones that staff may give."""
    return (
        starts_at.timestamp() % TICK_SECONDS == 0
        and duration_minutes % 5 == 0
        and MIN_DURATION <= duration_minutes <= MAX_DURATION
    )


def is_ahead(starts_at: datetime, now: datetime) -> bool:
    """Whether it may still be given: not over yet, and not too far away."""
    return now - TICK < starts_at <= now + MAX_AHEAD


def wanted_ticks(rules: ServiceRules, starts_at: datetime, duration_minutes: int) -> range:
    """What the booking takes from its desk, the service's buffers included."""
    return occupied_ticks(replace(rules, duration_minutes=duration_minutes), starts_at)


def warnings_of(
    calendar: ServiceCalendar, desk: DeskTicks, starts_at: datetime, duration_minutes: int
) -> tuple[PlaceWarning, ...]:
    """All that stands against the time at this desk, in the order of `PlaceWarning`."""
    rules = calendar.rules
    period = Period(starts_at, starts_at + timedelta(minutes=duration_minutes))
    own = ticks(period.starts_at, period.ends_at)
    wanted = wanted_ticks(rules, starts_at, duration_minutes)
    found = {
        PlaceWarning.CLOSED: _meets(calendar.closed, own),
        PlaceWarning.DESK_ABSENT: _meets(desk.absent, own),
        PlaceWarning.TAKEN: _meets(desk.taken, wanted),
        PlaceWarning.HELD: _meets(desk.held, wanted),
        PlaceWarning.FREED: _meets(desk.freed, wanted),
        PlaceWarning.SHORTER: duration_minutes < rules.duration_minutes,
        PlaceWarning.LONGER: duration_minutes > rules.duration_minutes,
    }
    if not _is_open(calendar, period):
        found[_why_not_open(calendar, period)] = True
    return tuple(warning for warning in PlaceWarning if found.get(warning))


def is_outside_hours(warnings: Collection[PlaceWarning]) -> bool:
    """Whether the time needs the reason «Εκτός ωραρίου»."""
    return not OUTSIDE_HOURS.isdisjoint(warnings)


def is_over_capacity(warnings: Collection[PlaceWarning]) -> bool:
    """Whether the time needs the reason «Υπεράριθμο»."""
    return not OVER_CAPACITY.isdisjoint(warnings)


def _is_open(calendar: ServiceCalendar, period: Period) -> bool:
    # A day's hours may reach over midnight, so those of the day before are asked too.
    zone = calendar.rules.zone
    days = {local_day(period.starts_at - timedelta(days=1), zone), local_day(period.starts_at, zone)}
    openings = (o for day in days for o in opening_periods(day, calendar.weekly, calendar.dated, zone))
    return any(opening.contains(period) for opening in openings)


def _why_not_open(calendar: ServiceCalendar, period: Period) -> PlaceWarning:
    day = local_day(period.starts_at, calendar.rules.zone)
    has_dated = any(hours.on == day for hours in calendar.dated)
    return PlaceWarning.HOLIDAY if is_national_holiday(day) and not has_dated else PlaceWarning.OUTSIDE_HOURS


def _meets(occupied: AbstractSet[int], wanted: Iterable[int]) -> bool:
    return not occupied.isdisjoint(wanted)
