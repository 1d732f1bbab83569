"""National days off. Local ones are closures that a municipality enters."""

from datetime import date
from functools import lru_cache

import holidays as calendars

_LANGUAGES = {"el": "el", "en": "en_US"}
_AS_PEOPLE_SAY = {
    (3, 25, "el"): "25η Μαρτίου",
    (10, 28, "el"): "28η Οκτωβρίου",
    (3, 25, "en"): "25 March, Independence Day",
    (10, 28, "en"): "28 October, Ohi Day",
    (5, 1, "en"): "Labour Day",
    (12, 26, "en"): "26 December, Synaxis of the Mother of God",
}
"""Where the library writes a date in words, or otherwise than is usual here."""


@lru_cache(maxsize=16)
def national_holidays(year: int) -> frozenset[date]:
    """The national days off of a year.

    ``observed=False``: a holiday on a Sunday moves only by a ministerial decision, which is an administrator's entry.
    """
    return frozenset(calendars.country_holidays("GR", years=year, observed=False))


@lru_cache(maxsize=32)
def _holiday_names(year: int, language: str) -> dict[date, str]:
    return dict(calendars.country_holidays("GR", years=year, observed=False, language=_LANGUAGES[language]))


def holiday_name(day: date, language: str) -> str:
    """What a national day off is called; empty on any other day."""
    if not is_national_holiday(day):
        return ""
    return _AS_PEOPLE_SAY.get((day.month, day.day, language)) or _holiday_names(day.year, language)[day]


def is_national_holiday(day: date) -> bool:
    """Whether public offices are closed in all of Greece."""
    return day in national_holidays(day.year)


def is_working_day(day: date) -> bool:
    """Monday to Friday, no national holiday."""
    return day.weekday() < 5 and not is_national_holiday(day)
