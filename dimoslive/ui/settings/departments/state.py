"""One department: change it, add one, take it out of use."""

from collections.abc import Mapping
from typing import Any

import reflex as rx
from reflex.event import EventSpec

from dimoslive.domain.errors import NotFound, StillNeeded
from dimoslive.domain.people.permissions import Permission
from dimoslive.domain.people.principals import Official
from dimoslive.i18n import texts_of
from dimoslive.services.settings.departments.archive_department import archive_department, restore_department
from dimoslive.services.settings.departments.delete_department import delete_department
from dimoslive.services.settings.departments.open_department import open_department
from dimoslive.services.settings.departments.save_department import add_department, save_department
from dimoslive.services.settings.root_change import Opened, Saved
from dimoslive.ui.settings.acts import DIALOGS, Blocker
from dimoslive.ui.settings.form_state import SettingsFormState
from dimoslive.ui.settings.frame_ids import SAVED
from dimoslive.ui.shared.call import call
from dimoslive.ui.shared.guard import background, for_official
from dimoslive.urls import settings_path

NAME = "departments"


class DepartmentState(SettingsFormState, rx.State):
    """The department that the address names, or a new one."""

    title: str = ""
    is_new: bool = False
    is_active: bool = True
    can_manage: bool = False
    can_delete: bool = False
    dialog: str = ""
    blockers: list[Blocker] = []

    def _topic(self) -> str:
        return NAME

    @for_official(Permission.EDIT_DEPARTMENT)
    async def load(self, official: Official) -> None:
        """As it is now."""
        self.is_loaded, self.dialog, self.blockers = False, "", []
        if await self._read(official) and self._asked("done") == "added":
            self._say_saved()

    @for_official(Permission.EDIT_DEPARTMENT)
    @background
    async def suggest(self, _official: Official, field: str, greek: str) -> None:
        """English for a Greek field that was left."""
        self._suggest(field, greek)

    @for_official(Permission.EDIT_DEPARTMENT)
    async def submit(self, official: Official, form_data: dict) -> EventSpec | None:
        """«Αποθήκευση», of the form or of the answers to what somebody else changed meanwhile.

        A new one gets its own page.
        """
        place, department_id = await self._workplace(official, Permission.EDIT_DEPARTMENT), self._asked_id()

        async def send(opened: Opened, raw: Mapping[str, object]) -> Saved | int:
            if department_id is None:
                return await call(add_department, official, place.municipality_id, raw)
            return await call(save_department, official, place.municipality_id, department_id, opened, raw)

        result = await self._submit(form_data, send)
        if isinstance(result, int):
            self.saved_count += 1
            return rx.redirect(settings_path(f"{NAME}/{result}", place.slug, self._language(), done="added"))
        if result is not None and await self._read(official):
            self._say_saved(result)
        return None

    @for_official(Permission.MANAGE_DEPARTMENTS)
    async def ask(self, _official: Official, dialog: str) -> None:
        """Open or leave a question."""
        self.dialog = dialog if dialog in DIALOGS else ""

    @for_official(Permission.MANAGE_DEPARTMENTS)
    async def archive(self, official: Official) -> None:
        """«Αρχειοθέτηση»; what still needs it is named."""
        self.dialog = ""
        try:
            await self._do(official, archive_department, "departments.archived")
        except StillNeeded as refusal:
            language = self._language()
            self.blockers = [Blocker(name[language], str(id_)) for id_, name in refusal.names.items()]
            raise

    @for_official(Permission.MANAGE_DEPARTMENTS)
    async def restore(self, official: Official) -> None:
        """«Επαναφορά»."""
        await self._do(official, restore_department, "departments.restored")

    @for_official(Permission.MANAGE_DEPARTMENTS)
    async def delete(self, official: Official) -> EventSpec:
        """«Διαγραφή»."""
        self.dialog = ""
        place = await self._workplace(official, Permission.MANAGE_DEPARTMENTS)
        await call(delete_department, official, place.municipality_id, self._id())
        return rx.redirect(settings_path(NAME, place.slug, self._language()))

    async def _do(self, official: Official, service: Any, done: str) -> None:
        place = await self._workplace(official, Permission.MANAGE_DEPARTMENTS)
        self.blockers = []
        await call(service, official, place.municipality_id, self._id())
        if await self._read(official):
            self.saved = texts_of(self._language())(done)
            self._focus(SAVED)

    async def _read(self, official: Official) -> bool:
        """The department as it is now; False, and the missing page, if it is not there or not theirs."""
        place = await self._enter(official, Permission.EDIT_DEPARTMENT)
        if place is None:
            return False
        try:
            found = await call(open_department, official, place.municipality_id, self._asked_id())
        except NotFound:
            self.is_missing, self.is_loaded = True, True
            return False
        t = texts_of(self._language())
        self._open(found.opened)
        self.is_new, self.is_active = self._asked_id() is None, found.is_active
        self.can_manage, self.can_delete = found.can_manage, found.can_delete
        self.title = t("departments.new") if self.is_new else self.values[f"name_{t.language}"]
        self._show_history(found.history)
        self.is_loaded = True
        return True

    def _id(self) -> int:
        return self._asked_id() or 0
