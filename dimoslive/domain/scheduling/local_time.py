"""Wall time and instants. The only user of pytz.

A wall time that the clock skips (spring) means the first instant after the jump; one that it shows twice (autumn)
means the first of the two. Arithmetic happens on instants, never on wall time.
"""

from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache

import pytz

from dimoslive.domain.scheduling.periods import Period

ATHENS = "Europe/Athens"


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


def local_day(instant: datetime, zone: str) -> date:
    """The date that the calendar of ``zone`` shows at the instant."""
    return to_local(instant, zone).date()


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
