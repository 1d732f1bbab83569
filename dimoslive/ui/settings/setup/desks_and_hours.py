"""The tasks of desks and hours: each has its help in one press."""

from dataclasses import dataclass

import reflex as rx

from dimoslive.domain.people.permissions import Permission
from dimoslive.domain.people.principals import Official
from dimoslive.domain.settings.tasks import Task
from dimoslive.domain.settings.usual import CLOSES, OPENS
from dimoslive.i18n import Texts, texts_of
from dimoslive.services.settings.tasks.list_tasks import list_tasks
from dimoslive.services.settings.tasks.local_holidays import offer_local_holidays, suggest_local_holidays
from dimoslive.services.settings.tasks.usual_desks import add_usual_desks
from dimoslive.services.settings.tasks.usual_hours import set_usual_hours
from dimoslive.ui.settings.entries import has_entry
from dimoslive.ui.settings.setup.frame import by_hand, one_press, task_page
from dimoslive.ui.settings.setup.task_state import TaskPageState
from dimoslive.ui.shared.call import call
from dimoslive.ui.shared.guard import for_official
from dimoslive.ui.staff.frame import staff_href


@dataclass(frozen=True)
class HolidayView:
    """A local holiday, in words."""

    name: str
    day: str


class SetUpDesksState(TaskPageState, rx.State):
    """Two desks in each department."""

    summary: str = ""

    @for_official(Permission.MANAGE_MUNICIPALITY)
    async def load(self, official: Official) -> None:
        """How many services have one."""
        self.said = ""
        place = await self._enter(official, Permission.MANAGE_MUNICIPALITY)
        if place is not None:
            await self._read(official, place.municipality_id)

    @for_official(Permission.MANAGE_MUNICIPALITY)
    async def add(self, official: Official) -> None:
        """«2 θέσεις σε κάθε τμήμα»."""
        place = await self._workplace(official, Permission.MANAGE_MUNICIPALITY)
        added = await call(add_usual_desks, official, place.municipality_id)
        await self._read(official, place.municipality_id)
        self._say("tasks.desks_added", desks=added.desks, services=added.services)

    async def _read(self, official: Official, municipality_id: int) -> None:
        t, tasks = texts_of(self._language()), await call(list_tasks, official, municipality_id)
        counts = tasks.counts
        self.summary = t("tasks.with_desk", done=counts.with_desk, total=counts.services)
        self.is_loaded = True


class SetUpHoursState(TaskPageState, rx.State):
    """Monday to Friday for all, and local holidays."""

    summary: str = ""
    holidays: list[HolidayView] = []

    @for_official(Permission.MANAGE_MUNICIPALITY)
    async def load(self, official: Official) -> None:
        """How many services have some."""
        self.said = ""
        place = await self._enter(official, Permission.MANAGE_MUNICIPALITY)
        if place is not None:
            await self._read(official, place.municipality_id)

    @for_official(Permission.MANAGE_MUNICIPALITY)
    async def set_hours(self, official: Official) -> None:
        """«Για όλες»."""
        place = await self._workplace(official, Permission.MANAGE_MUNICIPALITY)
        number = await call(set_usual_hours, official, place.municipality_id)
        await self._read(official, place.municipality_id)
        self._say("tasks.hours_set", number)

    @for_official(Permission.MANAGE_MUNICIPALITY)
    async def suggest(self, official: Official) -> None:
        """Local holidays become closures to be confirmed."""
        place = await self._workplace(official, Permission.MANAGE_MUNICIPALITY)
        number = await call(suggest_local_holidays, official, place.municipality_id)
        await self._read(official, place.municipality_id)
        self._say("tasks.holidays_suggested", number)

    async def _read(self, official: Official, municipality_id: int) -> None:
        t, tasks = texts_of(self._language()), await call(list_tasks, official, municipality_id)
        counts = tasks.counts
        self.summary = t("tasks.with_hours", done=counts.with_hours, total=counts.services)
        self.holidays = [
            HolidayView(one.name_el if t.language == "el" else one.name_en, f"{one.day}/{one.month}")
            for one in await call(offer_local_holidays, official, municipality_id)
        ]
        self.is_loaded = True


def set_up_desks(t: Texts) -> rx.Component:
    """The page."""
    s = SetUpDesksState
    return task_page(
        t,
        s,
        Task.DESKS,
        rx.el.p(s.summary, class_name="summary"),
        one_press(t, s, t("tasks.two_desks"), t("tasks.two_desks_text"), t("tasks.two_desks"), s.add),
        rx.el.p(t("tasks.officials_optional"), class_name="soft"),
        by_hand(t, "officials") if has_entry("officials") else rx.fragment(),
        entry="desks",
    )


def set_up_hours(t: Texts) -> rx.Component:
    """The page."""
    s = SetUpHoursState
    week = t("tasks.week", opens=f"{OPENS:%-H:%M}", closes=f"{CLOSES:%-H:%M}")
    return task_page(
        t,
        s,
        Task.HOURS,
        rx.el.p(s.summary, class_name="summary"),
        one_press(t, s, week, t("tasks.week_text"), t("tasks.week_press"), s.set_hours),
        rx.cond(
            s.holidays.length() > 0,
            one_press(
                t,
                s,
                t("tasks.holidays"),
                rx.fragment(
                    rx.el.p(t("tasks.holidays_text")),
                    rx.el.ul(rx.foreach(s.holidays, lambda one: rx.el.li(one.day, " · ", one.name))),
                ),
                t("tasks.holidays_press"),
                s.suggest,
            ),
            rx.fragment(),
        ),
        rx.el.p(
            t("tasks.holidays_by_hand"),
            " ",
            rx.el.a(t("settings.nav.closures"), href=staff_href("/admin/closures", t.language)),
            class_name="byhand",
        ),
        entry="hours",
    )
