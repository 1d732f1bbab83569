"""«Ενσωμάτωση»: the sites that may, those that tried, and what a webmaster pastes."""

from typing import Any, get_args

import reflex as rx

from dimoslive.domain.errors import InvalidInput
from dimoslive.domain.people.permissions import Permission
from dimoslive.domain.people.principals import Official
from dimoslive.domain.settings.origins import MAX_ORIGIN_LENGTH, nearest_origin
from dimoslive.i18n import LANGUAGES, texts_of
from dimoslive.services.settings.embedding.change_origins import add_origin, remove_origin
from dimoslive.services.settings.embedding.open_embedding import OpenEmbedding, open_embedding
from dimoslive.services.settings.embedding.snippets import Display, What, Wish, policy_lines
from dimoslive.ui.settings.embedding.view_models import (
    OriginView,
    SnippetsView,
    accent_view,
    listed_views,
    refused_views,
    snippets_view,
)
from dimoslive.ui.settings.form_state import SettingsFormState
from dimoslive.ui.settings.frame_ids import SAVED
from dimoslive.ui.shared.call import call
from dimoslive.ui.shared.guard import background, for_official
from dimoslive.ui.staff.parts import Choice

NAME = "embedding"
_WHATS, _DISPLAYS = get_args(What), get_args(Display)


class EmbeddingState(SettingsFormState, rx.State):
    """The sites, and the choices of the maker, which are kept nowhere."""

    listed: list[OriginView] = []
    refused: list[OriginView] = []
    meant: str = ""
    """The nearest form of what was typed, where that is no site."""
    to_remove: OriginView = OriginView("", "")
    """The site in question; empty: none is asked about."""

    services: list[Choice] = []
    modes: list[Choice] = []
    what: str = "wizard"
    service: str = ""
    mode: str = ""
    in_language: str = "el"
    display: str = "inline"
    accent: str = ""
    accent_remark: str = ""
    municipality_color: str = ""
    slug: str = ""
    snippets: SnippetsView = SnippetsView()
    policy: list[str] = []
    _site: str = ""
    _modes: dict[str, list[str]] = {}

    def _topic(self) -> str:
        return NAME

    @for_official(Permission.MANAGE_MUNICIPALITY)
    async def load(self, official: Official) -> None:
        """As it is now, with the maker's usual choices."""
        self.is_loaded = False
        self._clear()
        self._forget_typed()
        if found := await self._read(official):
            self.what, self.service, self.mode, self.display = "wizard", "", "", "inline"
            self.in_language, self.accent, self.accent_remark = self._language(), "", ""
            self._offer(found)
            self._make()

    @for_official(Permission.MANAGE_MUNICIPALITY)
    async def add(self, official: Official, form_data: dict) -> None:
        """«Προσθήκη»."""
        await self._add(official, str(form_data.get("origin", ""))[: MAX_ORIGIN_LENGTH + 1])

    @for_official(Permission.MANAGE_MUNICIPALITY)
    async def add_site(self, official: Official, origin: str) -> None:
        """One that tried, or what somebody may have meant, by one press."""
        await self._add(official, origin)

    @for_official(Permission.MANAGE_MUNICIPALITY)
    async def ask(self, _official: Official, origin: str) -> None:
        """Open the question before a site is removed, or leave it."""
        self.to_remove = next((one for one in self.listed if one.origin == origin), OriginView("", ""))

    @for_official(Permission.MANAGE_MUNICIPALITY)
    async def remove(self, official: Official) -> None:
        """«Αφαίρεση» of the site in question."""
        origin, self.to_remove = self.to_remove.origin, OriginView("", "")
        place = await self._workplace(official, Permission.MANAGE_MUNICIPALITY)
        await call(remove_origin, official, place.municipality_id, origin)
        await self._told(official, "embedding.removed", origin)

    @for_official(Permission.MANAGE_MUNICIPALITY)
    @background
    async def choose(self, _official: Official, field: str, value: str) -> None:
        """A choice of the maker; what is none of those that are offered changes nothing."""
        if field == "what" and value in _WHATS:
            self.what = value
        elif field == "service" and (value in self._modes or not value):
            self.service = value
        elif field == "mode" and (value in self._offered_modes() or not value):
            self.mode = value
        elif field == "language" and value in LANGUAGES:
            self.in_language = value
        elif field == "display" and value in _DISPLAYS:
            self.display = value
        elif field == "accent":
            shown = accent_view(value, texts_of(self._language()))
            self.accent, self.accent_remark = shown.accent, shown.remark
        self._make()

    def _offered_modes(self) -> list[str]:
        """Those of the service, or of any."""
        if self.service:
            return self._modes.get(self.service, [])
        return sorted({mode for modes in self._modes.values() for mode in modes})

    def _make(self) -> None:
        """The texts for what is chosen; a service is chosen where one is needed, and a mode that it offers."""
        t = texts_of(self._language())
        if self.what in {"service", "next"} and not self.service:
            self.service = next(iter(self._modes), "")
        if self.what == "wizard":
            self.service = ""
        offered = self._offered_modes()
        self.mode = self.mode if self.mode in offered else ""
        self.modes = [Choice(mode, t(f"mode.{mode}")) for mode in offered]
        self.snippets = snippets_view(self._site, self._wish())

    def _wish(self) -> Wish:
        what = next(one for one in _WHATS if one == self.what)
        display = next(one for one in _DISPLAYS if one == self.display)
        return Wish(self.slug, what, self.service, self.mode, self.in_language, display, self.accent)

    async def _add(self, official: Official, text: str) -> None:
        place = await self._workplace(official, Permission.MANAGE_MUNICIPALITY)
        self._clear()
        try:
            origin = await call(add_origin, official, place.municipality_id, text)
        except InvalidInput as refusal:
            self._say_wrong(refusal, {})
            self.meant = nearest_origin(text) if refusal.code == "not_an_origin" else ""
            self._focus("origin")
            return
        self._forget_typed()
        await self._told(official, "embedding.added", origin)

    async def _told(self, official: Official, key: str, origin: str) -> None:
        if await self._read(official):
            self.saved = texts_of(self._language())(key, origin=origin)
            self._focus(SAVED)

    def _forget_typed(self) -> None:
        """A field anew, with nothing in it."""
        self.meant, self.to_remove = "", OriginView("", "")
        self.form_version += 1

    async def _read(self, official: Official) -> OpenEmbedding | None:
        place = await self._enter(official, Permission.MANAGE_MUNICIPALITY)
        if place is None:
            return None
        t, found = texts_of(self._language()), await call(open_embedding, official, place.municipality_id)
        self.listed = listed_views(found.listed, found.today, t)
        self.refused = refused_views(found.refused, found.today, t)
        self._show_history(found.history)
        self.is_loaded = True
        return found

    def _offer(self, found: OpenEmbedding) -> None:
        """What the maker can be asked for."""
        t = texts_of(self._language())
        self.slug, self._site, self.municipality_color = found.slug, found.site, found.accent_color
        self.services = [Choice(one.slug, one.name[t.language]) for one in found.services]
        self._modes = {one.slug: [str(mode) for mode in one.modes] for one in found.services}
        self.policy = list(policy_lines(found.site))

    def _shown(self, field: str, value: object, t: Any) -> str:
        return super()._shown(field, ", ".join(str(value or "").split()), t)
