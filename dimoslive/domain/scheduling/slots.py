"""The engine: which times are free. `_free` and `_free_in_opening` decide it, whoever asks.

There are four ways in: `free_slots` for holding a time and for the day after a press, `free_starts` for the calendar,
`free_places` for programs of others, and `first_free` for a municipality's page. `why_not.py` asks about one time, by
the same questions: `earliest_start`, `horizon_end`, `starts_in`, and `desks_at`. Which desks are free at a start all of
them ask of `free_desks.py`.

Time is counted in ticks of five minutes since the epoch, the unit of the claims in the database. A
booking occupies its desk from ``buffer_before_minutes`` before its start to ``buffer_after_minutes`` after its end.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import NamedTuple

from dimoslive.domain.scheduling.free_desks import Extent, FreeDesks
from dimoslive.domain.scheduling.holidays import is_working_day
from dimoslive.domain.scheduling.local_time import ATHENS, local_day, to_instant
from dimoslive.domain.scheduling.mode import Mode
from dimoslive.domain.scheduling.opening_hours import DatedHours, WeeklyHours, opening_periods
from dimoslive.domain.scheduling.periods import Period

TICK_SECONDS = 300
TICK = timedelta(seconds=TICK_SECONDS)
SHORTEST = TICK_SECONDS // 60
"""Minutes that an appointment lasts at least."""
MAX_TICKS = 288
"""A booking, buffers included, is no longer than a day."""


@dataclass(frozen=True, slots=True)
class ServiceRules:
    """The settings of a service that decide which times it offers. Lengths are minutes, multiples of five."""

    duration_minutes: int = 10
    step_minutes: int = 30
    buffer_before_minutes: int = 0
    buffer_after_minutes: int = 0
    notice_minutes: int = 120
    """Shortest notice for video and telephone."""
    notice_working_days: int = 1
    """Shortest notice in person: 1 is the next working day, 0 the same rule as video."""
    horizon_days: int = 60
    release_at: time = time(8, 0)
    """Local time at which the last day of the horizon opens."""
    staff_reserve: int = 0
    """Places at each time that only staff may book."""
    zone: str = ATHENS

    def __post_init__(self) -> None:
        for name in ("duration_minutes", "step_minutes", "buffer_before_minutes", "buffer_after_minutes"):
            value = getattr(self, name)
            if value % 5 or value < (5 if name in ("duration_minutes", "step_minutes") else 0):
                raise ValueError(f"{name} is a multiple of five minutes, not {value}")
        for name in ("notice_minutes", "notice_working_days", "horizon_days", "staff_reserve"):
            if getattr(self, name) < 0:
                raise ValueError(f"{name} is not negative")


@dataclass(frozen=True, slots=True)
class ServiceCalendar:
    """All that decides a service's free times, gathered before asking.

    ``busy`` maps each desk that serves the service to the ticks at which it is booked, held or absent; a desk with an
    empty set is free all the time. ``closed`` are the ticks of closures.
    """

    rules: ServiceRules
    weekly: Sequence[WeeklyHours] = ()
    dated: Sequence[DatedHours] = ()
    closed: frozenset[int] = field(default_factory=frozenset)
    busy: Mapping[int, set[int]] = field(default_factory=dict)


class Slot(NamedTuple):
    """A free time: [starts_at, ends_at) in UTC, and the desks that could serve it."""

    starts_at: datetime
    ends_at: datetime
    desk_ids: tuple[int, ...]


def ticks(starts_at: datetime, ends_at: datetime) -> range:
    """The ticks that [starts_at, ends_at) touches."""
    return range(_epoch(starts_at) // TICK_SECONDS, -(-_epoch_up(ends_at) // TICK_SECONDS))


def occupied_ticks(rules: ServiceRules, starts_at: datetime) -> range:
    """The ticks that a booking at ``starts_at`` takes from its desk, buffers included."""
    begins = starts_at - timedelta(minutes=rules.buffer_before_minutes)
    ends = starts_at + timedelta(minutes=rules.duration_minutes + rules.buffer_after_minutes)
    return ticks(begins, ends)


def free_slots(calendar: ServiceCalendar, mode: Mode, window: Period, now: datetime) -> list[Slot]:
    """The times that a citizen may book, those starting inside ``window``, in order."""
    length = timedelta(minutes=calendar.rules.duration_minutes)
    return [
        Slot._make((starts_at := _instant(start), starts_at + length, desk_ids))
        for start, desk_ids in _free(calendar, mode, window, now)
    ]


def free_starts(calendar: ServiceCalendar, mode: Mode, window: Period, now: datetime) -> list[int]:
    """When they start, in seconds since the epoch: for who need not know the desks."""
    return [start for start, _ in _free(calendar, mode, window, now)]


def free_places(calendar: ServiceCalendar, mode: Mode, window: Period, now: datetime) -> Iterator[tuple[int, int]]:
    """When they start, in seconds since the epoch, and how many citizens could still book each."""
    reserve = calendar.rules.staff_reserve
    return ((start, len(desk_ids) - reserve) for start, desk_ids in _free(calendar, mode, window, now))


def first_free(calendar: ServiceCalendar, modes: Sequence[Mode], window: Period, now: datetime) -> datetime | None:
    """When the first of them starts, in whichever mode comes first."""
    firsts = (next(_free(calendar, mode, window, now), None) for mode in modes)
    return min((_instant(first[0]) for first in firsts if first is not None), default=None)


def _free(
    calendar: ServiceCalendar, mode: Mode, window: Period, now: datetime
) -> Iterator[tuple[int, tuple[int, ...]]]:
    rules = calendar.rules
    earliest = max(window.starts_at, earliest_start(rules, mode, now))
    latest = min(window.ends_at, horizon_end(rules, now))
    if earliest >= latest or not _has_places(calendar):
        return
    lower, upper = _epoch_up(earliest), _epoch_up(latest)
    desks = _free_desks(calendar, lower, upper)
    day, last = local_day(earliest, rules.zone), local_day(latest - timedelta.resolution, rules.zone)
    while day <= last:
        for opening in opening_periods(day, calendar.weekly, calendar.dated, rules.zone):
            yield from _free_in_opening(rules, desks, opening, lower, upper)
        day += timedelta(days=1)


def earliest_start(rules: ServiceRules, mode: Mode, now: datetime) -> datetime:
    """The first instant that keeps the shortest notice of the mode."""
    if mode is not Mode.IN_PERSON or rules.notice_working_days == 0:
        return now + timedelta(minutes=rules.notice_minutes)
    day, working_days = local_day(now, rules.zone), 0
    while working_days < rules.notice_working_days:
        day += timedelta(days=1)
        working_days += is_working_day(day)
    return to_instant(day, time(), rules.zone)


def last_open_day(rules: ServiceRules, now: datetime) -> date:
    """The last local day that can be booked; a new one opens each day at ``release_at``."""
    today = local_day(now, rules.zone)
    return today + timedelta(days=rules.horizon_days - (now < to_instant(today, rules.release_at, rules.zone)))


def horizon_end(rules: ServiceRules, now: datetime) -> datetime:
    """The first instant that cannot be booked yet."""
    return to_instant(last_open_day(rules, now) + timedelta(days=1), time(), rules.zone)


def released_at(rules: ServiceRules, day: date) -> datetime:
    """When a local day opens for booking: from then on it is no later than `last_open_day`."""
    return to_instant(day - timedelta(days=rules.horizon_days), rules.release_at, rules.zone)


def next_release(rules: ServiceRules, now: datetime) -> datetime:
    """When the next day opens for booking."""
    today = local_day(now, rules.zone)
    release = to_instant(today, rules.release_at, rules.zone)
    return release if now < release else to_instant(today + timedelta(days=1), rules.release_at, rules.zone)


def starts_in(rules: ServiceRules, opening: Period) -> range:
    """Where an appointment may start in an opening, in seconds since the epoch, as far as the hours decide it."""
    # They step from the opening in whole minutes of the epoch, so a clock change inside cannot repeat or skip one.
    last = _epoch(opening.ends_at) - rules.duration_minutes * 60
    return range(_epoch(opening.starts_at), last + 1, rules.step_minutes * 60)


def desks_at(calendar: ServiceCalendar, starts_at: datetime) -> tuple[int, ...]:
    """The desks of an appointment at any start, whatever hours, notice and horizon say of it.

    There are none if it meets a closure, or if no more desks are free than are kept for staff.
    """
    start = _epoch(starts_at)
    return next(_desks_of(_free_desks(calendar, start, start + 1), range(start, start + 1, TICK_SECONDS)))


def _has_places(calendar: ServiceCalendar) -> bool:
    return len(calendar.busy) > calendar.rules.staff_reserve


def _free_desks(calendar: ServiceCalendar, lower: int, upper: int) -> FreeDesks:
    rules = calendar.rules
    extent = Extent(
        rules.buffer_before_minutes // SHORTEST,
        rules.duration_minutes // SHORTEST,
        rules.buffer_after_minutes // SHORTEST,
    )
    starts = range(lower // TICK_SECONDS, -(-upper // TICK_SECONDS))
    return FreeDesks(calendar.busy, calendar.closed, extent, rules.staff_reserve, starts)


def _free_in_opening(
    rules: ServiceRules, desks: FreeDesks, opening: Period, lower: int, upper: int
) -> list[tuple[int, tuple[int, ...]]]:
    starts = starts_in(rules, opening)
    first = starts.start + max(0, -(-(lower - starts.start) // starts.step) * starts.step)
    offered = range(first, min(starts.stop, upper), starts.step)
    return [(start, desk_ids) for start, desk_ids in zip(offered, _desks_of(desks, offered), strict=True) if desk_ids]


def _desks_of(desks: FreeDesks, starts: range) -> Iterator[tuple[int, ...]]:
    # Steps are whole ticks: each start lies in its tick as the first does.
    first, step = starts.start // TICK_SECONDS, starts.step // TICK_SECONDS
    ticks_of_starts = range(first, first + len(starts) * step, step)
    return desks.at(ticks_of_starts, is_between=starts.start % TICK_SECONDS > 0)


@lru_cache(maxsize=4096)
def _instant(seconds: int) -> datetime:
    # The same times are asked for over and over.
    return datetime.fromtimestamp(seconds, UTC)


def _epoch(instant: datetime) -> int:
    return int(instant.timestamp())


def _epoch_up(instant: datetime) -> int:
    seconds = int(instant.timestamp())
    return seconds + (instant.microsecond > 0)
