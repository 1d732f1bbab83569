"""One absence: enter it, or change its times and desks."""

from collections.abc import Mapping

import reflex as rx
from reflex.event import EventSpec

from dimoslive.domain.errors import NotFound
from dimoslive.domain.people.permissions import Permission
from dimoslive.domain.people.principals import Official
from dimoslive.domain.settings.history import ThingNames
from dimoslive.i18n import Texts, texts_of
from dimoslive.i18n.set_up_history import value_word
from dimoslive.services.settings.absences.plan_absence import open_absence, plan_absence
from dimoslive.services.settings.root_change import Opened
from dimoslive.ui.settings.form_state import SettingsFormState
from dimoslive.ui.shared.call import call
from dimoslive.ui.shared.guard import for_official
from dimoslive.ui.staff.parts import Choice
from dimoslive.urls import settings_path


class AbsenceState(SettingsFormState, rx.State):
    """The absence that the address names, or a new one."""

    title: str = ""
    desks: list[Choice] = []

    _names: ThingNames = {}

    def _topic(self) -> str:
        return "absences"

    def _label(self, field: str, t: Texts) -> str:
        return next((one.text for one in self.desks if one.value == field), "") or super()._label(field, t)

    def _shown(self, field: str, value: object, t: Texts) -> str:
        if field.startswith("desk_") and field != "desk_ids":
            return t("absences.away") if value == "on" else t("absences.staffed")
        return value_word(field, value, self._names, t)

    @for_official(Permission.MANAGE_ABSENCES)
    async def load(self, official: Official) -> None:
        """As it is now."""
        self.is_loaded = False
        place = await self._enter(official, Permission.MANAGE_ABSENCES)
        if place is None:
            return
        try:
            found = await call(open_absence, official, place.municipality_id, self._asked_id())
        except NotFound:
            self.is_missing, self.is_loaded = True, True
            return
        t = texts_of(self._language())
        self.desks = [Choice(f"desk_{id_}", name[t.language]) for id_, name in found.desks.items()]
        self._names = {"desk": found.desks}
        self._open(found.opened)
        self._show_history(found.history)
        self.title = t("absences.new") if self._asked_id() is None else t("absences.one")
        self.is_loaded = True

    @for_official(Permission.MANAGE_ABSENCES)
    async def submit(self, official: Official, form_data: dict) -> EventSpec | None:
        """«Δείτε τι αλλάζει»."""
        place, absence_id = await self._workplace(official, Permission.MANAGE_ABSENCES), self._asked_id()

        async def send(opened: Opened, raw: Mapping[str, object]) -> int:
            return await call(plan_absence, official, place.municipality_id, absence_id, opened, raw)

        plan_id = await self._submit(form_data, send)
        if plan_id is None:
            return None
        self.saved_count += 1
        return rx.redirect(settings_path(f"plan/{plan_id}", place.slug, self._language()))
