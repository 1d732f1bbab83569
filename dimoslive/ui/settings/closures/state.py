"""One closure: enter it, or change its times and words."""

from collections.abc import Mapping

import reflex as rx
from reflex.event import EventSpec

from dimoslive.domain.errors import InvalidInput, NotFound
from dimoslive.domain.people.permissions import Permission
from dimoslive.domain.people.principals import Official
from dimoslive.domain.settings.history import ThingNames
from dimoslive.i18n import Texts, texts_of
from dimoslive.i18n.set_up_history import value_word
from dimoslive.services.settings.closures.plan_closure import open_closure, plan_closure
from dimoslive.services.settings.root_change import Opened
from dimoslive.ui.settings.form_state import SettingsFormState
from dimoslive.ui.shared.call import call
from dimoslive.ui.shared.guard import background, for_official
from dimoslive.ui.staff.parts import Choice
from dimoslive.urls import settings_path


class ClosureState(SettingsFormState, rx.State):
    """The closure that the address names, or a new one."""

    title: str = ""
    departments: list[Choice] = []
    is_over: bool = False
    twin: str = ""
    """The reason of one that closes the same already, and where it is."""
    twin_href: str = ""

    _names: ThingNames = {}

    def _topic(self) -> str:
        return "closures"

    def _shown(self, field: str, value: object, t: Texts) -> str:
        if field == "department":
            return next((one.text for one in self.departments if one.value == value), t("history.gone"))
        if field == "department_id" and value is None:
            return t("closures.everywhere")
        return value_word(field, value, self._names, t)

    @for_official(Permission.CLOSE_DEPARTMENT)
    async def load(self, official: Official) -> None:
        """As it is now."""
        self.is_loaded, self.twin_href = False, ""
        place = await self._enter(official, Permission.CLOSE_DEPARTMENT)
        if place is None:
            return
        try:
            found = await call(open_closure, official, place.municipality_id, self._asked_id())
        except NotFound:
            self.is_missing, self.is_loaded = True, True
            return
        t = texts_of(self._language())
        everywhere = [Choice("", t("closures.everywhere"))] if found.can_close_all else []
        named = [Choice(value, name[t.language]) for value, name in found.departments.items()]
        self.departments, self.is_over = everywhere + named, found.is_over
        self._names = {"department": {int(value): name for value, name in found.departments.items()}}
        self._open(found.opened)
        self._show_history(found.history)
        self.title = t("closures.new") if self._asked_id() is None else self.values[f"reason_{t.language}"]
        self.is_loaded = True

    @for_official(Permission.CLOSE_DEPARTMENT)
    @background
    async def suggest(self, _official: Official, field: str, greek: str) -> None:
        """English for a Greek reason that was left."""
        self._suggest(field, greek)

    @for_official(Permission.CLOSE_DEPARTMENT)
    async def submit(self, official: Official, form_data: dict) -> EventSpec | None:
        """«Δείτε τι αλλάζει»."""
        place, closure_id = await self._workplace(official, Permission.CLOSE_DEPARTMENT), self._asked_id()

        async def send(opened: Opened, raw: Mapping[str, object]) -> int:
            try:
                return await call(plan_closure, official, place.municipality_id, closure_id, opened, raw)
            except InvalidInput as refusal:
                language, params = self._language(), refusal.params
                self.twin = str(params[f"reason_{language}"])
                self.twin_href = settings_path(f"closures/{params['closure_id']}", place.slug, language)
                raise

        self.twin_href = ""

        plan_id = await self._submit(form_data, send)
        if plan_id is None:
            return None
        self.saved_count += 1
        return rx.redirect(settings_path(f"plan/{plan_id}", place.slug, self._language()))
