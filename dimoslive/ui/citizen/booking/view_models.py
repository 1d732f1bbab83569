"""What the wizard's pages show: finished words, made from domain values by the pure functions below."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from itertools import groupby

from dimoslive.domain.catalogue.service import OfferedService
from dimoslive.domain.scheduling.local_time import DAY_SECONDS, day_period, local_day, offset_at, same_clock
from dimoslive.i18n import Texts
from dimoslive.i18n.dates import day_of_month, full_day, month_title, wall_clock, zone_offset, zone_place
from dimoslive.ui.citizen.town import until_of

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
    pause: str = ""
    """Why it takes no new bookings; empty while it does."""
    pause_until: str = ""


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
                pause=service.pause.message[t.language] if service.pause else "",
                pause_until=until_of(service.pause, t),
            )
        )
        before = department
    return shown


def last_day(last_open_day: date, home: str, zone: str) -> date:
    """The date that the calendar of ``zone`` shows when the last open day ends at ``home``."""
    return local_day(day_period(last_open_day, home).ends_at - timedelta.resolution, zone)


def show_month(
    first: date, days: Mapping[date, Sequence[int]], chosen: date | None, today: date, last: date, t: Texts
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


def _show_day(
    day: date, first: date, days: Mapping[date, Sequence[int]], chosen: date | None, today: date, t: Texts
) -> Day:
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


def show_times(day: date, starts: Sequence[int], zone: str, home: str, held_at: int, t: Texts) -> DayOfTimes:
    """The free times of a day on the clock of ``zone``; with the municipality's own time where that differs.

    They come, as the held one does, in seconds since the epoch.
    """

    def part_of(start: int) -> str:
        hour = _minute(start, zone) // 60
        return "morning" if hour < 12 else "midday" if hour < 15 else "afternoon" if hour < 19 else "evening"

    is_greek = not starts or offset_at(starts[0], zone) == offset_at(starts[0], home)
    return DayOfTimes(
        on=day.isoformat(),
        title=day_of_month(day, t.language),
        zone="" if is_greek else t("when.own_zone", offset=zone_offset(datetime.fromtimestamp(starts[0], UTC), zone)),
        count=t.count("calendar.available", len(starts)),
        parts=[
            TimesPart(t(f"calendar.{part}"), [_show_time(start, zone, home, held_at, t) for start in of_part])
            for part, of_part in groupby(starts, key=part_of)
        ],
    )


def _show_time(at: int, zone: str, home: str, held_at: int, t: Texts) -> Time:
    own, theirs = _minute(at, zone), _minute(at, home)
    label = _clock(own, t)
    greek = "" if own == theirs else _clock(theirs, t)
    name = label if not greek else t("calendar.time_in_greece", time=label, greek=greek)
    return Time(at=at, label=label, name=name, greek=greek, is_chosen=at == held_at)


def _minute(at: int, zone: str) -> int:
    """The minute of the day that the clock of ``zone`` shows."""
    return (at + offset_at(at, zone)) % DAY_SECONDS // 60


def _clock(minute: int, t: Texts) -> str:
    return wall_clock(time(minute // 60, minute % 60), t.language)


def zone_line(at: datetime, zone: str, home: str, day: str, t: Texts) -> str:
    """In which zone the times are, with the offset that is true on that date."""
    key = "calendar.zone_greek" if same_clock(at, zone, home) else "calendar.zone_other"
    return t(key, zone=zone_place(zone, t.language), offset=zone_offset(at, zone), day=day)
