"""The hours of single dates: a month with what each day is, and the form of one day."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

import reflex as rx
from reflex.event import EventSpec

from dimoslive.domain.desk.typed_days import read_typed_day
from dimoslive.domain.errors import NotFound
from dimoslive.domain.people.permissions import Permission
from dimoslive.domain.people.principals import Official
from dimoslive.domain.scheduling.edited_hours import MAX_DAYS_AHEAD, MAX_INTERVALS_A_DAY
from dimoslive.domain.scheduling.opening_hours import DatedHours, WeeklyHours
from dimoslive.domain.settings.hours import TypedInterval, date_field, dated_value
from dimoslive.i18n import Texts, texts_of
from dimoslive.i18n.dates import day_of_month, month_title, weekday_name
from dimoslive.i18n.desk_dates import desk_hours
from dimoslive.services.settings.hours.preview_hours import DayForm, HoursPreview, preview_day
from dimoslive.services.settings.hours.save_hours import save_day
from dimoslive.services.settings.hours.show_month import DayClosure, HoursMonth, MonthDay, show_month
from dimoslive.services.settings.hours.weigh_hours import weigh_day
from dimoslive.services.settings.root_change import Opened, Saved
from dimoslive.ui.settings.hours.form_state import MAX_TYPED, HoursFormState
from dimoslive.ui.settings.hours.view_models import RowView, in_words, lead, row_view
from dimoslive.ui.shared.call import call
from dimoslive.ui.shared.guard import background, for_official
from dimoslive.urls import settings_path

WEEKLY, OWN, CLOSED = "weekly", "own", "closed"
MONTHS_BACK = 3
DAY = "day-title"
"""The id of the heading of a day's form."""


@dataclass(frozen=True)
class EntryView:
    """What makes a day other than the week does, and where that comes from."""

    text: str
    source: str
    class_name: str


@dataclass(frozen=True)
class CellView:
    """A day of the grid; before the first and after the last there are empty ones."""

    key: str
    number: str
    name: str
    hours: str
    marks: list[EntryView]
    is_out: bool
    is_today: bool


@dataclass(frozen=True)
class WeekView:
    """A row of the grid."""

    key: str
    cells: list[CellView]


class HoursDatesState(HoursFormState, rx.State):
    """A month of the service that the address names, and the day that is being changed."""

    month: str = ""
    weeks: list[WeekView] = []
    previous: str = ""
    next: str = ""
    chosen: str = ""
    chosen_title: str = ""
    as_usual: str = ""
    kind: str = WEEKLY
    rows: list[RowView] = []
    can_add: bool = True
    is_holiday: str = ""
    """Its name, where the chosen day is one."""
    opens_on_holiday: bool = False
    is_past: bool = False
    capacity: str = ""
    _typed: list[TypedInterval] = []
    _next_key: int = 0

    @for_official(Permission.EDIT_SERVICES)
    async def load(self, official: Official) -> None:
        """The month that the address names, and its day if there is one."""
        self.chosen = ""
        month = await self._read(official)
        day = read_typed_day(self._asked("day"))
        if month and day:
            await self._choose(official, month, day)

    @for_official(Permission.EDIT_SERVICES)
    async def choose(self, official: Official, day: str) -> None:
        """A day of the grid is pressed."""
        month, chosen = await self._read(official), read_typed_day(day[:MAX_TYPED])
        if month and chosen:
            await self._choose(official, month, chosen)
            self._focus(DAY)

    @for_official(Permission.EDIT_SERVICES)
    async def choose_kind(self, official: Official, kind: str) -> None:
        """As every week, with hours of its own, or closed."""
        if kind in {WEEKLY, OWN, CLOSED}:
            self.kind, self.changes = kind, []
            if kind == OWN and not self._typed:
                self._typed = [TypedInterval(self._key(), 0, "", "")]
            await self._weigh(official)

    @for_official(Permission.EDIT_SERVICES)
    async def tick_holiday(self, _official: Official, is_ticked: bool) -> None:
        """«Ανοίγουμε σε αργία»."""
        self.opens_on_holiday, self.changes = is_ticked, []

    @for_official(Permission.EDIT_SERVICES)
    @background
    async def note(self, official: Official, name: str, key: str, text: str) -> None:
        """A field was left."""
        if name in {"opens", "closes"}:
            changed = [replace(row, **{name: text[:MAX_TYPED]}) if row.key == key else row for row in self._typed]
            if changed != self._typed:
                self._typed, self.changes = changed, []
                await self._weigh(official)

    @for_official(Permission.EDIT_SERVICES)
    async def add(self, official: Official) -> None:
        """«Προσθήκη διαστήματος»."""
        if len(self._typed) < MAX_INTERVALS_A_DAY:
            row = TypedInterval(self._key(), 0, "", "")
            self._typed, self.changes = [*self._typed, row], []
            await self._weigh(official)
            self._focus(f"opens-{row.key}")

    @for_official(Permission.EDIT_SERVICES)
    async def remove(self, official: Official, key: str) -> None:
        """«Αφαίρεση»."""
        left = [row for row in self._typed if row.key != key]
        # Hours of its own are at least one interval.
        self._typed, self.changes = left or [TypedInterval(self._key(), 0, "", "")], []
        await self._weigh(official)
        self._focus("add-interval")

    @for_official(Permission.EDIT_SERVICES)
    async def preview(self, official: Official) -> EventSpec | None:
        """«Δείτε τι αλλάζει»."""
        return await self._preview(official, {"opened": self.opened_json})

    @for_official(Permission.EDIT_SERVICES)
    async def answer(self, official: Official, form_data: dict) -> EventSpec | None:
        """The answer to what somebody else changed meanwhile."""
        return await self._preview(official, form_data)

    @for_official(Permission.EDIT_SERVICES)
    async def apply(self, official: Official) -> None:
        """«Εφαρμογή»."""
        place, service_id = await self._hours_of(official)

        async def send(opened: Opened, _raw: Mapping[str, object]) -> Saved:
            return await call(save_day, official, place.municipality_id, service_id, opened, self._form())

        result = await self._submit({"opened": self.opened_json}, send)
        self.changes = []
        if result is None:
            await self._weigh(official)
            return
        month, day = await self._read(official), read_typed_day(self.chosen)
        if month and day:
            await self._choose(official, month, day)
            self._say_saved(result)

    async def _preview(self, official: Official, form_data: dict) -> EventSpec | None:
        place, service_id = await self._hours_of(official)

        async def send(opened: Opened, raw: Mapping[str, object]) -> HoursPreview:
            if "merged" in form_data:
                self._take(raw.get(date_field(self._form().on)))
                self.conflicts = []
            return await call(preview_day, official, place.municipality_id, service_id, opened, self._form())

        self.changes = []
        found = await self._submit(form_data, send)
        await self._weigh(official)
        if found is None:
            return None
        if found.plan_id:
            return rx.redirect(self._plan_href(place.slug, found.plan_id))
        self._show_changes(found.impact, texts_of(self._language()))
        return None

    async def _read(self, official: Official) -> HoursMonth | None:
        """The month as it is now; none, and the missing page, if the service is not there or not theirs."""
        place = await self._enter(official, Permission.EDIT_SERVICES)
        if place is None:
            return None
        first = read_typed_day(f"{self._asked('month')}-01")
        try:
            found = await call(show_month, official, place.municipality_id, self._service_id(), first)
        except NotFound:
            self.is_missing, self.is_loaded = True, True
            return None
        t = texts_of(self._language())
        self.title, self.lead, self.thing = found.head.name[t.language], lead(found.head, t), str(self._service_id())
        self.month = month_title(found.first, t.language)
        self.weeks = _weeks(found, t)
        self.previous, self.next = (
            self._month_href(place.slug, day, found.today)
            for day in (found.first - timedelta(days=1), found.first + timedelta(days=31))
        )
        self.is_loaded = True
        return found

    def _month_href(self, slug: str, day: date, today: date) -> str:
        """Its address; empty where no dates are changed any more, nor of interest."""
        if not today - timedelta(days=31 * MONTHS_BACK) <= day <= today + timedelta(days=MAX_DAYS_AHEAD + 31):
            return ""
        return settings_path(f"hours/{self._service_id()}/dates", slug, self._language(), month=f"{day:%Y-%m}")

    async def _choose(self, official: Official, month: HoursMonth, on: date) -> None:
        day = next((one for one in month.days if one.day == on), None)
        if day is None:
            return
        t = texts_of(self._language())
        self._open(Opened(month.version, {date_field(on): dated_value(on, day.dated)}))
        self.chosen, self.chosen_title = on.isoformat(), day_of_month(on, t.language)
        self.as_usual = t("hours.as_every", day=weekday_name(on.weekday(), t.language), hours=in_words(_usual(day), t))
        self.is_holiday = day.holiday[t.language] if day.holiday else ""
        self.is_past = not month.today <= on <= month.today + timedelta(days=MAX_DAYS_AHEAD)
        self.changes, self._next_key = [], 0
        self._take(dated_value(on, day.dated))
        self.opens_on_holiday = bool(self._typed) and bool(self.is_holiday)
        await self._weigh(official)

    def _take(self, value: object) -> None:
        """The form shows this value of a date, which a browser may have sent."""
        spans = [one for one in value if isinstance(one, list) and len(one) == 2] if isinstance(value, list) else []
        self._typed = [
            TypedInterval(self._key(), 0, *(str(text)[:MAX_TYPED].removeprefix("0") for text in one))
            for one in spans[:MAX_INTERVALS_A_DAY]
        ]
        self.kind = WEEKLY if value is None else OWN if self._typed else CLOSED

    async def _weigh(self, official: Official) -> None:
        place, service_id = await self._hours_of(official)
        typed = self._typed if self.kind == OWN else []
        t = texts_of(self._language())
        self.rows = [row_view(row, self.chosen_title, self.errors, t) for row in self._typed]
        self.can_add = len(self._typed) < MAX_INTERVALS_A_DAY
        capacity = await call(weigh_day, official, place.municipality_id, service_id, typed)
        self.capacity = t.count("hours.capacity_day", capacity.places) if self.kind == OWN else ""

    def _form(self) -> DayForm:
        return DayForm(
            read_typed_day(self.chosen) or date.min,
            self._typed if self.kind == OWN else (),
            is_closed=self.kind == CLOSED,
            opens_on_holiday=self.opens_on_holiday,
        )

    def _key(self) -> str:
        self._next_key += 1
        return f"{self.chosen}-{self._next_key}"


def _weeks(month: HoursMonth, t: Texts) -> list[WeekView]:
    cells = [_empty(f"before-{place}") for place in range(month.first.weekday())]
    cells += [_cell(day, month, t) for day in month.days]
    cells += [_empty(f"after-{place}") for place in range(-len(cells) % 7)]
    return [WeekView(cells[at].key, cells[at : at + 7]) for at in range(0, len(cells), 7)]


def _empty(key: str) -> CellView:
    return CellView(key, "", "", "", [], is_out=True, is_today=False)


def _cell(day: MonthDay, month: HoursMonth, t: Texts) -> CellView:
    entries: list[EntryView] = []
    if day.dated:
        entries.append(EntryView(in_words(day.dated, t), t("hours.source.dated"), "is-dated"))
    if day.holiday:
        entries.append(EntryView(day.holiday[t.language], t("hours.source.holiday"), "is-holiday"))
    entries += [_closed(one, month.zone, t) for one in day.closures]
    has_own = bool(day.dated or day.holiday)
    return CellView(
        key=day.day.isoformat(),
        number=str(day.day.day),
        name=day_of_month(day.day, t.language),
        hours="" if has_own else in_words(day.weekly, t),
        marks=entries,
        is_out=not day.weekly and not day.dated,
        is_today=day.day == month.today,
    )


def _closed(closure: DayClosure, zone: str, t: Texts) -> EntryView:
    reason = closure.reason[t.language] or closure.reason["el"]
    text = f"{desk_hours(closure.period, zone)} {reason}" if closure.period else reason
    return EntryView(text, t("hours.source.closure"), "is-closed")


def _usual(day: MonthDay) -> list[WeeklyHours | DatedHours]:
    return [] if day.holiday else list(day.weekly)
