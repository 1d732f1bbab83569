"""The hours of every week: the list as it is being written, and what it would do."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import reflex as rx
from reflex.event import EventSpec

from dimoslive.domain.errors import NotFound
from dimoslive.domain.people.permissions import Permission
from dimoslive.domain.people.principals import Official
from dimoslive.domain.scheduling.edited_hours import MAX_INTERVALS
from dimoslive.domain.scheduling.opening_hours import WeeklyHours
from dimoslive.domain.settings.hours import TypedInterval, read_interval, rows_of
from dimoslive.i18n import Texts, texts_of
from dimoslive.i18n.dates import weekday_name
from dimoslive.services.settings.hours.copy_hours import Copied, copy_hours
from dimoslive.services.settings.hours.open_hours import OpenHours, open_hours
from dimoslive.services.settings.hours.preview_hours import HoursPreview, preview_week
from dimoslive.services.settings.hours.save_hours import save_week
from dimoslive.services.settings.hours.weigh_hours import weigh_week
from dimoslive.services.settings.root_change import Opened, Saved
from dimoslive.ui.settings.hours.form_state import MAX_TYPED, HoursFormState
from dimoslive.ui.settings.hours.view_models import (
    ColumnView,
    DayView,
    HourMark,
    as_typed,
    capacity_words,
    in_words,
    lead,
    mode_choices,
    picture,
    show_days,
    validity,
)
from dimoslive.ui.shared.call import call
from dimoslive.ui.shared.guard import background, for_official
from dimoslive.ui.staff.parts import Choice
from dimoslive.urls import settings_path

FIELDS = frozenset({"opens", "closes", "valid_from", "valid_until"})


class HoursWeekState(HoursFormState, rx.State):
    """The week of the service that the address names."""

    days: list[DayView] = []
    columns: list[ColumnView] = []
    marks: list[HourMark] = []
    is_wide: bool = False
    capacity: str = ""
    capacity_now: str = ""
    """What is in force, where the draft is worth something else."""
    over: list[str] = []
    others: list[Choice] = []
    modes: list[Choice] = []
    copying: int = -1
    """The weekday whose hours are being copied."""
    said: list[str] = []
    """What was copied, and where not."""
    is_kept: bool = False
    """Whether the draft is of before: the page was loaded again."""
    draft: int = 0
    """How often it was changed since it was opened, so that the page knows that there is something to lose."""
    _rows: list[TypedInterval] = []
    _validity_open: list[str] = []
    _was: list[WeeklyHours] = []
    _of: str = ""
    _next_key: int = 0

    @for_official(Permission.EDIT_SERVICES)
    async def load(self, official: Official) -> None:
        """As it is now; a draft that was not saved goes on, if it is of these hours."""
        kept = self._rows if self.draft and self._of == self.router.url.path else []
        version = self.opened_json
        if not await self._read(official) or not kept:
            return
        if self.opened_json == version:
            self._rows, self.is_kept = kept, True
            await self._weigh(official)

    @for_official(Permission.EDIT_SERVICES)
    async def discard(self, official: Official) -> None:
        """Back to what is saved."""
        await self._read(official)

    @for_official(Permission.EDIT_SERVICES)
    async def cancel(self, official: Official) -> EventSpec:
        """«Άκυρο»: back to the list; the draft is gone."""
        place, _ = await self._hours_of(official)
        self._rows, self.draft = [], 0
        return rx.redirect(settings_path("hours", place.slug, self._language()))

    @for_official(Permission.EDIT_SERVICES)
    @background
    async def note(self, official: Official, name: str, key: str, text: str) -> None:
        """A field was left."""
        if name in FIELDS:
            changed = [replace(row, **{name: text[:MAX_TYPED]}) if row.key == key else row for row in self._rows]
            if changed != self._rows:
                self._rows = changed
                await self._weigh(official)

    @for_official(Permission.EDIT_SERVICES)
    async def add(self, official: Official, weekday: int) -> None:
        """«Προσθήκη διαστήματος»: a row more, and the focus in it."""
        if weekday in range(7) and len(self._rows) < MAX_INTERVALS:
            row = TypedInterval(self._key(), weekday, "", "")
            self._rows = [*self._rows, row]
            await self._weigh(official)
            self._focus(f"opens-{row.key}")

    @for_official(Permission.EDIT_SERVICES)
    async def remove(self, official: Official, key: str) -> None:
        """«Αφαίρεση»."""
        gone = [row for row in self._rows if row.key == key]
        if gone:
            self._rows = [row for row in self._rows if row.key != key]
            await self._weigh(official)
            self._focus(f"add-{gone[0].weekday}")

    @for_official(Permission.EDIT_SERVICES)
    async def open_validity(self, official: Official, key: str) -> None:
        """«αλλαγή» of the dates between which an interval holds."""
        if key in {row.key for row in self._rows}:
            self._validity_open = [*self._validity_open, key]
            await self._weigh(official, is_change=False)
            self._focus(f"valid_from-{key}")

    @for_official(Permission.EDIT_SERVICES)
    async def ask_copy(self, _official: Official, weekday: int) -> None:
        """«Αντιγραφή σε…» of a weekday, or leave it."""
        left, self.copying = self.copying, weekday if weekday in range(7) else -1
        self._focus("copy-title" if self.copying >= 0 else f"copy-{left}")

    @for_official(Permission.EDIT_SERVICES)
    async def copy(self, official: Official, form_data: dict) -> None:
        """To the weekdays that are ticked, in the draft; to other services at once."""
        weekday, self.copying = self.copying, -1
        own = [row for row in self._rows if row.weekday == weekday]
        days = [day for day in range(7) if day != weekday and form_data.get(f"day-{day}")]
        offered = {choice.value for choice in self.others}
        services = [int(id_) for id_ in offered if form_data.get(f"service-{id_}")]
        if weekday < 0 or not (days or services):
            return
        copies = [replace(row, weekday=day, key=self._key()) for day in days for row in own]
        self._rows = [row for row in self._rows if row.weekday not in days] + copies
        self.said = []
        if services:
            place, _ = await self._hours_of(official)
            done = await call(copy_hours, official, place.municipality_id, services, weekday, own)
            self.said = self._copied(done, weekday)
        await self._weigh(official, is_change=bool(days))
        self._focus(f"copy-{weekday}")

    @for_official(Permission.EDIT_SERVICES)
    async def preview(self, official: Official) -> EventSpec | None:
        """«Δείτε τι αλλάζει»."""
        return await self._preview(official, {"opened": self.opened_json})

    @for_official(Permission.EDIT_SERVICES)
    async def answer(self, official: Official, form_data: dict) -> EventSpec | None:
        """The answers to what somebody else changed meanwhile: the draft is what comes of them."""
        return await self._preview(official, form_data)

    @for_official(Permission.EDIT_SERVICES)
    async def apply(self, official: Official) -> None:
        """«Εφαρμογή»."""
        place, service_id = await self._hours_of(official)

        async def send(opened: Opened, _raw: Mapping[str, object]) -> Saved:
            return await call(save_week, official, place.municipality_id, service_id, opened, self._rows)

        result = await self._submit({"opened": self.opened_json}, send)
        self.changes = []
        if result is None:
            await self._weigh(official)
        elif await self._read(official):
            self._say_saved(result)

    async def _preview(self, official: Official, form_data: dict) -> EventSpec | None:
        place, service_id = await self._hours_of(official)

        async def send(opened: Opened, raw: Mapping[str, object]) -> HoursPreview:
            if "merged" in form_data:
                self._rows = [replace(row, key=self._key()) for row in _as_typed_rows(raw)]
                self.conflicts = []
            return await call(preview_week, official, place.municipality_id, service_id, opened, self._rows)

        self.changes = []
        found = await self._submit(form_data, send)
        await self._weigh(official, is_change=False)
        if found is None:
            return None
        if found.plan_id:
            return rx.redirect(self._plan_href(place.slug, found.plan_id))
        self._show_changes(found.impact, texts_of(self._language()))
        return None

    async def _read(self, official: Official) -> bool:
        """The hours as they are now; False, and the missing page, if they are not there or not theirs."""
        place = await self._enter(official, Permission.EDIT_SERVICES)
        if place is None:
            return False
        try:
            found = await call(open_hours, official, place.municipality_id, self._service_id())
        except NotFound:
            self.is_missing, self.is_loaded = True, True
            return False
        t = texts_of(self._language())
        self._open(found.opened)
        self._fill(found, t)
        await self._weigh(official, is_change=False)
        self.is_loaded = True
        return True

    def _fill(self, found: OpenHours, t: Texts) -> None:
        self.title, self.lead = found.head.name[t.language], lead(found.head, t)
        self.thing, self.modes = str(self._service_id()), mode_choices(found.head, t)
        self._of, self._was = self.router.url.path, list(found.weekly)
        self._rows = [as_typed(hours, str(key)) for key, hours in enumerate(found.weekly)]
        self._next_key, self._validity_open = len(self._rows), []
        self.over = [_over(hours, t) for hours in found.over]
        self.others = [Choice(str(one.id), one.name[t.language]) for one in found.others]
        self.capacity_now = t.count("hours.capacity_now", found.capacity.places)
        self.copying, self.changes, self.said = -1, [], []
        self.is_kept, self.draft = False, 0

    async def _weigh(self, official: Official, *, is_change: bool = True) -> None:
        """The list, the picture and the sum follow the draft."""
        place, service_id = await self._hours_of(official)
        weighed = await call(weigh_week, official, place.municipality_id, service_id, self._rows)
        t = texts_of(self._language())
        self.days = show_days(weighed, self._validity_open, self.errors, t)
        drawn = picture(self._rows, self._was, t)
        self.columns, self.marks, self.is_wide = drawn.columns, drawn.marks, drawn.is_wide
        self.capacity = capacity_words(weighed.capacity, t)
        if is_change:
            self.changes, self.saved, self.draft = [], "", self.draft + 1

    def _copied(self, done: Sequence[Copied], weekday: int) -> list[str]:
        t = texts_of(self._language())
        names = {choice.value: choice.text for choice in self.others}
        day = weekday_name(weekday, t.language)
        return [
            t("hours.copied_to", service=names[str(one.service_id)], day=day)
            if one.refusal is None
            else t("hours.not_copied_to", service=names[str(one.service_id)], why=_why(one, t))
            for one in done
        ]

    def _control_label(self, field: str, t: Texts) -> str:
        name, _, key = field.partition("-")
        row = next((row for row in self._rows if row.key == key), None)
        if row is None:
            return super()._control_label(field, t)
        return t(f"hours.{name}", day=weekday_name(row.weekday, t.language), opens=row.opens)

    def _key(self) -> str:
        self._next_key += 1
        return str(self._next_key - 1)


def _as_typed_rows(values: Mapping[str, object]) -> list[TypedInterval]:
    """Rows of plain values, as a person would have typed them."""
    return [as_typed(hours, row.key) if (hours := read_interval(row)) else row for row in rows_of(values)]


def _over(hours: WeeklyHours, t: Texts) -> str:
    ended = validity(as_typed(hours, ""), t)
    return f"{weekday_name(hours.weekday, t.language)} {in_words([hours], t)}, {ended}"


def _why(one: Copied, t: Texts) -> str:
    if one.refusal is None:
        return ""
    problems = getattr(one.refusal, "problems", (one.refusal,))
    return " ".join(t(f"error.{problem.code}", **problem.params) for problem in problems[:2])
