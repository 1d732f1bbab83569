"""Dates and times as officials read them: Greek time, 24 hours, no words where figures do."""

from datetime import date, datetime

from babel.dates import format_date

from dimoslive.domain.scheduling.local_time import to_local
from dimoslive.domain.scheduling.periods import Period
from dimoslive.i18n.dates import desk_clock


def desk_hours(period: Period, zone: str) -> str:
    """«12:00–15:00»."""
    return f"{desk_clock(period.starts_at, zone)}–{desk_clock(period.ends_at, zone)}"


def desk_moment(instant: datetime, zone: str) -> str:
    """«24/11 9:05»."""
    local = to_local(instant, zone)
    return f"{local.day}/{local.month} {desk_clock(instant, zone)}"


def desk_date(day: date) -> str:
    """«24/11/2026»."""
    return f"{day.day}/{day.month}/{day.year}"


def week_title(first: date, last: date, language: str) -> str:
    """«23–27 Νοεμβρίου», «30 Νοεμβρίου – 4 Δεκεμβρίου»; with the year where it is in two."""
    locale = {"el": "el_GR", "en": "en_GB"}[language]
    pattern = "d MMMM" if first.year == last.year else "d MMMM y"
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{format_date(last, pattern, locale=locale)}"
    return f"{format_date(first, pattern, locale=locale)} – {format_date(last, pattern, locale=locale)}"


def weekday_and_day(day: date, language: str) -> str:
    """«Τρίτη 24», "Tuesday 24"."""
    return format_date(day, "EEEE d", locale={"el": "el_GR", "en": "en_GB"}[language])
