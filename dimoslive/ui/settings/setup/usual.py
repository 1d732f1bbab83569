"""The tasks of departments and services: ticks from what most municipalities have."""

from collections.abc import Iterable
from dataclasses import dataclass

import reflex as rx

from dimoslive.domain.people.permissions import Permission
from dimoslive.domain.people.principals import Official
from dimoslive.domain.scheduling.mode import Mode
from dimoslive.domain.settings.tasks import Task
from dimoslive.domain.settings.usual import DEPARTMENTS, SERVICES
from dimoslive.i18n import Texts, texts_of
from dimoslive.services.settings.tasks.usual_departments import add_usual_departments, offer_usual_departments
from dimoslive.services.settings.tasks.usual_services import (
    OfferedUsualService,
    add_usual_services,
    offer_usual_services,
)
from dimoslive.ui.settings.setup.frame import task_page, tick, ticks
from dimoslive.ui.settings.setup.task_state import TaskPageState, ticked
from dimoslive.ui.shared.call import call
from dimoslive.ui.shared.guard import for_official


@dataclass(frozen=True)
class UsualView:
    """A usual thing, in words."""

    key: str
    name: str
    under: str
    is_there: bool


class UsualState(TaskPageState, mixin=True):
    """Usual things, by ticks."""

    rows: list[UsualView] = []
    ticks_version: int = 0
    """Rises with what is there: then the ticks are set anew."""

    def _show_rows(self, rows: Iterable[UsualView]) -> None:
        self.rows, self.ticks_version = list(rows), self.ticks_version + 1
        self.is_loaded = True


class SetUpDepartmentsState(UsualState, rx.State):
    """Twelve usual departments."""

    @for_official(Permission.MANAGE_MUNICIPALITY)
    async def load(self, official: Official) -> None:
        """With those that are there."""
        self.said = ""
        place = await self._enter(official, Permission.MANAGE_MUNICIPALITY)
        if place is not None:
            await self._read(official, place.municipality_id)

    @for_official(Permission.MANAGE_MUNICIPALITY)
    async def submit(self, official: Official, form_data: dict) -> None:
        """«Προσθήκη»."""
        place = await self._workplace(official, Permission.MANAGE_MUNICIPALITY)
        keys = ticked(form_data, [one.key for one in DEPARTMENTS])
        added = await call(add_usual_departments, official, place.municipality_id, frozenset(keys))
        await self._read(official, place.municipality_id)
        self._say("tasks.departments_added", added)

    async def _read(self, official: Official, municipality_id: int) -> None:
        language = self._language()
        found = await call(offer_usual_departments, official, municipality_id)
        self._show_rows(
            UsualView(one.usual.key, one.usual.name_el if language == "el" else one.usual.name_en, "", one.is_there)
            for one in found
        )


class SetUpServicesState(UsualState, rx.State):
    """Sixteen usual services."""

    @for_official(Permission.MANAGE_MUNICIPALITY)
    async def load(self, official: Official) -> None:
        """With those that are there."""
        self.said = ""
        place = await self._enter(official, Permission.MANAGE_MUNICIPALITY)
        if place is not None:
            await self._read(official, place.municipality_id)

    @for_official(Permission.MANAGE_MUNICIPALITY)
    async def submit(self, official: Official, form_data: dict) -> None:
        """«Προσθήκη»."""
        place = await self._workplace(official, Permission.MANAGE_MUNICIPALITY)
        keys = ticked(form_data, [one.key for one in SERVICES])
        added = await call(add_usual_services, official, place.municipality_id, frozenset(keys))
        await self._read(official, place.municipality_id)
        self._say("tasks.services_added", added)

    async def _read(self, official: Official, municipality_id: int) -> None:
        t = texts_of(self._language())
        found = await call(offer_usual_services, official, municipality_id)
        self._show_rows(_service(one, t) for one in found)


def set_up_departments(t: Texts) -> rx.Component:
    """The page."""
    s = SetUpDepartmentsState
    return task_page(
        t,
        s,
        Task.DEPARTMENTS,
        ticks(t, s, t("tasks.usual_departments"), _rows(t, s), t("tasks.add_ticked"), s.submit),
        entry="departments",
    )


def set_up_services(t: Texts) -> rx.Component:
    """The page."""
    s = SetUpServicesState
    return task_page(
        t,
        s,
        Task.SERVICES,
        ticks(t, s, t("tasks.usual_services"), _rows(t, s), t("tasks.add_ticked"), s.submit),
        entry="services",
    )


def _rows(t: Texts, s: type[UsualState]) -> rx.Component:
    there = t("tasks.there")
    return rx.foreach(s.rows, lambda row: tick(row.key, row.name, row.under, is_there=row.is_there, there=there))


def _service(one: OfferedUsualService, t: Texts) -> UsualView:
    usual, department, is_greek = one.usual, one.department, t.language == "el"
    modes = ", ".join(t(f"mode.{mode}") for mode in Mode if usual.offers(mode))
    under = t(
        "tasks.usual_service" if one.has_department or one.is_there else "tasks.usual_service_and_department",
        department=department.name_el if is_greek else department.name_en,
        duration=t.count("duration", usual.duration_minutes),
        modes=modes,
    )
    return UsualView(usual.key, usual.name_el if is_greek else usual.name_en, under, one.is_there)
