"""Step 3: the day and the time."""

from datetime import date, datetime

import reflex as rx
from reflex.event import EventSpec

from dimoslive.domain.booking.draft import Step
from dimoslive.domain.errors import SlotTaken
from dimoslive.domain.people.principals import Citizen
from dimoslive.domain.scheduling.local_time import ATHENS, local_day, same_clock
from dimoslive.i18n import Texts, texts_of
from dimoslive.i18n.dates import day_of_month, full_time, short_day
from dimoslive.i18n.when import in_zone
from dimoslive.services.access.limit_attempts import RateLimit, limit_attempts
from dimoslive.services.catalogue.find_slots import FreeTimes, find_slots
from dimoslive.services.draft.hold_slot import hold_slot
from dimoslive.services.draft.open_draft import OpenDraft
from dimoslive.ui.citizen.booking.frame import actions, step_page
from dimoslive.ui.citizen.booking.state import WizardState, enter, instant
from dimoslive.ui.citizen.booking.view_models import (
    DayOfTimes,
    Month,
    Time,
    TimesPart,
    by_day,
    last_day,
    show_month,
    show_times,
    zone_line,
)
from dimoslive.ui.shared.call import call, context
from dimoslive.ui.shared.components.icons import clock as clock_icon
from dimoslive.ui.shared.components.scripts import date_grid, press_button
from dimoslive.ui.shared.guard import PageState, background, for_citizen, visitor_zone
from dimoslive.ui.shared.routes import step_path

_KEEPING_THE_DAY = (Step.CALENDAR, Step.DETAILS, Step.CONSENT)
LIST_DAYS = 5
"""Days shown at once in the list, and added by «περισσότερες ημέρες»."""


class CalendarState(PageState, rx.State):
    """What the calendar shows. Each press asks the engine again, so what is shown was free a moment ago."""

    month: Month = Month()
    day: DayOfTimes = DayOfTimes()
    days: list[DayOfTimes] = []
    has_more_days: bool = False
    is_list: bool = False
    nothing_free: str = ""
    zone_note: str = ""
    zone_offer: str = ""
    has_chosen: bool = False
    _zone: str = ""
    _list_days: int = LIST_DAYS
    _first_of_month: str = ""
    _day: str = ""

    @for_citizen
    async def load(self, principal: Citizen) -> EventSpec | None:
        """Arriving: the held day, else the first free one, is chosen."""
        # A connection that returns, or a way back from the next steps, does not take the day away that one looks at.
        if not self._zone or (await self.get_state(WizardState))._step not in _KEEPING_THE_DAY:
            self._zone = visitor_zone(self)
            self._day, self._first_of_month, self._list_days = "", "", LIST_DAYS
        return await self._refresh(principal)

    @for_citizen
    async def show_month(self, principal: Citizen, first: str) -> EventSpec | None:
        """Another month: its first free day is chosen."""
        self._first_of_month, self._day = first[:10], ""
        return await self._refresh(principal)

    @for_citizen
    async def pick_day(self, principal: Citizen, on: str) -> EventSpec | None:
        """A day of the grid."""
        self._day = on[:10]
        return await self._refresh(principal)

    @for_citizen
    async def pick_time(self, principal: Citizen, at: int) -> EventSpec | None:
        """A time: it is held from now on. If somebody was faster, the list is made anew."""
        await call(limit_attempts, RateLimit.HOLD, f"citizen-{principal.id}")
        try:
            await call(hold_slot, principal, instant(at))
        except SlotTaken:
            outcome = await self._refresh(principal)
            self.problem = texts_of(self._language())("error.slot_taken")
            return outcome
        return await self._refresh(principal)

    @for_citizen
    async def show_as_list(self, principal: Citizen, is_list: bool) -> EventSpec | None:
        """Grid or list."""
        self.is_list = is_list
        return await self._refresh(principal)

    @for_citizen
    async def more_days(self, principal: Citizen) -> EventSpec | None:
        """More days of the list."""
        self._list_days += LIST_DAYS
        return await self._refresh(principal)

    @for_citizen
    async def switch_zone(self, principal: Citizen) -> EventSpec | None:
        """The visitor's own time, or Greek time."""
        own = visitor_zone(self)
        self._zone, self._day, self._first_of_month = (ATHENS if self._zone == own else own), "", ""
        return await self._refresh(principal)

    @for_citizen
    @background
    async def time_over(self, principal: Citizen) -> EventSpec | None:
        """The countdown stands at nought: if the time is held no longer, it is not the chosen one either."""
        return await self._refresh(principal)

    @for_citizen
    async def go_on(self, _principal: Citizen) -> EventSpec | None:
        """«Συνέχεια»."""
        if self.has_chosen:
            return rx.redirect(step_path(Step.DETAILS, self._language()))
        self.problem = texts_of(self._language())("calendar.choose_time")
        return None

    async def _refresh(self, principal: Citizen) -> EventSpec | None:
        self._zone = self._zone or visitor_zone(self)
        opened = await enter(self, principal, Step.CALENDAR)
        if isinstance(opened, EventSpec):
            return opened
        draft = opened.draft
        assert draft.service_id is not None
        assert draft.mode is not None
        free = await call(find_slots, draft.service_id, draft.mode, moving=draft.moving or "", citizen_id=principal.id)
        self._show(free, opened)
        (await self.get_state(WizardState))._show(opened, self._zone)
        self.is_loaded = True
        return None

    def _show(self, free: FreeTimes, opened: OpenDraft) -> None:
        t, zone, hold = texts_of(self._language()), self._zone, opened.draft.hold
        days = by_day(free.slots, zone)
        held_at = int(hold.period.starts_at.timestamp()) if hold else 0
        held_on = local_day(hold.period.starts_at, zone) if hold else None
        today, last = local_day(context().clock.now(), zone), last_day(free.last_open_day, free.zone, zone)
        month = self._month_on_view(today, last)
        chosen = self._chosen_day(list(days), held_on, month)
        first = (month or chosen or today).replace(day=1)
        self._first_of_month, self._day = first.isoformat(), chosen.isoformat() if chosen else ""
        self.month = show_month(first, days, chosen, today, last, t)
        # A month without a free day may stand between two that have some.
        self.nothing_free = self._nothing_free(days, first, free, t)
        held = [] if hold is None or held_on != chosen else [hold.period.starts_at]
        slots = days.get(chosen, []) if chosen else []
        self.day = show_times(chosen, slots, zone, free.zone, held_at, t) if chosen else DayOfTimes()
        self.has_chosen = hold is not None
        self._show_list(days, zone, free.zone, held_at, t)
        shown_at = held[0] if held else slots[0].starts_at if slots else context().clock.now()
        self._show_zone(shown_at, zone, free.zone, t)

    def _month_on_view(self, today: date, last: date) -> date | None:
        """The month leafed to, or the nearest that can be shown; none on arrival."""
        wanted = _parse_date(self._first_of_month)
        return min(max(wanted, today), last).replace(day=1) if wanted else None

    def _chosen_day(self, free_days: list[date], held_on: date | None, month: date | None) -> date | None:
        """The day pressed, else the first free one of the month on view; on arrival the held one comes first."""
        wanted = _parse_date(self._day)
        if wanted is not None and (wanted in free_days or wanted == held_on):
            return wanted
        if month is None:
            return held_on or next(iter(free_days), None)
        return next((day for day in free_days if (day.year, day.month) == (month.year, month.month)), None)

    def _nothing_free(self, days: dict[date, object], first: date, free: FreeTimes, t: Texts) -> str:
        if any((day.year, day.month) == (first.year, first.month) for day in days):
            return ""
        later = next((day for day in days if day > first), None)
        if later is not None:
            return t("calendar.next_free", day=day_of_month(later, t.language))
        opens_at, own = free.next_release_at, visitor_zone(self)
        words = full_time(opens_at, t.language, free.zone)
        return t("calendar.next_release", time=in_zone(words, opens_at, free.zone, own, free.zone, t))

    def _show_list(self, days: dict[date, list], zone: str, home: str, held_at: int, t: Texts) -> None:
        if not self.is_list:
            self.days, self.has_more_days = [], False
            return
        shown = list(days.items())[: self._list_days]
        self.days = [show_times(day, slots, zone, home, held_at, t) for day, slots in shown]
        self.has_more_days = len(days) > len(shown)

    def _show_zone(self, at: datetime, zone: str, home: str, t: Texts) -> None:
        own = visitor_zone(self)
        self.zone_note = zone_line(at, zone, home, short_day(local_day(at, zone), t.language), t)
        differs = not same_clock(at, own, home)
        self.zone_offer = "" if not differs else t("calendar.to_own" if zone == home else "calendar.to_greek")


async def to_another_calendar(state: PageState) -> EventSpec:
    """The way to the calendar of what was just chosen; nothing of the last one is shown until the new one has come."""
    calendar, wizard = await state.get_state(CalendarState), await state.get_state(WizardState)
    calendar.is_loaded, calendar._day, calendar._first_of_month, wizard._held_until = False, "", "", None
    return rx.redirect(step_path(Step.CALENDAR, state._language()))


def _parse_date(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def calendar_step(t: Texts) -> rx.Component:
    """The page."""
    s = CalendarState
    return step_page(
        t,
        Step.CALENDAR,
        CalendarState,
        rx.cond(s.is_list, _list(t), _grid_and_times(t)),
        _zone(t),
        heights=("23rem", "3.2rem"),
        on_over=s.time_over,
        actions=actions(
            t,
            press_button(
                t, t("continue"), answered=s.answered, on_click=s.go_on, class_name="govgr-btn govgr-btn-primary"
            ),
            back=step_path(Step.MODE, t.language),
        ),
    )


def _grid_and_times(t: Texts) -> rx.Component:
    return rx.el.div(_grid(t), _times(t), class_name="cal")


def _grid(t: Texts) -> rx.Component:
    s = CalendarState
    return rx.el.section(
        rx.el.div(
            _month_button(t, "‹", "calendar.previous_month", s.month.previous),
            rx.el.h2(s.month.title, id="month-title", custom_attrs={"aria-live": "polite"}),
            _month_button(t, "›", "calendar.next_month", s.month.next),
            class_name="month",
        ),
        date_grid(t, s.month, labelled_by="month-title", answered=s.answered, on_month=s.show_month, on_day=s.pick_day),
        rx.el.p(
            rx.el.span(rx.el.i(), t("calendar.many")),
            rx.el.span(rx.el.i(class_name="few"), t("calendar.few")),
            rx.el.span(rx.el.i(class_name="today"), t("calendar.today")),
            class_name="legend",
            aria_hidden=True,
        ),
        aria_label=t("calendar.label"),
    )


def _month_button(t: Texts, sign: str, key: str, first: rx.Var) -> rx.Component:
    return press_button(
        t,
        sign,
        answered=CalendarState.answered,
        on_click=CalendarState.show_month(first),
        class_name="month__button",
        # Disabled, it would drop the focus of who leafs to the last month.
        custom_attrs={"aria-label": t(key), "aria-disabled": first == ""},
    )


def _times(t: Texts) -> rx.Component:
    s = CalendarState
    return rx.el.section(
        rx.cond(
            s.day.on != "",
            rx.fragment(
                rx.el.h2(s.day.title, id="day-title"),
                _day_zone(s.day),
                rx.el.p(s.day.count, " · ", _view_switch(t, "calendar.as_list", is_list=True), role="status"),
                rx.foreach(s.day.parts, lambda part: _part(t, part)),
            ),
            rx.fragment(rx.el.h2(t("calendar.no_times_title")), _no_times(t)),
        ),
        class_name="times",
    )


def _no_times(t: Texts) -> rx.Component:
    """When there will be some, and the way to another mode or service, which may have some now."""
    other = rx.el.a(t("calendar.other_way"), href=step_path(Step.MODE, t.language), class_name="govgr-link")
    return rx.fragment(rx.el.p(CalendarState.nothing_free, role="status"), rx.el.p(other))


def _day_zone(day: DayOfTimes) -> rx.Component:
    return rx.cond(day.zone != "", rx.el.p(day.zone), rx.fragment())


def _part(t: Texts, part: TimesPart) -> rx.Component:
    return rx.el.div(
        rx.el.h3(part.title, class_name="part"),
        rx.el.div(rx.foreach(part.times, lambda time: _time(t, time)), class_name="tgrid"),
    )


def _time(t: Texts, time: Time) -> rx.Component:
    s = CalendarState
    return press_button(
        t,
        time.label,
        rx.cond(time.greek != "", rx.el.small(t("calendar.greece"), " ", time.greek), rx.fragment()),
        answered=s.answered,
        on_click=s.pick_time(time.at),
        class_name=rx.cond(time.is_chosen, "t is-chosen", "t"),
        custom_attrs={"aria-label": time.name, "aria-pressed": time.is_chosen},
    )


def _list(t: Texts) -> rx.Component:
    s = CalendarState
    return rx.el.section(
        rx.el.p(_view_switch(t, "calendar.as_grid", is_list=False)),
        rx.foreach(
            s.days,
            lambda day: rx.el.div(
                rx.el.h2(day.title),
                _day_zone(day),
                rx.foreach(day.parts, lambda part: _part(t, part)),
                class_name="times",
            ),
        ),
        rx.cond(s.days.length() == 0, _no_times(t), rx.fragment()),
        rx.cond(
            s.has_more_days,
            press_button(
                t,
                t("calendar.more_days"),
                answered=s.answered,
                on_click=s.more_days,
                class_name="govgr-btn govgr-btn-secondary",
            ),
            rx.fragment(),
        ),
        aria_label=t("calendar.list_label"),
        class_name="tlist",
    )


def _view_switch(t: Texts, key: str, *, is_list: bool) -> rx.Component:
    s = CalendarState
    return press_button(t, t(key), answered=s.answered, on_click=s.show_as_list(is_list), class_name="as-link")


def _zone(t: Texts) -> rx.Component:
    s = CalendarState
    switch = press_button(t, s.zone_offer, answered=s.answered, on_click=s.switch_zone, class_name="as-link")
    return rx.el.div(
        clock_icon(),
        rx.el.p(s.zone_note, " ", rx.cond(s.zone_offer != "", switch, rx.fragment())),
        class_name="zone",
    )
