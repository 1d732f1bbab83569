"""One key: make it, change it, give it a new secret, end it."""

from collections.abc import Mapping

import reflex as rx

from dimoslive.domain.errors import InvalidDetails, InvalidInput, NotFound
from dimoslive.domain.keys.lifetime import MAX_OVERLAP, USUAL_OVERLAP, KeyStatus
from dimoslive.domain.people.permissions import Permission
from dimoslive.domain.people.principals import Official, Scope
from dimoslive.domain.settings.key import field_of
from dimoslive.i18n import Texts, texts_of
from dimoslive.i18n.desk_dates import desk_date
from dimoslive.services.settings.keys.list_keys import OpenKey, open_key
from dimoslive.services.settings.keys.make_key import NewSecret, add_key, revoke_key, rotate_key, save_key
from dimoslive.services.settings.root_change import Opened, Saved
from dimoslive.ui.settings.form_state import SettingsFormState
from dimoslive.ui.settings.frame_ids import SAVED
from dimoslive.ui.settings.keys.view_models import facts_of, scope_word
from dimoslive.ui.shared.call import call
from dimoslive.ui.shared.guard import background, for_official

NAME = "keys"
SECRET = "key-secret"  # noqa: S105  # the id of a heading
OVERLAPS = (0, 1, USUAL_OVERLAP.days, 14, MAX_OVERLAP.days)
"""Days in which two secrets work."""
DIALOGS = frozenset({"", "rotate", "revoke"})


class KeyState(SettingsFormState, rx.State):
    """The key that the address names, or a new one."""

    title: str = ""
    is_new: bool = False
    is_active: bool = True
    ended: str = ""
    """That it has ended, in words."""
    facts: list[tuple[str, str]] = []
    dialog: str = ""
    secret: str = ""
    """Shown once: it is gone with the next look at the page."""

    def _topic(self) -> str:
        return NAME

    def _shown(self, field: str, value: object, t: Texts) -> str:
        if field == "scopes" and isinstance(value, str):
            chosen = value.split()
            return ", ".join(scope_word(scope, t) for scope in Scope if scope.value in chosen) or t("settings.nothing")
        if field == "networks" and isinstance(value, str):
            return ", ".join(value.split()) or t("keys.from_anywhere")
        return super()._shown(field, value, t)

    @for_official(Permission.MANAGE_KEYS)
    async def load(self, official: Official) -> None:
        """As it is now."""
        self.is_loaded, self.dialog, self.secret = False, "", ""
        await self._read(official)

    @for_official(Permission.MANAGE_KEYS)
    @background
    async def suggest(self, _official: Official, field: str, greek: str) -> None:
        """Nothing here has two languages."""

    @for_official(Permission.MANAGE_KEYS)
    async def submit(self, official: Official, form_data: dict) -> None:
        """«Δημιουργία» or «Αποθήκευση»; of a new one the secret is shown now and never again."""
        place, key_id = await self._workplace(official, Permission.MANAGE_KEYS), self._asked_id()

        async def send(opened: Opened, raw: Mapping[str, object]) -> Saved | NewSecret:
            if key_id is None:
                return await call(add_key, official, place.municipality_id, raw)
            return await call(save_key, official, place.municipality_id, key_id, opened, raw)

        result = await self._submit(form_data, send)
        if isinstance(result, NewSecret):
            self.saved_count += 1
            self._show_secret(result)
        elif result is not None and await self._read(official):
            self._say_saved(result)

    @for_official(Permission.MANAGE_KEYS)
    async def ask(self, _official: Official, dialog: str) -> None:
        """Open or leave a question."""
        self.dialog = dialog if dialog in DIALOGS else ""

    @for_official(Permission.MANAGE_KEYS)
    async def rotate(self, official: Official, form_data: dict) -> None:
        """«Νέο μυστικό», with how long the former one works too."""
        self.dialog = ""
        place = await self._workplace(official, Permission.MANAGE_KEYS)
        days = str(form_data.get("overlap", ""))
        overlap = int(days) if days in {str(one) for one in OVERLAPS} else -1
        result = await call(rotate_key, official, place.municipality_id, self._asked_id() or 0, overlap)
        if await self._read(official):
            self._show_secret(result)

    @for_official(Permission.MANAGE_KEYS)
    async def put_away(self, official: Official) -> None:
        """«Το αντέγραψα»: the secret goes from the page."""
        self.secret = ""
        await self._read(official)

    @for_official(Permission.MANAGE_KEYS)
    async def revoke(self, official: Official) -> None:
        """«Ανάκληση»."""
        self.dialog = ""
        place = await self._workplace(official, Permission.MANAGE_KEYS)
        await call(revoke_key, official, place.municipality_id, self._asked_id() or 0)
        if await self._read(official):
            self.saved = texts_of(self._language())("keys.revoked")
            self._focus(SAVED)

    def _show_secret(self, made: NewSecret) -> None:
        self.secret = made.text
        self._focus(SECRET)

    async def _read(self, official: Official) -> bool:
        """The key as it is now; False, and the missing page, if it is not there or not theirs."""
        place = await self._enter(official, Permission.MANAGE_KEYS)
        if place is None:
            return False
        try:
            found = await call(open_key, official, place.municipality_id, self._asked_id())
        except NotFound:
            self.is_missing, self.is_loaded = True, True
            return False
        self._fill(found)
        self.is_loaded = True
        return True

    def _fill(self, found: OpenKey) -> None:
        t, line = texts_of(self._language()), found.line
        self._open(found.opened)
        self.is_new, self.is_active = line is None, line is None or line.status is not KeyStatus.REVOKED
        self.title = line.name if line else t("keys.new")
        self.facts = facts_of(line, t) if line else []
        is_over = line is not None and line.status is not KeyStatus.ACTIVE
        self.ended = t(f"keys.ended.{line.status}", day=desk_date(line.last_day)) if line and is_over else ""
        self._show_history(found.history)

    def _open(self, opened: Opened) -> None:
        super()._open(opened)
        self._tick(opened.values)

    def _say_wrong(self, refusal: InvalidInput | InvalidDetails, raw: Mapping[str, object]) -> None:
        super()._say_wrong(refusal, raw)
        if "scopes" in raw:
            self._tick(raw)

    def _tick(self, values: Mapping[str, object]) -> None:
        """The scopes, as the ticks of the form show them."""
        chosen = str(values.get("scopes", "")).split()
        self.values = self.values | {field_of(scope): "on" if scope.value in chosen else "" for scope in Scope}
