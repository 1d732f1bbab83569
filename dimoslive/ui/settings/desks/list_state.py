"""«Θέσεις»: the list."""

from dataclasses import dataclass

import reflex as rx

from dimoslive.domain.people.permissions import Permission
from dimoslive.domain.people.principals import Official
from dimoslive.i18n import Texts, texts_of
from dimoslive.i18n.search_key import search_key
from dimoslive.services.settings.desks.list_desks import ListedDesk, list_desks
from dimoslive.ui.settings.lists import SettingsListState
from dimoslive.ui.shared.call import call
from dimoslive.ui.shared.guard import background, for_official


@dataclass(frozen=True)
class DeskRowView:
    """A line of the list; ``thing`` is the end of its address."""

    thing: str
    name: str
    other_name: str
    is_suggested: bool
    department: str
    place: str
    officials: str
    services: str
    position: str
    is_active: bool


class DesksState(SettingsListState, rx.State):
    """The desks that the official may change."""

    rows: list[DeskRowView] = []
    can_add: bool = False

    @for_official(Permission.MANAGE_DESKS)
    async def load(self, official: Official) -> None:
        """All of them, in their order."""
        self.words, self.has_archived = "", False
        await self._read(official)

    @for_official(Permission.MANAGE_DESKS)
    @background
    async def narrow(self, official: Official, words: str) -> None:
        """Those with these letters in their names, their departments', or their officials'."""
        self.words = words[:80]
        await self._read(official)

    @for_official(Permission.MANAGE_DESKS)
    @background
    async def with_archived(self, official: Official, is_wanted: bool) -> None:
        """Archived ones too, or no more."""
        self.has_archived = is_wanted
        await self._read(official)

    async def _read(self, official: Official) -> None:
        place = await self._enter(official, Permission.MANAGE_DESKS)
        if place is None:
            return
        t, found = texts_of(self._language()), await call(list_desks, official, place.municipality_id)
        shown = [line for line in found.lines if line.is_active or self.has_archived]
        key = search_key(self.words)
        rows = [line for line in shown if key in search_key(" ".join(_words(line)))]
        self.rows = [_view(line, t) for line in rows]
        self.total, self.can_add = len(shown), found.can_add
        self.found = t("settings.found", found=len(rows), total=len(shown)) if key else ""
        self.is_loaded = True


def _words(line: ListedDesk) -> list[str]:
    return [*line.name.values(), *line.department.values(), *line.officials]


def _view(line: ListedDesk, t: Texts) -> DeskRowView:
    other = "en" if t.language == "el" else "el"
    return DeskRowView(
        thing=str(line.id),
        name=line.name[t.language],
        other_name=line.name[other],
        is_suggested=line.is_name_en_suggested,
        department=line.department[t.language],
        place=line.place[t.language] or "–",
        officials=", ".join(line.officials) or t("desks.nobody"),
        services=str(line.services),
        position=str(line.position),
        is_active=line.is_active,
    )
