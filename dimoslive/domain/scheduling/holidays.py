"""National days off. Local ones are closures that a municipality enters."""

from datetime import date
from functools import lru_cache

import holidays as calendars


@lru_cache(maxsize=16)
def national_holidays(year: int) -> frozenset[date]:
    """The national days off of a year.

    ``observed=False``: a holiday on a Sunday moves only by a ministerial decision, which is an administrator's entry.
    """
    return frozenset(calendars.country_holidays("GR", years=year, observed=False))


def is_national_holiday(day: date) -> bool:
    """Whether public offices are closed in all of Greece."""
    return day in national_holidays(day.year)


def is_working_day(day: date) -> bool:
    """Monday to Friday, no national holiday."""
    return day.weekday() < 5 and not is_national_holiday(day)
