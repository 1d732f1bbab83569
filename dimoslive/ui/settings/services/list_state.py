"""«Υπηρεσίες»: the list."""

from dataclasses import dataclass

import reflex as rx

from dimoslive.domain.people.permissions import Permission
from dimoslive.domain.people.principals import Official
from dimoslive.i18n import Texts, texts_of
from dimoslive.i18n.search_key import search_key
from dimoslive.services.settings.services.list_services import ListedService, list_services
from dimoslive.ui.settings.lists import SettingsListState
from dimoslive.ui.shared.call import call
from dimoslive.ui.shared.guard import background, for_official


@dataclass(frozen=True)
class ServiceRowView:
    """A line of the list; ``thing`` is the end of its address."""

    thing: str
    name: str
    other_name: str
    is_suggested: bool
    department: str
    modes: str
    duration: str
    desks: str
    remarks: str
    """What keeps it from being booked, in words."""
    position: str
    is_active: bool


class ServicesState(SettingsListState, rx.State):
    """The services that the official may change."""

    rows: list[ServiceRowView] = []
    can_add: bool = False

    @for_official(Permission.EDIT_SERVICES)
    async def load(self, official: Official) -> None:
        """All of them, in the order in which citizens see them."""
        self.words, self.has_archived = "", False
        await self._read(official)

    @for_official(Permission.EDIT_SERVICES)
    @background
    async def narrow(self, official: Official, words: str) -> None:
        """Those with these letters in their names, or in their departments'."""
        self.words = words[:80]
        await self._read(official)

    @for_official(Permission.EDIT_SERVICES)
    @background
    async def with_archived(self, official: Official, is_wanted: bool) -> None:
        """Archived ones too, or no more."""
        self.has_archived = is_wanted
        await self._read(official)

    async def _read(self, official: Official) -> None:
        place = await self._enter(official, Permission.EDIT_SERVICES)
        if place is None:
            return
        t, found = texts_of(self._language()), await call(list_services, official, place.municipality_id)
        shown = [line for line in found.lines if line.is_active or self.has_archived]
        key = search_key(self.words)
        rows = [line for line in shown if key in search_key(" ".join([*line.name.values(), *line.department.values()]))]
        self.rows = [_view(line, t) for line in rows]
        self.total, self.can_add = len(shown), found.can_add
        self.found = t("settings.found", found=len(rows), total=len(shown)) if key else ""
        self.is_loaded = True


def _view(line: ListedService, t: Texts) -> ServiceRowView:
    other = "en" if t.language == "el" else "el"
    remarks = {
        "services.remark.archived": not line.is_active,
        "services.remark.paused": line.is_paused,
        "services.remark.no_desk": line.is_active and not line.desks,
        "services.remark.no_hours": line.is_active and not line.has_hours,
    }
    return ServiceRowView(
        thing=str(line.id),
        name=line.name[t.language],
        other_name=line.name[other],
        is_suggested=line.is_name_en_suggested,
        department=line.department[t.language],
        modes=", ".join(t(f"mode.{mode}") for mode in line.modes),
        duration=t.count("duration", line.duration_minutes),
        desks=str(line.desks),
        remarks=", ".join(t(key) for key, is_so in remarks.items() if is_so),
        position=str(line.position),
        is_active=line.is_active,
    )
