"""What the calendar step shows, and what a press does."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime

import reflex as rx
from reflex.event import EventSpec

from dimoslive.domain.booking.draft import Step
from dimoslive.domain.errors import IncompleteDraft, NotOffered
from dimoslive.domain.people.permissions import Permission
from dimoslive.domain.people.principals import Citizen
from dimoslive.domain.scheduling.local_time import ATHENS, local_day, same_clock
from dimoslive.i18n import Texts, texts_of
from dimoslive.i18n.dates import day_of_month, full_time, short_day
from dimoslive.i18n.when import in_zone
from dimoslive.services.draft.open_calendar import open_calendar
from dimoslive.services.draft.pick_slot import pick_slot
from dimoslive.ui.citizen.booking.calendar.free_days import FreeDays, choice_of
from dimoslive.ui.citizen.booking.state import WizardState, entered, instant
from dimoslive.ui.citizen.booking.view_models import (
    DayOfTimes,
    Month,
    last_day,
    show_month,
    show_times,
    zone_line,
)
from dimoslive.ui.citizen.booking.ways import way_to
from dimoslive.ui.shared.call import call, context
from dimoslive.ui.shared.guard import PageState, background, for_citizen, visitor_zone

_KEEPING_THE_DAY = (Step.CALENDAR, Step.DETAILS, Step.CONSENT)
LIST_DAYS = 5
"""Days shown at once in the list, and added by «περισσότερες ημέρες»."""


class CalendarState(PageState, rx.State):
    """What the calendar shows: what was free some seconds ago at most. Whether it still is, a press of a time finds."""

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
    _free: FreeDays | None = None

    @for_citizen(Permission.BOOK)
    async def load(self, principal: Citizen) -> EventSpec | None:
        """Arriving: the held day, else the first free one, is chosen."""
        # A connection that returns, or a way back from the next steps, does not take the day away that one looks at.
        if not self._zone or (await self.get_state(WizardState))._step not in _KEEPING_THE_DAY:
            self._zone = visitor_zone(self)
            self._day, self._first_of_month, self._list_days = "", "", LIST_DAYS
        return await self._refresh(principal)

    @for_citizen(Permission.BOOK)
    async def show_month(self, principal: Citizen, first: str) -> EventSpec | None:
        """Another month: its first free day is chosen."""
        self._first_of_month, self._day = first[:10], ""
        return await self._look(principal)

    @for_citizen(Permission.BOOK)
    async def pick_day(self, principal: Citizen, on: str) -> EventSpec | None:
        """A day of the grid."""
        self._day = on[:10]
        return await self._look(principal)

    @for_citizen(Permission.BOOK)
    async def pick_time(self, principal: Citizen, at: int) -> EventSpec | None:
        """A time: it is held from now on. If somebody was faster, its day is shown as it is now."""
        zone = self._zone or visitor_zone(self)
        try:
            picked = await call(pick_slot, principal, instant(at), zone)
        except IncompleteDraft:
            # The calendar was of a draft that another window has emptied since.
            wizard = await self.get_state(WizardState)
            await wizard._tell_lost(principal, wizard._hold_shown, Step.MUNICIPALITY)
            return rx.redirect(way_to(self, Step.MUNICIPALITY, self._language()))
        opened, free = picked.opened, self._free
        if free is None or free.zone != zone or free.choice != choice_of(opened.draft):
            outcome = await self._refresh(principal)
        else:
            await entered(self, principal, opened, Step.CALENDAR, zone)
            self._free, outcome = free.with_day(picked.day, picked.starts, opened.draft.hold), None
            self._show(self._free, opened.at)
        if picked.is_taken:
            self.problem = texts_of(self._language())("error.slot_taken")
        return outcome

    @for_citizen(Permission.BOOK)
    async def show_as_list(self, principal: Citizen, is_list: bool) -> EventSpec | None:
        """Grid or list."""
        self.is_list = is_list
        return await self._look(principal)

    @for_citizen(Permission.BOOK)
    async def more_days(self, principal: Citizen) -> EventSpec | None:
        """More days of the list."""
        self._list_days += LIST_DAYS
        return await self._look(principal)

    @for_citizen(Permission.BOOK)
    async def switch_zone(self, principal: Citizen) -> EventSpec | None:
        """The visitor's own time, or Greek time."""
        own = visitor_zone(self)
        self._zone, self._day, self._first_of_month = (ATHENS if self._zone == own else own), "", ""
        free, now = self._free, context().clock.now()
        if free is None or not free.is_fresh(now):
            return await self._refresh(principal)
        self._free = free.in_zone(self._zone)
        self._show(self._free, now)
        (await self.get_state(WizardState))._tell_time(free.hold, self._zone, free.home)
        return None

    @for_citizen(Permission.BOOK)
    @background
    async def time_over(self, principal: Citizen) -> EventSpec | None:
        """The countdown stands at nought: if the time is held no longer, it is not the chosen one either."""
        return await self._refresh(principal)

    @for_citizen(Permission.BOOK)
    async def go_on(self, _principal: Citizen) -> EventSpec | None:
        """«Συνέχεια»."""
        if self.has_chosen:
            return rx.redirect(way_to(self, Step.DETAILS, self._language()))
        self.problem = texts_of(self._language())("calendar.choose_time")
        return None

    async def _look(self, principal: Citizen) -> EventSpec | None:
        """Show another part of what was read; what was read too long ago is read again."""
        free, now = self._free, context().clock.now()
        if free is None or free.zone != self._zone or not free.is_fresh(now):
            return await self._refresh(principal)
        self._show(free, now)
        return None

    async def _refresh(self, principal: Citizen) -> EventSpec | None:
        self._zone = self._zone or visitor_zone(self)
        read = await call(open_calendar, principal)
        opened = await entered(self, principal, read.opened, Step.CALENDAR, self._zone)
        if isinstance(opened, EventSpec):
            return opened
        if read.times is None:
            raise NotOffered()
        self._free = FreeDays.of(opened.draft, read.times, self._zone, opened.at)
        self._show(self._free, opened.at)
        self.is_loaded = True
        return None

    def _show(self, free: FreeDays, now: datetime) -> None:
        t, zone, hold = texts_of(self._language()), free.zone, free.hold
        days = free.days()
        held_at = int(hold.period.starts_at.timestamp()) if hold else 0
        held_on = local_day(hold.period.starts_at, zone) if hold else None
        today, last = local_day(now, zone), last_day(free.last_open_day, free.home, zone)
        month = self._month_on_view(today, last)
        chosen = self._chosen_day(list(days), held_on, month)
        first = (month or chosen or today).replace(day=1)
        self._first_of_month, self._day = first.isoformat(), chosen.isoformat() if chosen else ""
        self.month = show_month(first, days, chosen, today, last, t)
        # A month without a free day may stand between two that have some.
        self.nothing_free = self._nothing_free(days, first, free, t)
        starts = days.get(chosen, ()) if chosen else ()
        self.day = show_times(chosen, starts, zone, free.home, held_at, t) if chosen else DayOfTimes()
        self.has_chosen = hold is not None
        self._show_list(days, zone, free.home, held_at, t)
        shown_at = held_at if hold and held_on == chosen else starts[0] if starts else int(now.timestamp())
        self._show_zone(datetime.fromtimestamp(shown_at, UTC), zone, free.home, t)

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

    def _nothing_free(self, days: Mapping[date, object], first: date, free: FreeDays, t: Texts) -> str:
        if any((day.year, day.month) == (first.year, first.month) for day in days):
            return ""
        later = next((day for day in days if day > first), None)
        if later is not None:
            return t("calendar.next_free", day=day_of_month(later, t.language))
        opens_at, own = free.next_release_at, visitor_zone(self)
        words = full_time(opens_at, t.language, free.home)
        return t("calendar.next_release", time=in_zone(words, opens_at, free.home, own, free.home, t))

    def _show_list(self, days: Mapping[date, Sequence[int]], zone: str, home: str, held_at: int, t: Texts) -> None:
        if not self.is_list:
            self.days, self.has_more_days = [], False
            return
        shown = list(days.items())[: self._list_days]
        self.days = [show_times(day, starts, zone, home, held_at, t) for day, starts in shown]
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
    calendar._free = None
    return rx.redirect(way_to(state, Step.CALENDAR, state._language()))


def _parse_date(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
