"""A service takes no new bookings for a while: what citizens read, and until when."""

from collections.abc import Mapping

import reflex as rx
from reflex.event import EventSpec

from dimoslive.domain.errors import NotFound
from dimoslive.domain.people.permissions import Permission
from dimoslive.domain.people.principals import Official
from dimoslive.i18n import texts_of
from dimoslive.services.settings.root_change import Opened, Saved
from dimoslive.services.settings.services.open_service import OpenPause, open_pause
from dimoslive.services.settings.services.pause_service import pause_service
from dimoslive.ui.settings.form_state import SettingsFormState
from dimoslive.ui.settings.services.state import NAME
from dimoslive.ui.shared.call import call
from dimoslive.ui.shared.guard import background, for_official
from dimoslive.urls import settings_path


class ServicePauseState(SettingsFormState, rx.State):
    """The pause of the service that the address names."""

    title: str = ""
    stays: str = ""
    """What happens to those who have booked."""
    is_paused: bool = False

    def _topic(self) -> str:
        return "services"

    @for_official(Permission.EDIT_SERVICES)
    async def load(self, official: Official) -> None:
        """As it is now; where nobody ever wrote anything, with the usual words."""
        self.is_loaded = False
        place = await self._enter(official, Permission.EDIT_SERVICES)
        if place is None:
            return
        try:
            found = await call(open_pause, official, place.municipality_id, self._asked_id() or 0)
        except NotFound:
            self.is_missing, self.is_loaded = True, True
            return
        self._show(found)
        self.is_loaded = True

    @for_official(Permission.EDIT_SERVICES)
    @background
    async def suggest(self, _official: Official, field: str, greek: str) -> None:
        """English for a Greek field that was left."""
        self._suggest(field, greek)

    @for_official(Permission.EDIT_SERVICES)
    async def submit(self, official: Official, form_data: dict) -> EventSpec | None:
        """«Παύση»; then the service says it."""
        place, service_id = await self._workplace(official, Permission.EDIT_SERVICES), self._asked_id() or 0

        async def send(opened: Opened, raw: Mapping[str, object]) -> Saved:
            return await call(pause_service, official, place.municipality_id, service_id, opened, raw)

        if await self._submit(form_data, send) is None:
            return None
        self.saved_count += 1
        return rx.redirect(settings_path(f"{NAME}/{service_id}", place.slug, self._language(), done="paused"))

    def _show(self, found: OpenPause) -> None:
        t = texts_of(self._language())
        self._open(found.opened)
        for language in ("el", "en"):
            field = f"pause_message_{language}"
            self.values[field] = self.values[field] or texts_of(language)("services.pause.usual")
        self.title = t("services.pause_of", name=found.name[t.language])
        ahead = found.bookings_ahead
        self.stays = t.count("services.pause.stays", ahead) if ahead else t("services.pause.none_ahead")
        self.is_paused = found.is_paused
