"""One service: change it, add one, pause it, take it out of use."""

from collections.abc import Mapping
from typing import Any

import reflex as rx
from reflex.event import EventSpec

from dimoslive.domain.errors import NotFound
from dimoslive.domain.people.permissions import Permission
from dimoslive.domain.people.principals import Official
from dimoslive.domain.settings.typed import hours_text
from dimoslive.i18n import Texts, texts_of
from dimoslive.services.settings.root_change import Opened, Saved
from dimoslive.services.settings.services.archive_service import archive_service, restore_service
from dimoslive.services.settings.services.delete_service import delete_service
from dimoslive.services.settings.services.open_service import OpenService, open_service
from dimoslive.services.settings.services.pause_service import resume_service
from dimoslive.services.settings.services.save_service import add_service, save_service
from dimoslive.ui.settings.acts import DIALOGS
from dimoslive.ui.settings.form_state import SettingsFormState
from dimoslive.ui.settings.frame_ids import SAVED
from dimoslive.ui.settings.hours.form_state import hours_shown, label_of_hours
from dimoslive.ui.settings.services.view_models import (
    HOURS,
    desk_choices,
    pause_words,
    reserve_words,
    shown,
    sub_title,
    warnings_of,
)
from dimoslive.ui.shared.call import call
from dimoslive.ui.shared.guard import background, for_official
from dimoslive.ui.staff.parts import Choice
from dimoslive.urls import settings_path

NAME = "services"


class ServiceState(SettingsFormState, rx.State):
    """The service that the address names, or a new one."""

    title: str = ""
    sub: str = ""
    thing: str = ""
    is_new: bool = False
    is_active: bool = True
    can_manage: bool = False
    can_delete: bool = False
    dialog: str = ""
    departments: list[Choice] = []
    own_desks: list[Choice] = []
    other_desks: list[Choice] = []
    warnings: list[str] = []
    reserve: str = ""
    paused: str = ""
    _department_names: dict[int, str] = {}
    _desk_names: dict[int, str] = {}

    def _topic(self) -> str:
        return NAME

    def _as_fields(self, values: Mapping[str, object]) -> dict[str, str]:
        lengths = {
            name: hours_text(value) for name, value in values.items() if name in HOURS and isinstance(value, int)
        }
        return super()._as_fields(values) | lengths

    def _label(self, field: str, t: Texts) -> str:
        return label_of_hours(field, t) or super()._label(field, t)

    def _shown(self, field: str, value: object, t: Texts) -> str:
        if label_of_hours(field, t):
            return hours_shown(value, t)
        own = shown(field, value, self._department_names, self._desk_names, t)
        return super()._shown(field, value, t) if own is None else own

    @for_official(Permission.EDIT_SERVICES)
    async def load(self, official: Official) -> None:
        """As it is now."""
        self.is_loaded, self.dialog = False, ""
        if not await self._read(official):
            return
        done = self._asked("done")
        if done == "added":
            self._say_saved()
        elif done == "paused" and self.paused:
            self._say("services.paused")

    @for_official(Permission.EDIT_SERVICES)
    @background
    async def suggest(self, _official: Official, field: str, greek: str) -> None:
        """English for a Greek field that was left."""
        self._suggest(field, greek)

    @for_official(Permission.EDIT_SERVICES)
    async def submit(self, official: Official, form_data: dict) -> EventSpec | None:
        """«Αποθήκευση»: a new one gets its own page; what hits bookings or free times leads to its plan."""
        place, service_id = await self._workplace(official, Permission.EDIT_SERVICES), self._asked_id()

        async def send(opened: Opened, raw: Mapping[str, object]) -> Saved | int:
            if service_id is None:
                return await call(add_service, official, place.municipality_id, raw)
            return await call(save_service, official, place.municipality_id, service_id, opened, raw)

        result = await self._submit(form_data, send)
        if isinstance(result, int):
            self.saved_count += 1
            if service_id is not None:
                return rx.redirect(settings_path(f"plan/{result}", place.slug, self._language()))
            return rx.redirect(settings_path(f"{NAME}/{result}", place.slug, self._language(), done="added"))
        if result is not None and await self._read(official):
            self._say_saved(result)
        return None

    @for_official(Permission.EDIT_SERVICES)
    async def resume(self, official: Official) -> None:
        """«Άνοιγμα ξανά»."""
        await self._do(official, Permission.EDIT_SERVICES, resume_service, "services.resumed")

    @for_official(Permission.MANAGE_SERVICES)
    async def ask(self, _official: Official, dialog: str) -> None:
        """Open or leave a question."""
        self.dialog = dialog if dialog in DIALOGS else ""

    @for_official(Permission.MANAGE_SERVICES)
    async def archive(self, official: Official) -> EventSpec | None:
        """«Αρχειοθέτηση»; where somebody has booked, or could, by a plan."""
        self.dialog = ""
        plan_id = await self._do(official, Permission.MANAGE_SERVICES, archive_service, "services.archived")
        if not plan_id:
            return None
        place = await self._workplace(official, Permission.MANAGE_SERVICES)
        return rx.redirect(settings_path(f"plan/{plan_id}", place.slug, self._language()))

    @for_official(Permission.MANAGE_SERVICES)
    async def restore(self, official: Official) -> None:
        """«Επαναφορά»."""
        await self._do(official, Permission.MANAGE_SERVICES, restore_service, "services.restored")

    @for_official(Permission.MANAGE_SERVICES)
    async def delete(self, official: Official) -> EventSpec:
        """«Διαγραφή»."""
        self.dialog = ""
        place = await self._workplace(official, Permission.MANAGE_SERVICES)
        await call(delete_service, official, place.municipality_id, self._id())
        return rx.redirect(settings_path(NAME, place.slug, self._language()))

    async def _do(self, official: Official, permission: Permission, service: Any, done: str) -> int:
        """Do it, and say so; or give the id of the plan that it became."""
        place = await self._workplace(official, permission)
        plan_id: int | None = await call(service, official, place.municipality_id, self._id())
        if not plan_id and await self._read(official):
            self._say(done)
        return plan_id or 0

    def _say(self, key: str) -> None:
        self.saved = texts_of(self._language())(key)
        self._focus(SAVED)

    def _id(self) -> int:
        return self._asked_id() or 0

    async def _read(self, official: Official) -> bool:
        """The service as it is now; False, and the missing page, if it is not there or not theirs."""
        place = await self._enter(official, Permission.EDIT_SERVICES)
        if place is None:
            return False
        try:
            found = await call(open_service, official, place.municipality_id, self._asked_id())
        except NotFound:
            self.is_missing, self.is_loaded = True, True
            return False
        self._show(found)
        self.is_loaded = True
        return True

    def _show(self, found: OpenService) -> None:
        t = texts_of(self._language())
        self._department_names = {id_: name[t.language] for id_, name in found.departments.items()}
        self._desk_names = {desk.id: desk.name[t.language] for desk in found.desks}
        self._open(found.opened)
        self._show_history(found.history)
        self.thing = "" if self._asked_id() is None else str(self._asked_id())
        self.is_new, self.is_active = not self.thing, found.is_active
        self.can_manage, self.can_delete = found.can_manage, found.can_delete
        self.title = t("services.new") if self.is_new else self.values[f"name_{t.language}"]
        self.sub = "" if self.is_new else sub_title(found, t)
        self.departments = [Choice(str(id_), name) for id_, name in self._department_names.items()]
        self.own_desks, self.other_desks = desk_choices(found, t)
        self.warnings, self.reserve, self.paused = warnings_of(found, t), reserve_words(found, t), pause_words(found, t)
