"""«Δηλώσεις»: what the municipality adds to the platform's text, and every version that was published."""

from collections.abc import Mapping
from dataclasses import dataclass

import reflex as rx

from dimoslive.domain.people.permissions import Permission
from dimoslive.domain.people.principals import Official
from dimoslive.domain.scheduling.mode import Mode
from dimoslive.i18n import Texts, texts_of
from dimoslive.i18n.declarations import declaration_of
from dimoslive.i18n.when import greek_time
from dimoslive.services.settings.declarations.open_declarations import (
    OpenDeclarations,
    PublishedSupplement,
    open_declarations,
)
from dimoslive.services.settings.declarations.publish_supplement import publish_supplement
from dimoslive.services.settings.declarations.save_supplement import save_supplement
from dimoslive.services.settings.root_change import Opened, Saved
from dimoslive.ui.settings.form_state import SettingsFormState
from dimoslive.ui.settings.frame_ids import SAVED
from dimoslive.ui.shared.call import call
from dimoslive.ui.shared.guard import background, for_official
from dimoslive.ui.shared.markdown import to_html

NAME = "declarations"


@dataclass(frozen=True)
class VersionView:
    """A published version in words; ``other`` is the added text in the page's other language."""

    label: str
    at: str
    sha256: str
    text: str
    other: str
    is_current: bool


@dataclass(frozen=True)
class PlatformView:
    """The platform's text for a mode, as HTML."""

    mode: str
    html: str


class DeclarationsState(SettingsFormState, rx.State):
    """The text that is being written, and the published ones."""

    platform: list[PlatformView] = []
    versions: list[VersionView] = []
    next_label: str = ""
    can_publish: bool = False
    dialog: str = ""
    _version: int = 0
    """Of the text as it is shown: another one is not published unseen."""

    def _topic(self) -> str:
        return NAME

    @for_official(Permission.MANAGE_MUNICIPALITY)
    async def load(self, official: Official) -> None:
        """As it is now."""
        self.is_loaded, self.dialog = False, ""
        await self._read(official)

    @for_official(Permission.MANAGE_MUNICIPALITY)
    @background
    async def suggest(self, _official: Official, field: str, greek: str) -> None:
        """Not offered here: a declaration is translated, not written in other letters."""

    @for_official(Permission.MANAGE_MUNICIPALITY)
    async def submit(self, official: Official, form_data: dict) -> None:
        """«Αποθήκευση»: nobody declares it before it is published."""
        place = await self._workplace(official, Permission.MANAGE_MUNICIPALITY)

        async def send(opened: Opened, raw: Mapping[str, object]) -> Saved:
            return await call(save_supplement, official, place.municipality_id, opened, raw)

        result = await self._submit(form_data, send)
        if result is not None and await self._read(official):
            self._say_saved(result)

    @for_official(Permission.MANAGE_MUNICIPALITY)
    async def ask(self, _official: Official, dialog: str) -> None:
        """Open or leave the question."""
        self.dialog = dialog if dialog in {"", "publish"} and self.can_publish else ""

    @for_official(Permission.MANAGE_MUNICIPALITY)
    async def publish(self, official: Official) -> None:
        """«Δημοσίευση νέας έκδοσης»: what was saved and shown, and nothing else."""
        self.dialog = ""
        place = await self._workplace(official, Permission.MANAGE_MUNICIPALITY)
        label = await call(publish_supplement, official, place.municipality_id, self._version)
        if await self._read(official):
            self.saved = texts_of(self._language())("declarations.published", version=label)
            self._focus(SAVED)

    async def _read(self, official: Official) -> bool:
        place = await self._enter(official, Permission.MANAGE_MUNICIPALITY)
        if place is None:
            return False
        t, found = texts_of(self._language()), await call(open_declarations, official, place.municipality_id)
        self._open(found.opened)
        self._version = found.opened.version
        self.next_label, self.can_publish = found.next_label, found.can_publish
        self.platform = [
            PlatformView(t(f"mode.{mode}"), to_html(declaration_of(mode, t.language).text)) for mode in Mode
        ]
        self.versions = _versions(found, place.zone, t)
        self.is_loaded = True
        return True


def _versions(found: OpenDeclarations, zone: str, t: Texts) -> list[VersionView]:
    other = "en" if t.language == "el" else "el"

    def view(one: PublishedSupplement, *, is_current: bool) -> VersionView:
        return VersionView(
            label=one.label,
            at=greek_time(one.published_at, zone, t),
            sha256=one.sha256,
            text=one.text[t.language] or t("declarations.nothing_added"),
            other=one.text[other],
            is_current=is_current,
        )

    return [view(one, is_current=at == 0) for at, one in enumerate(found.published)]
