"""Times, warnings and bookings as the pages of arranging show them: finished words."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from itertools import groupby

from dimoslive.domain.desk.placing import PlaceWarning, is_outside_hours, is_over_capacity
from dimoslive.domain.scheduling.local_time import local_day
from dimoslive.domain.scheduling.mode import Mode
from dimoslive.domain.scheduling.periods import Period
from dimoslive.i18n import Texts
from dimoslive.i18n.dates import day_of_month, full_day, month_title, staff_clock, weekday_name
from dimoslive.services.desk.find_same_person import EarlierBooking
from dimoslive.services.desk.hand_over import OtherDesk
from dimoslive.services.desk.offer_times import FreeTime
from dimoslive.services.desk.open_new_booking import DeskChoice, ServiceChoice

FEW = 5
"""So many free places of a day, and fewer, are few."""


@dataclass(frozen=True)
class Choice:
    """An option of a select or a radio button."""

    value: str
    text: str


@dataclass(frozen=True)
class TimeView:
    """A free time at a desk; ``value`` is what a press sends, ``note`` that it is not free for citizens yet."""

    value: str
    clock: str
    desk: str
    note: str = ""


@dataclass(frozen=True)
class DayView:
    """The free times of a day."""

    on: str = ""
    title: str = ""
    times: list[TimeView] = field(default_factory=list)


@dataclass(frozen=True)
class CellView:
    """A day of the month; one of another month is empty."""

    on: str = ""
    number: str = ""
    name: str = ""
    kind: str = "none"
    is_free: bool = False
    is_chosen: bool = False
    is_today: bool = False


@dataclass(frozen=True)
class MonthView:
    """A month as a grid, and the first days of those beside it, where one may leaf."""

    title: str = ""
    first: str = ""
    weeks: list[list[CellView]] = field(default_factory=list)
    previous: str = ""
    next: str = ""


@dataclass(frozen=True)
class WarningView:
    """What stands against the time; ``kind`` is ``hours`` or ``capacity`` where it wants a reason, else ``note``."""

    kind: str
    text: str


@dataclass(frozen=True)
class SameView:
    """An open booking of the same person."""

    text: str
    same: str
    who: str
    reference: str
    move_href: str


@dataclass(frozen=True)
class DeskView:
    """Another desk of the service."""

    value: str
    text: str
    note: str
    is_free: bool


@dataclass(frozen=True)
class FieldError:
    """A problem at a field."""

    name: str
    text: str


def slot_value(starts_at: datetime, desk_id: int) -> str:
    """A time and a desk as a form sends them."""
    return f"{int(starts_at.timestamp())}@{desk_id}"


def read_slot(value: str) -> tuple[datetime, int] | None:
    """What `slot_value` wrote; None for what it cannot have written."""
    seconds, _, desk = value.partition("@")
    if not (seconds.isascii() and seconds.isdecimal() and len(seconds) < 12 and desk.isascii() and desk.isdecimal()):
        return None
    return datetime.fromtimestamp(int(seconds), UTC), int(desk[:12])


def is_start_of(value: str, starts_at: datetime) -> bool:
    """Whether what `slot_value` wrote is at this start."""
    slot = read_slot(value)
    return slot is not None and slot[0] == starts_at


def show_days(times: Iterable[FreeTime], names: Mapping[int, str], zone: str, today: date, t: Texts) -> list[DayView]:
    """Free times, day by day."""
    days = groupby(times, key=lambda time: local_day(time.starts_at, zone))
    return [
        DayView(
            on=day.isoformat(),
            title=show_day(day, today, t),
            times=[
                TimeView(
                    slot_value(time.starts_at, time.desk_id),
                    staff_clock(time.starts_at, zone),
                    names.get(time.desk_id, ""),
                    t("arrange.freed") if time.is_freed else "",
                )
                for time in of_day
            ],
        )
        for day, of_day in days
    ]


def show_day(day: date, today: date, t: Texts) -> str:
    """«Σήμερα, Τρίτη 24 Νοεμβρίου»; with the year where it is another."""
    title = day_of_month(day, t.language) if day.year == today.year else full_day(day, t.language)
    return t("arrange.today", day=title) if day == today else title


def show_month(
    first: date, days: Mapping[date, int], chosen: date | None, today: date, last: date, t: Texts
) -> MonthView:
    """The month that begins on ``first``, Monday first, with the number of free places on each day."""
    start, weeks = first - timedelta(days=first.weekday()), []
    after, before = (first + timedelta(days=31)).replace(day=1), (first - timedelta(days=1)).replace(day=1)
    while start < after:
        week = [start + timedelta(days=i) for i in range(7)]
        weeks.append([_show_cell(day, first, days.get(day, 0), chosen, today, t) for day in week])
        start += timedelta(days=7)
    return MonthView(
        title=month_title(first, t.language),
        first=first.isoformat(),
        weeks=weeks,
        previous=before.isoformat() if before >= today.replace(day=1) else "",
        next=after.isoformat() if after <= last else "",
    )


def _show_cell(day: date, first: date, free: int, chosen: date | None, today: date, t: Texts) -> CellView:
    if day.month != first.month:
        return CellView()
    words = t.count("arrange.places", free) if free else t("arrange.no_places")
    return CellView(
        on=day.isoformat(),
        number=str(day.day),
        name=f"{full_day(day, t.language)}, {words}",
        kind="free" if free > FEW else "few" if free else "none",
        is_free=free > 0,
        is_chosen=day == chosen,
        is_today=day == today,
    )


def show_period(period: Period, desk: str, zone: str, today: date, t: Texts) -> str:
    """«Τρίτη 24 Νοεμβρίου, 12:30–12:40 · Θυρίδα 1»."""
    day = show_day(local_day(period.starts_at, zone), today, t)
    hours = f"{staff_clock(period.starts_at, zone)}–{staff_clock(period.ends_at, zone)}"
    return f"{day}, {hours} · {desk}"


def show_warnings(warnings: Sequence[PlaceWarning], duration_minutes: int, t: Texts) -> list[WarningView]:
    """Each in one sentence; what wants the same reason stands together."""
    return [
        WarningView(_kind(warning), t(f"arrange.warning.{warning}", minutes=duration_minutes)) for warning in warnings
    ]


def _kind(warning: PlaceWarning) -> str:
    if is_outside_hours([warning]):
        return "hours"
    return "capacity" if is_over_capacity([warning]) else "note"


def show_same(earlier: EarlierBooking, zone: str, today: date, move_href: str, t: Texts) -> SameView:
    """«Έχει ήδη ραντεβού Παρασκευή 27, 9:30»; with the month where it is another."""
    day = local_day(earlier.starts_at, zone)
    is_near = (day.year, day.month) == (today.year, today.month)
    when = f"{weekday_name(day.weekday(), t.language)} {day.day}" if is_near else day_of_month(day, t.language)
    return SameView(
        text=t("arrange.already_booked", when=f"{when}, {staff_clock(earlier.starts_at, zone)}"),
        same=t(f"arrange.same.{earlier.same}"),
        who=f"{earlier.person}, {earlier.desk[t.language]}",
        reference=earlier.reference,
        move_href=move_href,
    )


def show_services(services: Iterable[ServiceChoice], t: Texts) -> list[Choice]:
    """The options of «Υπηρεσία»; what no desk serves cannot be booked."""
    return [Choice(str(service.id), service.name[t.language]) for service in services if service.desks]


def show_modes(modes: Iterable[Mode], t: Texts) -> list[Choice]:
    """The radio buttons of «Τρόπος»; who calls or stands there mostly comes in person."""
    ordered = sorted(modes, key=lambda mode: mode is not Mode.IN_PERSON)
    return [Choice(mode.value, t(f"mode.{mode}")) for mode in ordered]


def show_desks(desks: Iterable[DeskChoice], t: Texts) -> list[Choice]:
    """The options of «Θέση»."""
    return [Choice(str(desk.id), desk.name[t.language]) for desk in desks]


def show_other_desks(desks: Iterable[OtherDesk], t: Texts) -> list[DeskView]:
    """Free ones with «ελεύθερη»."""
    return [
        DeskView(str(desk.id), desk.name[t.language], t("arrange.desk.free") if desk.is_free else "", desk.is_free)
        for desk in desks
    ]
