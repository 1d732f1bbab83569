"""Dates, times and lengths as officials type them."""

import re
from datetime import date, datetime, time

from dimoslive.domain.errors import InvalidInput
from dimoslive.domain.scheduling.local_time import to_instant

_DAY_FIRST = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4}|\d{2})")
_YEAR_FIRST = re.compile(r"(\d{4})[./-](\d{1,2})[./-](\d{1,2})")
_CLOCK = re.compile(r"(\d{1,2})(?:[:.]?(\d{2}))?")
_CENTURY = 2000


def parse_day(text: str) -> date:
    """24/11/2026, 24-11-26 or 2026-11-24; raises `InvalidInput`."""
    line = text.strip()
    if found := _YEAR_FIRST.fullmatch(line):
        year, month, day = map(int, found.groups())
    elif found := _DAY_FIRST.fullmatch(line):
        day, month, year = map(int, found.groups())
        year += _CENTURY if year < 100 else 0
    else:
        raise InvalidInput("date", "not_a_date")
    try:
        return date(year, month, day)
    except ValueError:
        raise InvalidInput("date", "not_a_date") from None


def parse_clock(text: str) -> time:
    """9, 9:30, 09.30 or 930, by the 24-hour clock; raises `InvalidInput`."""
    found = _CLOCK.fullmatch(text.strip())
    if found:
        hour, minute = int(found[1]), int(found[2] or 0)
        if hour < 24 and minute < 60:
            return time(hour, minute)
    raise InvalidInput("clock", "not_a_time")


def parse_minutes(text: str) -> int:
    """A whole number of minutes; raises `InvalidInput`."""
    line = text.strip()
    if not re.fullmatch(r"[0-9]{1,4}", line):
        raise InvalidInput("duration", "duration_out_of_bounds")
    return int(line)


def typed_start(day: str, clock: str, zone: str) -> datetime:
    """The instant of a typed date and time; raises `InvalidInput`."""
    return to_instant(parse_day(day), parse_clock(clock), zone)
