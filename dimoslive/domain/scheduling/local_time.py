"""Wall time and instants. The only user of pytz.

A wall time that the clock skips (spring) means the first instant after the jump; one that it shows twice (autumn)
means the first of the two. Arithmetic happens on instants, never on wall time.
"""

from bisect import bisect_right
from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache

import pytz

from dimoslive.domain.scheduling.periods import Period

ATHENS = "Europe/Athens"
DAY_SECONDS = 86_400

_LOOK_EVERY = 3 * DAY_SECONDS
"""Since 1970 no zone has changed its clock twice within six days."""
_EPOCH_DAY = date(1970, 1, 1).toordinal()


def is_known_zone(name: str) -> bool:
    """Whether the name is one of the tz database's (names from browsers are not to be trusted)."""
    return name in pytz.all_timezones_set


@lru_cache(maxsize=2048)
def to_instant(day: date, wall: time, zone: str) -> datetime:
    """The UTC instant at which the clock of ``zone`` shows ``wall`` on ``day``."""
    tz = pytz.timezone(zone)
    local = datetime.combine(day, wall)
    try:
        return tz.localize(local, is_dst=None).astimezone(UTC)
    except pytz.AmbiguousTimeError:
        # Some zones call the winter's time the saving one, so the flag alone does not tell which is the first.
        return min(tz.localize(local, is_dst=flag).astimezone(UTC) for flag in (True, False))
    except pytz.NonExistentTimeError:
        # Read with the offset before the jump, the skipped hour lies after it; step back to the jump itself.
        after = tz.localize(local.replace(second=0, microsecond=0), is_dst=False).astimezone(UTC)
        while _offset(tz, after - timedelta(minutes=1)) == _offset(tz, after):
            after -= timedelta(minutes=1)
        return after


def to_local(instant: datetime, zone: str) -> datetime:
    """The instant on the clock of ``zone``."""
    return instant.astimezone(pytz.timezone(zone))


@lru_cache(maxsize=2048)
def local_day(instant: datetime, zone: str) -> date:
    """The date that the calendar of ``zone`` shows at the instant."""
    return to_local(instant, zone).date()


def offset_at(seconds: int, zone: str) -> int:
    """Seconds by which the clock of ``zone`` is ahead of UTC at an instant, itself in seconds since the epoch."""
    return offset_until(seconds, zone)[0]


def offset_until(seconds: int, zone: str) -> tuple[int, int]:
    """The same, and an instant up to which it stays so. The library is asked once for a zone and a year."""
    begins, offsets = _offsets_of_year(datetime.fromtimestamp(seconds, UTC).year, zone)
    place = bisect_right(begins, seconds)
    return offsets[place - 1], begins[place]


def by_local_day(starts: Iterable[int], zone: str) -> dict[date, list[int]]:
    """Instants, in order and in seconds since the epoch, by the date that the calendar of ``zone`` shows."""
    days: dict[int, list[int]] = {}
    offset, until = 0, -(2**63)
    for start in starts:
        if start >= until:
            offset, until = offset_until(start, zone)
        days.setdefault((start + offset) // DAY_SECONDS, []).append(start)
    return {date.fromordinal(_EPOCH_DAY + day): of_day for day, of_day in days.items()}


@lru_cache(maxsize=512)
def _offsets_of_year(year: int, zone: str) -> tuple[list[int], list[int]]:
    """When each offset of a year of UTC begins to hold, with the year's end behind them; and the offsets."""
    tz = pytz.timezone(zone)

    def ask(seconds: int) -> int:
        return int((_offset(tz, datetime.fromtimestamp(seconds, UTC)) or timedelta()).total_seconds())

    first, end = (int(datetime(y, 1, 1, tzinfo=UTC).timestamp()) for y in (year, year + 1))
    begins, offsets = [first], [ask(first)]
    for looked_at in range(first, end, _LOOK_EVERY):
        before, changed = looked_at, min(looked_at + _LOOK_EVERY, end)
        if ask(changed) == offsets[-1]:
            continue
        while changed - before > 1:
            middle = (before + changed) // 2
            before, changed = (middle, changed) if ask(middle) == offsets[-1] else (before, middle)
        if changed < end:
            begins.append(changed)
            offsets.append(ask(changed))
    return [*begins, end], offsets


def day_period(day: date, zone: str) -> Period:
    """Midnight to midnight on the clock of ``zone``: 23 or 25 hours on the days of the clock change."""
    return days_period(day, day, zone)


def days_period(first: date, last: date, zone: str) -> Period:
    """From the beginning of ``first`` to the end of ``last``."""
    return Period(to_instant(first, time(), zone), to_instant(last + timedelta(days=1), time(), zone))


def offset_label(instant: datetime, zone: str) -> str:
    """The offset that holds at that instant: ``UTC+03:00``."""
    offset = to_local(instant, zone).utcoffset() or timedelta()
    minutes = int(offset.total_seconds() // 60)
    sign = "-" if minutes < 0 else "+"
    return f"UTC{sign}{abs(minutes) // 60:02d}:{abs(minutes) % 60:02d}"


def same_clock(instant: datetime, one: str, other: str) -> bool:
    """Whether two zones show the same time at that instant."""
    return to_local(instant, one).utcoffset() == to_local(instant, other).utcoffset()


def _offset(tz: pytz.BaseTzInfo, instant: datetime) -> timedelta | None:
    return instant.astimezone(tz).utcoffset()
