"""One desk: change it, add one, take it out of use."""

from collections.abc import Mapping
from typing import Any

import reflex as rx
from reflex.event import EventSpec

from dimoslive.domain.errors import LastDesk, NotFound
from dimoslive.domain.people.permissions import Permission
from dimoslive.domain.people.principals import Official
from dimoslive.i18n import Texts, texts_of
from dimoslive.services.settings.desks.archive_desk import archive_desk, restore_desk
from dimoslive.services.settings.desks.delete_desk import delete_desk
from dimoslive.services.settings.desks.open_desk import OpenDesk, open_desk
from dimoslive.services.settings.desks.save_desk import add_desk, save_desk
from dimoslive.services.settings.root_change import Opened, Saved
from dimoslive.ui.settings.acts import DIALOGS, Blocker
from dimoslive.ui.settings.form_state import SettingsFormState
from dimoslive.ui.settings.frame_ids import SAVED
from dimoslive.ui.shared.call import call
from dimoslive.ui.shared.guard import background, for_official
from dimoslive.ui.staff.parts import Choice
from dimoslive.urls import settings_path

NAME = "desks"


class DeskFormState(SettingsFormState, rx.State):
    """The desk that the address names, or a new one."""

    title: str = ""
    is_new: bool = False
    is_active: bool = True
    can_delete: bool = False
    dialog: str = ""
    departments: list[Choice] = []
    officials: list[Choice] = []
    usual_officials: list[Choice] = []
    """The same, and nobody."""
    blockers: list[Blocker] = []
    """The services that no other desk serves."""
    _department_names: dict[int, str] = {}
    _official_names: dict[int, str] = {}

    def _topic(self) -> str:
        return NAME

    def _shown(self, field: str, value: object, t: Texts) -> str:
        another = t("desks.another_official")
        if field == "department_id" and isinstance(value, int):
            return self._department_names.get(value, t("services.another_department"))
        if field == "official_ids" and isinstance(value, list):
            return ", ".join(self._official_names.get(id_, another) for id_ in value) or t("desks.nobody")
        if field == "usual_official_id" and isinstance(value, int):
            return self._official_names.get(value, another)
        return super()._shown(field, value, t)

    @for_official(Permission.MANAGE_DESKS)
    async def load(self, official: Official) -> None:
        """As it is now."""
        self.is_loaded, self.dialog, self.blockers = False, "", []
        if await self._read(official) and self._asked("done") == "added":
            self._say_saved()

    @for_official(Permission.MANAGE_DESKS)
    @background
    async def suggest(self, _official: Official, field: str, greek: str) -> None:
        """English for a Greek field that was left."""
        self._suggest(field, greek)

    @for_official(Permission.MANAGE_DESKS)
    async def submit(self, official: Official, form_data: dict) -> EventSpec | None:
        """«Αποθήκευση»; a new one gets its own page."""
        place, desk_id = await self._workplace(official, Permission.MANAGE_DESKS), self._asked_id()

        async def send(opened: Opened, raw: Mapping[str, object]) -> Saved | int:
            if desk_id is None:
                return await call(add_desk, official, place.municipality_id, raw)
            return await call(save_desk, official, place.municipality_id, desk_id, opened, raw)

        result = await self._submit(form_data, send)
        if isinstance(result, int):
            self.saved_count += 1
            return rx.redirect(settings_path(f"{NAME}/{result}", place.slug, self._language(), done="added"))
        if result is not None and await self._read(official):
            self._say_saved(result)
        return None

    @for_official(Permission.MANAGE_DESKS)
    async def ask(self, _official: Official, dialog: str) -> None:
        """Open or leave a question."""
        self.dialog = dialog if dialog in DIALOGS else ""

    @for_official(Permission.MANAGE_DESKS)
    async def archive(self, official: Official) -> EventSpec | None:
        """«Αρχειοθέτηση»; where somebody has booked, or could, by a plan."""
        plan_id = await self._do(official, archive_desk, "desks.archived")
        if not plan_id:
            return None
        place = await self._workplace(official, Permission.MANAGE_DESKS)
        return rx.redirect(settings_path(f"plan/{plan_id}", place.slug, self._language()))

    @for_official(Permission.MANAGE_DESKS)
    async def restore(self, official: Official) -> None:
        """«Επαναφορά»."""
        await self._do(official, restore_desk, "desks.restored")

    @for_official(Permission.MANAGE_DESKS)
    async def delete(self, official: Official) -> EventSpec | None:
        """«Διαγραφή»."""
        place = await self._workplace(official, Permission.MANAGE_DESKS)
        await self._try(delete_desk, official, place.municipality_id)
        return rx.redirect(settings_path(NAME, place.slug, self._language()))

    async def _do(self, official: Official, service: Any, done: str) -> int:
        """Do it, and say so; or give the id of the plan that it became."""
        place = await self._workplace(official, Permission.MANAGE_DESKS)
        plan_id = await self._try(service, official, place.municipality_id)
        if not plan_id and await self._read(official):
            self.saved = texts_of(self._language())(done)
            self._focus(SAVED)
        return plan_id

    async def _try(self, service: Any, official: Official, municipality_id: int) -> int:
        """What still needs it is named."""
        self.dialog, self.blockers = "", []
        try:
            return await call(service, official, municipality_id, self._asked_id() or 0) or 0
        except LastDesk as refusal:
            language = self._language()
            self.blockers = [Blocker(name[language], str(id_)) for id_, name in refusal.names.items()]
            raise

    async def _read(self, official: Official) -> bool:
        """The desk as it is now; False, and the missing page, if it is not there or not theirs."""
        place = await self._enter(official, Permission.MANAGE_DESKS)
        if place is None:
            return False
        try:
            found = await call(open_desk, official, place.municipality_id, self._asked_id())
        except NotFound:
            self.is_missing, self.is_loaded = True, True
            return False
        self._show(found)
        self.is_loaded = True
        return True

    def _show(self, found: OpenDesk) -> None:
        t = texts_of(self._language())
        self._department_names = {id_: name[t.language] for id_, name in found.departments.items()}
        self._official_names = found.officials
        self._open(found.opened)
        self._show_history(found.history)
        self.is_new, self.is_active = self._asked_id() is None, found.is_active
        self.can_delete = found.can_delete
        self.title = t("desks.new") if self.is_new else self.values[f"name_{t.language}"] or self.values["name_el"]
        self.departments = [Choice(str(id_), name) for id_, name in self._department_names.items()]
        self.officials = [Choice(str(id_), name) for id_, name in found.officials.items()]
        self.usual_officials = [Choice("", t("desks.no_usual")), *self.officials]
