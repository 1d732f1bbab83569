"""A week in words: a card a day, and a table of services by days."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from dimoslive.domain.desk.week import ServiceUse
from dimoslive.i18n import Texts
from dimoslive.i18n.desk_dates import desk_hours, weekday_and_day
from dimoslive.services.desk.show_week import Closing, DeskAway, NamedService, Week, WeekDay
from dimoslive.urls import desk_list_path, localized


@dataclass(frozen=True)
class WeekLine:
    """Something to know of a day; ``icon`` names a drawing, ``href`` is where it leads, if anywhere."""

    icon: str
    text: str
    href: str = ""
    is_warning: bool = False


@dataclass(frozen=True)
class WeekCard:
    """A day. ``percent`` is the bar; number, bar and sentence say the same."""

    key: str
    title: str
    href: str
    is_today: bool
    is_over: bool
    booked: int
    booked_word: str
    free: int
    free_word: str
    has_places: bool
    percent: str
    use: str
    lines: list[WeekLine]
    class_name: str


@dataclass(frozen=True)
class WeekCell:
    """One service on one day."""

    key: str
    number: str
    more: str
    is_today: bool


@dataclass(frozen=True)
class WeekRow:
    """A department's heading, or a service."""

    key: str
    name: str
    is_group: bool
    cells: list[WeekCell]


def show_cards(week: Week, slug: str, zone: str, t: Texts) -> list[WeekCard]:
    """In the order of days."""
    return [_card(day, week, slug, zone, t) for day in week.days]


def _card(day: WeekDay, week: Week, slug: str, zone: str, t: Texts) -> WeekCard:
    use, is_today = day.use, day.use.day == week.today
    state = "is-today" if is_today else "is-past" if use.is_over else ""
    return WeekCard(
        key=use.day.isoformat(),
        title=weekday_and_day(use.day, t.language),
        href=f"{localized('/desk', t.language)}?m={slug}&date={use.day.isoformat()}",
        is_today=is_today,
        is_over=use.is_over,
        booked=use.booked,
        booked_word=t.count("week.booked", use.booked),
        free=use.free,
        free_word=t.count("week.stayed_free" if use.is_over else "week.free", use.free),
        has_places=use.places > 0,
        percent=f"{round(100 * use.taken / use.places)}%" if use.places else "0%",
        use=t.count("week.use", use.places, taken=use.taken) if use.places else t("week.closed"),
        lines=list(_lines(day, slug, zone, t)),
        class_name=f"week__day {state}".strip(),
    )


def _lines(day: WeekDay, slug: str, zone: str, t: Texts) -> Iterable[WeekLine]:
    use = day.use
    if day.holiday:
        yield WeekLine("day", t("week.holiday", name=day.holiday[t.language]))
    for closing in day.closings:
        yield WeekLine("day", _closing(closing, zone, t))
    for absence in day.absences:
        yield WeekLine("out", _absence(absence, zone, t))
    if use.is_over and use.done:
        yield WeekLine("check", t.count("week.done", use.done))
    if use.over_capacity:
        yield WeekLine("person", t.count("week.over_capacity", use.over_capacity))
    if use.unrecorded:
        href = f"{desk_list_path('unrecorded', t.language)}?m={slug}"
        yield WeekLine("alert", t.count("week.unrecorded", use.unrecorded), href, is_warning=True)
    if use.no_longer_fit:
        href = f"{localized('/desk', t.language)}?m={slug}&date={use.day.isoformat()}"
        yield WeekLine("alert", t.count("week.no_longer_fit", use.no_longer_fit), href, is_warning=True)


def _closing(closing: Closing, zone: str, t: Texts) -> str:
    reason, department = closing.reason[t.language], closing.department_name
    times = desk_hours(closing.period, zone) if closing.period else ""
    if department is None:
        return t("week.closing_at", times=times, reason=reason) if times else t("week.closing", reason=reason)
    name = department[t.language]
    if times:
        return t("week.closing_of_at", department=name, times=times, reason=reason)
    return t("week.closing_of", department=name, reason=reason)


def _absence(absence: DeskAway, zone: str, t: Texts) -> str:
    name = absence.desk_name[t.language]
    if absence.period is None:
        return t("week.absence_all_day", desk=name)
    return t("week.absence", desk=name, times=desk_hours(absence.period, zone))


def show_rows(week: Week, t: Texts) -> list[WeekRow]:
    """Services under their departments, in the week's order."""
    rows: list[WeekRow] = []
    department = 0
    for service in week.services:
        if service.department_id != department:
            department = service.department_id
            rows.append(WeekRow(f"d{department}", service.department_name[t.language], is_group=True, cells=[]))
        rows.append(_row(service, week.days, week, t))
    return rows


def _row(service: NamedService, days: Sequence[WeekDay], week: Week, t: Texts) -> WeekRow:
    cells = [
        _cell(day.use.by_service.get(service.id, ServiceUse()), day, is_today=day.use.day == week.today, t=t)
        for day in days
    ]
    return WeekRow(f"s{service.id}", service.name[t.language], is_group=False, cells=cells)


def _cell(use: ServiceUse, day: WeekDay, *, is_today: bool, t: Texts) -> WeekCell:
    key = day.use.day.isoformat()
    if not use.is_open:
        return WeekCell(key, str(use.booked) if use.booked else "", t("week.closed"), is_today)
    some, none = ("stayed", "none_stayed") if day.use.is_over else ("free", "none_free")
    more = t.count(f"week.cell.{some}", use.free) if use.free else t(f"week.cell.{none}")
    return WeekCell(key, str(use.booked), more, is_today)
