"""One receiver of webhooks: change it, try it, give it another secret."""

from collections.abc import Mapping

import reflex as rx
from reflex.event import EventSpec

from dimoslive.domain.errors import NotFound
from dimoslive.domain.people.permissions import Permission
from dimoslive.domain.people.principals import Official
from dimoslive.domain.settings.webhook import KEEP_FORMER_HOURS
from dimoslive.domain.webhooks.events import CHOOSABLE
from dimoslive.i18n import Texts, texts_of
from dimoslive.i18n.desk_dates import desk_moment
from dimoslive.services.settings.root_change import Opened, Saved
from dimoslive.services.settings.webhooks.open_webhook import OpenWebhook, open_webhook
from dimoslive.services.settings.webhooks.read_log import send_test
from dimoslive.services.settings.webhooks.save_webhook import (
    AddedWebhook,
    add_webhook,
    delete_webhook,
    rotate_secret,
    save_webhook,
)
from dimoslive.ui.settings.form_state import SettingsFormState
from dimoslive.ui.settings.frame_ids import SAVED
from dimoslive.ui.settings.webhooks.words import off_words
from dimoslive.ui.shared.call import call, context
from dimoslive.ui.shared.guard import for_official
from dimoslive.ui.staff.parts import Choice, read_id
from dimoslive.urls import settings_path

NAME = "webhooks"
SECRET = "webhook-secret"  # noqa: S105  # the id of an element
_DIALOGS = frozenset({"", "delete", "rotate"})


class WebhookState(SettingsFormState, rx.State):
    """The receiver that the address names, or a new one."""

    title: str = ""
    thing: str = ""
    is_new: bool = False
    is_on: bool = True
    off_line: str = ""
    """Why it was switched off by itself, and when."""
    former_line: str = ""
    """Until when the former secret signs too."""
    secret: str = ""
    """Shown once, right after it was made."""
    dialog: str = ""
    choices: list[Choice] = []
    keeps: list[Choice] = []
    _made_secret: str = ""

    def _topic(self) -> str:
        return NAME

    def _shown(self, field: str, value: object, t: Texts) -> str:
        if field == "events":
            return ", ".join(t(f"webhooks.event.{event}") for event in str(value).split())
        return super()._shown(field, value, t)

    def _as_fields(self, values: Mapping[str, object]) -> dict[str, str]:
        """Each event is a tick of its own."""
        ticks = {f"events-{event}": "on" for event in str(values.get("events") or "").split()}
        typed = {name: "on" for name, value in values.items() if name.startswith("events-") and value}
        return super()._as_fields(values) | ticks | typed

    @for_official(Permission.MANAGE_WEBHOOKS)
    async def load(self, official: Official) -> None:
        """As it is now; with the secret if that was made a moment ago."""
        self.is_loaded, self.dialog = False, ""
        self.secret, self._made_secret = self._made_secret, ""
        if await self._read(official) and self._asked("done") == "added":
            self._say_saved()
            if self.secret:
                self._focus(SECRET)

    @for_official(Permission.MANAGE_WEBHOOKS)
    async def submit(self, official: Official, form_data: dict) -> EventSpec | None:
        """«Αποθήκευση»; a new one gets its own page, and a secret."""
        place, endpoint_id = await self._workplace(official, Permission.MANAGE_WEBHOOKS), self._asked_id()

        async def send(opened: Opened, raw: Mapping[str, object]) -> Saved | AddedWebhook:
            if endpoint_id is None:
                return await add_webhook(context(), official, place.municipality_id, raw)
            return await save_webhook(context(), official, place.municipality_id, endpoint_id, opened, raw)

        result = await self._submit(form_data, send)
        if isinstance(result, AddedWebhook):
            self.saved_count += 1
            self._made_secret = result.secret
            return rx.redirect(settings_path(f"{NAME}/{result.id}", place.slug, self._language(), done="added"))
        if result is not None and await self._read(official):
            self._say_saved(result)
        return None

    @for_official(Permission.MANAGE_WEBHOOKS)
    async def ask(self, _official: Official, dialog: str) -> None:
        """Open or leave a question."""
        self.dialog = dialog if dialog in _DIALOGS else ""

    @for_official(Permission.MANAGE_WEBHOOKS)
    async def rotate(self, official: Official, form_data: dict) -> None:
        """«Νέο μυστικό»."""
        place = await self._workplace(official, Permission.MANAGE_WEBHOOKS)
        hours = read_id(str(form_data.get("hours", ""))[:5]) or 0
        secret = await call(rotate_secret, official, place.municipality_id, self._asked_id() or 0, hours)
        if await self._read(official):
            self.dialog, self.secret = "", secret
            self._focus(SECRET)

    @for_official(Permission.MANAGE_WEBHOOKS)
    async def test(self, official: Official) -> None:
        """«Δοκιμή»: what comes of it stands in the log."""
        place = await self._workplace(official, Permission.MANAGE_WEBHOOKS)
        await call(send_test, official, place.municipality_id, self._asked_id() or 0)
        self.saved = texts_of(self._language())("webhooks.test_sent")
        self._focus(SAVED)

    @for_official(Permission.MANAGE_WEBHOOKS)
    async def delete(self, official: Official) -> EventSpec:
        """«Διαγραφή»."""
        place = await self._workplace(official, Permission.MANAGE_WEBHOOKS)
        await call(delete_webhook, official, place.municipality_id, self._asked_id() or 0)
        return rx.redirect(settings_path(NAME, place.slug, self._language(), done="deleted"))

    async def _read(self, official: Official) -> bool:
        """The receiver as it is now; False, and the missing page, if it is not there or not theirs."""
        place = await self._enter(official, Permission.MANAGE_WEBHOOKS)
        if place is None:
            return False
        try:
            found = await call(open_webhook, official, place.municipality_id, self._asked_id())
        except NotFound:
            self.is_missing, self.is_loaded = True, True
            return False
        self._show(found, place.zone)
        self.is_loaded = True
        return True

    def _show(self, found: OpenWebhook, zone: str) -> None:
        t = texts_of(self._language())
        self._open(found.opened)
        self._show_history(found.history)
        self.is_new, self.is_on = self._asked_id() is None, bool(found.opened.values["is_active"])
        self.title = t("webhooks.new") if self.is_new else self.values["name"]
        self.thing = "" if self.is_new else str(self._asked_id())
        self.choices = [Choice(event.value, t(f"webhooks.event.{event}")) for event in CHOOSABLE]
        self.keeps = [Choice(str(hours), t(f"webhooks.keep.{hours}")) for hours in KEEP_FORMER_HOURS]
        until = found.former_until
        self.former_line = t("webhooks.former", until=desk_moment(until, zone)) if until else ""
        self.off_line = off_words(found.switched_off_at, found.off_because, zone, t)
