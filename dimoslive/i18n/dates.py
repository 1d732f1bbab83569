"""Dates and times as people write them, by Babel's data. Arguments are UTC instants or local dates."""

from datetime import date, datetime, time, timedelta
from functools import lru_cache

from babel.dates import format_date, format_datetime, format_time, get_timezone_location

from dimoslive.domain.scheduling.local_time import ATHENS, offset_label, to_local

# Babel reads its pattern anew each time, and a page says the same days and times over and over. The bounds hold the
# days of two years and all minutes of a day, in both languages.
_MAX_DAYS, _MAX_MINUTES, _MAX_ZONES = 1500, 2880, 1200

# English as Europe writes it: Monday first, day before month.
_LOCALES = {"el": "el_GR", "en": "en_GB"}


@lru_cache(_MAX_DAYS)
def full_day(day: date, language: str) -> str:
    """«Τρίτη 24 Νοεμβρίου 2026», "Tuesday 24 November 2026"."""
    return format_date(day, "EEEE d MMMM y", locale=_LOCALES[language])


@lru_cache(_MAX_DAYS)
def day_of_month(day: date, language: str) -> str:
    """«Τετάρτη 10 Ιουνίου»."""
    return format_date(day, "EEEE d MMMM", locale=_LOCALES[language])


@lru_cache(_MAX_DAYS)
def short_day(day: date, language: str) -> str:
    """«10 Ιουνίου»."""
    return format_date(day, "d MMMM", locale=_LOCALES[language])


@lru_cache(_MAX_DAYS)
def month_title(day: date, language: str) -> str:
    """The month in the nominative, as a heading: «Ιούνιος 2022»."""
    return format_date(day, "LLLL y", locale=_LOCALES[language])


def weekday_heads(language: str) -> list[str]:
    """Two letters a day, Monday first: Δε Τρ Τε Πέ Πα Σά Κυ."""
    monday = date(2026, 1, 5)
    return [format_date(monday + timedelta(days=i), "EEEEEE", locale=_LOCALES[language])[:2] for i in range(7)]


@lru_cache(14)
def weekday_name(weekday: int, language: str) -> str:
    """The name of a weekday, 0 is Monday."""
    return format_date(date(2026, 1, 5) + timedelta(days=weekday), "EEEE", locale=_LOCALES[language])


def clock(instant: datetime, language: str, zone: str = ATHENS) -> str:
    """«8:30 πμ», "8:30 am": the form without full stops that citizens know from the service's manual."""
    return wall_clock(to_local(instant, zone).time().replace(second=0, microsecond=0), language)


@lru_cache(_MAX_MINUTES)
def wall_clock(wall: time, language: str) -> str:
    """A time of the day in the same form, for opening hours."""
    text = format_time(wall, "h:mm a", locale=_LOCALES[language])
    return text.replace(".", "").replace("\u202f", " ").replace("\u00a0", " ")


def desk_clock(instant: datetime, zone: str = ATHENS) -> str:
    """«9:30», «15:00»: as officials' pages write times in both languages."""
    local = to_local(instant, zone)
    return f"{local.hour}:{local.minute:02d}"


def chosen_time(instant: datetime, language: str, zone: str = ATHENS) -> str:
    """«02 Ιουνίου, 10:00 πμ»."""
    day = format_datetime(to_local(instant, zone), "dd MMMM", locale=_LOCALES[language])
    return f"{day}, {clock(instant, language, zone)}"


def full_time(instant: datetime, language: str, zone: str = ATHENS) -> str:
    """«Τρίτη 24 Νοεμβρίου 2026, 10:00 πμ»."""
    return f"{full_day(to_local(instant, zone).date(), language)}, {clock(instant, language, zone)}"


def zone_offset(instant: datetime, zone: str = ATHENS) -> str:
    """The offset that holds on that date: ``UTC+03:00``."""
    return offset_label(instant, zone)


@lru_cache(_MAX_ZONES)
def zone_place(zone: str, language: str) -> str:
    """The city that a zone is named after, as the language calls it: «Μελβούρνη», "New York"."""
    return get_timezone_location(zone, locale=_LOCALES[language], return_city=True)


def staff_clock(instant: datetime, zone: str = ATHENS) -> str:
    """«9:30», «14:00»: the 24-hour clock of officials' pages, the same in both languages."""
    local = to_local(instant, zone)
    return f"{local.hour}:{local.minute:02d}"
