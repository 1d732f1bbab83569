"""The day as its page shows it: finished words and addresses."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from dimoslive.domain.booking.statuses import BookingStatus
from dimoslive.domain.desk.day import Delay, count_due, count_waiting, is_done, worst_delay
from dimoslive.domain.scheduling.holidays import holiday_name
from dimoslive.domain.scheduling.local_time import day_period, local_day
from dimoslive.domain.scheduling.mode import Mode
from dimoslive.i18n import Texts
from dimoslive.i18n.dates import day_of_month, desk_clock, short_day
from dimoslive.services.desk.find_outlook import NextDays
from dimoslive.services.desk.show_day import Day, DayDesk
from dimoslive.ui.staff.day.filters import ALL, MINE, STATUSES, DayFilters, day_query
from dimoslive.urls import localized

MAX_ROWS = 150
"""Beyond so many the list asks to choose a desk."""
Asked = Callable[[str], str]


@dataclass(frozen=True)
class Option:
    """A choice of a filter."""

    value: str
    label: str


@dataclass(frozen=True)
class Notice:
    """One line with one link; without an address it is a plain line."""

    text: str
    href: str
    is_warning: bool


@dataclass(frozen=True)
class Tile:
    """A number and its words; pressed, it filters, or leads to another day."""

    number: str
    words: str
    more: str
    href: str
    is_on: bool
    is_late: bool


def desk_words(desk: DayDesk, t: Texts) -> str:
    """Its name, with that of its department where two desks are called the same."""
    department = desk.department.get(t.language, "")
    return f"{desk.name[t.language]} · {department}" if department else desk.name[t.language]


def desk_ids_of(day: Day, filters: DayFilters) -> frozenset[int] | None:
    """The chosen desk with its lanes; None for all. A desk that is not in view shows nothing."""
    wanted = filters.desk
    if wanted in {"", MINE}:
        # The own desk is what one looks at, unless one asks for more.
        if day.my_desk.desk_id is None:
            return None
        desk_id = day.my_desk.desk_id
    elif wanted == ALL:
        return None
    else:
        desk_id = int(wanted)
    return frozenset({desk_id} | {desk.id for desk in day.desks if desk.overflow_of == desk_id})


def show_tiles(day: Day, filters: DayFilters, asked: Asked, first_free: date | None, t: Texts) -> list[Tile]:
    """Bookings, waiting, late, first free; of the desk that is chosen."""
    ids = desk_ids_of(day, filters)
    bookings = [one for one in day.bookings if ids is None or one.desk_id in ids]
    waiting = [one for one in day.waiting if ids is None or one.booking.desk_id in ids]
    stated = {id_: length for id_, length in day.delays.items() if ids is None or id_ in ids}
    due, done = count_due(bookings), sum(is_done(one.status) for one in bookings)
    late = worst_delay(bookings, stated, day.now)
    words = "day.tile.bookings" if day.day == day.today else "day.tile.bookings_other"
    is_waiting = filters.status == BookingStatus.WAITING.value
    return [
        Tile(
            str(due),
            t.count(words, due),
            t.count("day.tile.done", done),
            _here(t, asked, status=""),
            is_on=not filters.status,
            is_late=False,
        ),
        Tile(
            str(count_waiting(waiting)),
            t("day.tile.waiting"),
            "",
            _here(t, asked, status="" if is_waiting else BookingStatus.WAITING.value),
            is_on=is_waiting,
            is_late=False,
        ),
        _late_tile(late, day, filters, asked, t),
        _first_free_tile(first_free, day, t),
    ]


def _late_tile(late: Delay | None, day: Day, filters: DayFilters, asked: Asked, t: Texts) -> Tile:
    minutes = int(late.length.total_seconds() // 60) if late else 0
    number = t("day.tile.minutes", n=minutes)
    if late is None:
        return Tile(number, t("day.tile.late"), "", _here(t, asked), is_on=False, is_late=False)
    name = next(desk_words(desk, t) for desk in day.desks if desk.id == late.desk_id)
    is_on = filters.desk == str(late.desk_id)
    return Tile(
        number,
        t("day.tile.late"),
        t("day.tile.stated", desk=name) if late.is_stated else name,
        _here(t, asked, desk=ALL if is_on else str(late.desk_id)),
        is_on=is_on,
        is_late=True,
    )


def _first_free_tile(first_free: date | None, day: Day, t: Texts) -> Tile:
    """«σήμερα», «αύριο», «σε 3 ημέρες»; it leads to that day."""
    if first_free is None:
        return Tile(t("day.tile.none"), t("day.tile.first_free_on"), "", day_href(day, day.day, t), False, False)
    ahead = (first_free - day.today).days
    if ahead <= 0:
        number = t("day.tile.is_today")
    elif ahead == 1:
        number = t("day.tile.is_tomorrow")
    else:
        number = t.count("day.tile.in_days", ahead)
    return Tile(number, t("day.tile.first_free_on"), "", day_href(day, first_free, t), False, False)


def show_notices(day: Day, calls: int, t: Texts) -> list[Notice]:
    """What is to be known of the day, and what waits to be done."""
    zone, language, slug = day.place.zone, t.language, day.place.slug
    notices = []
    for desk in day.desks:
        name = desk_words(desk, t)
        notices += [_absence(desk, name, day, t)] if desk.absent else []
        if desk.stated_delay and desk.delay_until:
            minutes, until = int(desk.stated_delay.total_seconds() // 60), desk_clock(desk.delay_until, zone)
            is_to_end = desk.delay_until >= day_period(day.today, zone).ends_at
            key = "day.stated_to_end" if is_to_end else "day.stated"
            notices.append(Notice(t(key, desk=name, minutes=minutes, until=until), "", True))
    if day.unrecorded:
        href = localized("/desk/unrecorded", language) + f"?m={slug}"
        notices.append(Notice(t.count("day.unrecorded", day.unrecorded), href, True))
    if day.open_plans:
        href = localized("/admin/closures", language) + f"?m={slug}"
        notices.append(Notice(t.count("plan.waiting", day.open_plans), href, True))
    calls_href = localized("/desk/calls", language) + f"?m={slug}"
    if calls:
        notices.append(Notice(t.count("day.calls", calls), calls_href, False))
    if failed := sum(one.is_undelivered for one in day.bookings):
        notices.append(Notice(t.count("day.undelivered", failed), calls_href, True))
    if day.erased_at:
        notices.append(Notice(t("day.erased", day=short_day(local_day(day.erased_at, zone), language)), "", False))
    return notices


def _absence(desk: DayDesk, name: str, day: Day, t: Texts) -> Notice:
    zone = day.place.zone
    times = ", ".join(
        f"{desk_clock(one.starts_at, zone)}–{desk_clock(one.ends_at, zone)}"
        for one in desk.absent
        if one.length < timedelta(hours=23)
    )
    text = t("day.absence", desk=name, times=times) if times else t("day.absence_all_day", desk=name)
    return Notice(text, "", False)


def show_closed(day: Day, next_days: NextDays | None, t: Texts) -> str:
    """Why nobody is served on the day, and when it goes on."""
    if day.closed is None:
        return ""
    if day.closed.reason is not None:
        reason = day.closed.reason[t.language]
    else:
        is_holiday = day.closed.is_holiday
        reason = holiday_name(day.day, t.language) if is_holiday else t("day.closed.no_hours")
    if next_days is None or next_days.open_on is None:
        return t("day.closed_on", reason=reason)
    return t("day.closed", reason=reason, day=day_of_month(next_days.open_on, t.language))


def desk_options(day: Day, t: Texts) -> list[Option]:
    """My desk, all, and each by its name."""
    mine = [Option(MINE, t("day.filter.my_desk"))] if day.my_desk.desk_id is not None else []
    return [*mine, Option(ALL, t("day.filter.all")), *own_desk_options(day, t)]


def own_desk_options(day: Day, t: Texts) -> list[Option]:
    """Those at which somebody can work: no lanes."""
    return [Option(str(one.id), desk_words(one, t)) for one in day.desks if one.overflow_of is None]


def service_options(day: Day, t: Texts) -> list[Option]:
    """Those in scope."""
    return [Option("", t("day.filter.all")), *(Option(str(one.id), one.name[t.language]) for one in day.services)]


def mode_options(t: Texts) -> list[Option]:
    """All three."""
    return [Option("", t("day.filter.all_modes")), *(Option(mode.value, t(f"mode.{mode}")) for mode in Mode)]


def status_options(t: Texts) -> list[Option]:
    """The open ones by themselves, what is over in two groups."""
    labels = {"done": t("day.filter.done"), "cancelled": t("day.filter.cancelled")}
    return [
        Option("", t("day.filter.all")),
        *(Option(status, labels.get(status) or t(f"desk.status.{status}")) for status in STATUSES),
    ]


def day_href(day: Day, to: date, t: Texts) -> str:
    """Another day of the same municipality."""
    on = "" if to == day.today else f"&date={to.isoformat()}"
    return localized("/desk", t.language) + f"?m={day.place.slug}{on}"


def show_scope(day: Day, t: Texts) -> str:
    """What of the municipality is seen, where that is not all."""
    names = " · ".join(words[t.language] for words in day.departments)
    return t("day.scope", names=names) if names else ""


def _here(t: Texts, asked: Asked, **changes: str) -> str:
    return localized("/desk", t.language) + "?" + day_query(asked, **changes)
