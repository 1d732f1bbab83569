"""The lines of the page of days to the next free time, in words."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from dimoslive.domain.figures.days_to_next import DaysToNext, MunicipalityDays, ServiceDays
from dimoslive.domain.scheduling.local_time import ATHENS, local_day
from dimoslive.http.figures.days_wish import DaysWish
from dimoslive.i18n import Texts
from dimoslive.i18n.dates import desk_clock
from dimoslive.i18n.days_words import days_words
from dimoslive.i18n.desk_dates import desk_moment
from dimoslive.services.figures.narrow_days import FoundDays
from dimoslive.urls import book_service_path, municipality_path


@dataclass(frozen=True, slots=True)
class DaysCell:
    """How many days, and the length of their bar, in hundredths of the longest."""

    words: str
    width: int
    is_number: bool


@dataclass(frozen=True, slots=True)
class ServiceLine:
    """A service under its municipality; ``href`` is empty where nothing is free."""

    name: str
    department: str
    days: DaysCell
    href: str


@dataclass(frozen=True, slots=True)
class MunicipalityLine:
    """A municipality; ``turn`` is the address that shows its services, or hides them."""

    slug: str
    name: str
    unit: str
    days: DaysCell
    median: str
    number: str
    href: str
    turn: str
    is_open: bool
    services: list[ServiceLine]


def lines_of(found: Iterable[FoundDays], wish: DaysWish, path: str, t: Texts) -> list[MunicipalityLine]:
    """In the order that was wished for. What was found by a service's name shows its services at once."""
    listed = _sorted(found, wish)
    opened = {one.days.municipality.slug for one in listed if one.by_service} | set(wish.opened)
    numbers = [one.days.first.days or 0 for one in listed]
    numbers += [
        service.first.days or 0
        for one in listed
        if one.days.municipality.slug in opened
        for service in one.days.services
    ]
    longest = max(numbers, default=0)
    return [_line(one, wish, path, longest, t, is_open=one.days.municipality.slug in opened) for one in listed]


def said_at(found: Iterable[MunicipalityDays], now: datetime) -> str:
    """When the oldest of them was computed: «10:10», on another day «24/11 10:10»."""
    oldest = min((one.computed_at for one in found), default=now)
    is_today = local_day(oldest, ATHENS) == local_day(now, ATHENS)
    return desk_clock(oldest) if is_today else desk_moment(oldest, ATHENS)


def _sorted(found: Iterable[FoundDays], wish: DaysWish) -> list[FoundDays]:
    """Sorted by name they come; what has no number stands at the end, whichever way they are sorted."""
    listed, sort = list(found), wish.sort
    if sort.column == "name":
        return listed[::-1] if sort.is_down else listed
    turn = -1 if sort.is_down else 1
    if sort.column == "median":
        return sorted(listed, key=lambda one: _last(one.days.median, turn))
    return sorted(listed, key=lambda one: (one.days.first.sort_key[0], turn * one.days.first.sort_key[1]))


def _services(one: FoundDays, wish: DaysWish) -> list[ServiceDays]:
    """The nearest first; by name they stand in the municipality's own order."""
    by_name = wish.sort.column == "name"
    return list(one.days.services) if by_name else sorted(one.days.services, key=lambda each: each.first.sort_key)


def _last(number: int | None, turn: int) -> tuple[bool, int]:
    return number is None, turn * (number or 0)


def _line(one: FoundDays, wish: DaysWish, path: str, longest: int, t: Texts, *, is_open: bool) -> MunicipalityLine:
    names, first, median = one.days.municipality, one.days.first, one.days.median
    return MunicipalityLine(
        slug=names.slug,
        name=names.name[t.language],
        unit=t("days_to_next.unit", unit=names.regional_unit[t.language]),
        days=_cell(first, longest, t),
        median="–" if median is None else days_words(DaysToNext(median), t),
        number=t.count("days_to_next.services", len(one.days.services)),
        href=municipality_path(names.slug, t.language) if first.days is not None else "",
        # What a search has opened is closed by another search alone.
        turn="" if one.by_service else f"{wish.turned(names.slug).address(path)}#{names.slug}",
        is_open=is_open,
        services=[_service(service, names.slug, wish, longest, t) for service in _services(one, wish)]
        if is_open
        else [],
    )


def _service(service: ServiceDays, municipality: str, wish: DaysWish, longest: int, t: Texts) -> ServiceLine:
    is_free = service.first.days is not None
    return ServiceLine(
        name=service.name[t.language],
        department=service.department[t.language],
        days=_cell(service.first, longest, t),
        href=book_service_path(municipality, service.slug, t.language, wish.mode or "") if is_free else "",
    )


def _cell(value: DaysToNext, longest: int, t: Texts) -> DaysCell:
    is_number = value.days is not None
    width = max(1, 100 * (value.days or 0) // max(1, longest)) if is_number else 100
    return DaysCell(days_words(value, t), width, is_number)
