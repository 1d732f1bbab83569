"""What the wizard's pages show: finished words, made from domain values by the pure functions below."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import groupby

from dimoslive.domain.catalogue.service import OfferedService
from dimoslive.domain.scheduling.local_time import day_period, local_day, same_clock, to_local
from dimoslive.domain.scheduling.slots import Slot
from dimoslive.i18n import Texts
from dimoslive.i18n.dates import clock, day_of_month, full_day, month_title, zone_offset, zone_place

FEW = 3
"""So many free times, or fewer, count as few."""


@dataclass(frozen=True)
class Mode:
    """A way to be served."""

    key: str
    label: str
    hint: str


@dataclass(frozen=True)
class Service:
    """A service in the list of the second step."""

    id: int
    name: str
    department: str
    starts_department: bool
    duration: str
    documents: str
    instructions: str
    online_url: str
    modes: list[Mode] = field(default_factory=list)


@dataclass(frozen=True)
class Day:
    """A cell of the month grid; ``on`` is the ISO date, the name says date and how many times are free."""

    on: str = ""
    number: str = ""
    name: str = ""
    kind: str = "blank"
    is_free: bool = False
    is_chosen: bool = False
    is_today: bool = False


@dataclass(frozen=True)
class Month:
    """A month of the grid; ``previous`` and ``next`` are the first days of those beside it, if they can be shown."""

    title: str = ""
    first: str = ""
    weeks: list[list[Day]] = field(default_factory=list)
    previous: str = ""
    next: str = ""
    free_days: int = 0


@dataclass(frozen=True)
class Time:
    """A free time: its start as seconds since the epoch is what a press sends."""

    at: int
    label: str
    name: str
    greek: str
    is_chosen: bool


@dataclass(frozen=True)
class TimesPart:
    """The times of the morning, of midday, and so on."""

    title: str
    times: list[Time] = field(default_factory=list)


@dataclass(frozen=True)
class DayOfTimes:
    """A day with its free times, for the list."""

    on: str = ""
    title: str = ""
    zone: str = ""
    """Whose clock this is, unless it shows Greek time."""
    count: str = ""
    parts: list[TimesPart] = field(default_factory=list)


def show_services(services: Sequence[OfferedService], t: Texts) -> list[Service]:
    """The services of a municipality, department by department."""
    shown, before = [], ""
    for service in services:
        department = service.department[t.language]
        shown.append(
            Service(
                id=service.id,
                name=service.name[t.language],
                department=department,
                starts_department=department != before,
                duration=t.count("duration", service.duration_minutes),
                documents=service.documents[t.language],
                instructions=service.instructions[t.language],
                online_url=service.online_url,
                modes=[Mode(mode.value, t(f"mode.{mode}"), t(f"mode.{mode}.hint")) for mode in service.modes],
            )
        )
        before = department
    return shown


def by_day(slots: Sequence[Slot], zone: str) -> dict[date, list[Slot]]:
    """Free times by the date that they have on a zone's calendar."""
    return {day: list(of_day) for day, of_day in groupby(slots, key=lambda slot: local_day(slot.starts_at, zone))}


def last_day(last_open_day: date, home: str, zone: str) -> date:
    """The date that the calendar of ``zone`` shows when the last open day ends at ``home``."""
    return local_day(day_period(last_open_day, home).ends_at - timedelta.resolution, zone)


def show_month(
    first: date, days: dict[date, list[Slot]], chosen: date | None, today: date, last: date, t: Texts
) -> Month:
    """The month that begins on ``first``, Monday first. All dates are of the calendar that the visitor looks at."""
    start = first - timedelta(days=first.weekday())
    after = (first + timedelta(days=31)).replace(day=1)
    before = (first - timedelta(days=1)).replace(day=1)
    weeks: list[list[Day]] = []
    while start < after:
        week = [start + timedelta(days=i) for i in range(7)]
        weeks.append([_show_day(day, first, days, chosen, today, t) for day in week])
        start += timedelta(days=7)
    return Month(
        title=month_title(first, t.language),
        first=first.isoformat(),
        weeks=weeks,
        previous=before.isoformat() if before >= today.replace(day=1) else "",
        next=after.isoformat() if after <= last else "",
        free_days=sum(1 for day in days if first <= day < after),
    )


def _show_day(day: date, first: date, days: dict[date, list[Slot]], chosen: date | None, today: date, t: Texts) -> Day:
    if day.month != first.month:
        return Day()
    free = len(days.get(day, ()))
    kind = "free" if free > FEW else "few" if free else "none"
    words = t.count("calendar.free_times", free) if free else t("calendar.no_times")
    return Day(
        on=day.isoformat(),
        number=str(day.day),
        name=f"{full_day(day, t.language)}, {words}",
        kind=kind,
        is_free=free > 0,
        is_chosen=day == chosen,
        is_today=day == today,
    )


def show_times(day: date, slots: Sequence[Slot], zone: str, home: str, held_at: int, t: Texts) -> DayOfTimes:
    """The free times of a day on the clock of ``zone``; with the municipality's own time where that differs."""

    def part_of(slot: Slot) -> str:
        hour = to_local(slot.starts_at, zone).hour
        return "morning" if hour < 12 else "midday" if hour < 15 else "afternoon" if hour < 19 else "evening"

    is_greek = not slots or same_clock(slots[0].starts_at, zone, home)
    return DayOfTimes(
        on=day.isoformat(),
        title=day_of_month(day, t.language),
        zone="" if is_greek else t("when.own_zone", offset=zone_offset(slots[0].starts_at, zone)),
        count=t.count("calendar.available", len(slots)),
        parts=[
            TimesPart(t(f"calendar.{part}"), [_show_time(slot, zone, home, held_at, t) for slot in of_part])
            for part, of_part in groupby(slots, key=part_of)
        ],
    )


def _show_time(slot: Slot, zone: str, home: str, held_at: int, t: Texts) -> Time:
    at = int(slot.starts_at.timestamp())
    label = clock(slot.starts_at, t.language, zone)
    greek = "" if same_clock(slot.starts_at, zone, home) else clock(slot.starts_at, t.language, home)
    name = label if not greek else t("calendar.time_in_greece", time=label, greek=greek)
    return Time(at=at, label=label, name=name, greek=greek, is_chosen=at == held_at)


def zone_line(at: datetime, zone: str, home: str, day: str, t: Texts) -> str:
    """In which zone the times are, with the offset that is true on that date."""
    key = "calendar.zone_greek" if same_clock(at, zone, home) else "calendar.zone_other"
    return t(key, zone=zone_place(zone, t.language), offset=zone_offset(at, zone), day=day)
