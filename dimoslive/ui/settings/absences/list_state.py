"""«Απουσίες»: the list."""

from dataclasses import dataclass

import reflex as rx
from reflex.event import EventSpec

from dimoslive.domain.people.permissions import Permission
from dimoslive.domain.people.principals import Official
from dimoslive.i18n import Texts, texts_of
from dimoslive.i18n.search_key import search_key
from dimoslive.services.settings.absences.list_absences import ListedAbsence, list_absences
from dimoslive.services.settings.absences.plan_absence import plan_return
from dimoslive.ui.settings.lists import SettingsListState
from dimoslive.ui.settings.plan.words import span_words
from dimoslive.ui.shared.call import call
from dimoslive.ui.shared.guard import background, for_official
from dimoslive.ui.staff.parts import read_id
from dimoslive.urls import settings_path


@dataclass(frozen=True)
class AbsenceRowView:
    """A line of the list; ``thing`` is the end of its address."""

    thing: str
    when: str
    desks: str
    note: str
    is_over: bool


class AbsencesState(SettingsListState, rx.State):
    """The absences of the desks within the official's right."""

    rows: list[AbsenceRowView] = []

    @for_official(Permission.MANAGE_ABSENCES)
    async def load(self, official: Official) -> None:
        """All of them, soonest first."""
        self.words, self.has_archived = "", False
        await self._read(official)

    @for_official(Permission.MANAGE_ABSENCES)
    @background
    async def narrow(self, official: Official, words: str) -> None:
        """Those of desks with these letters in their names."""
        self.words = words[:80]
        await self._read(official)

    @for_official(Permission.MANAGE_ABSENCES)
    @background
    async def with_over(self, official: Official, is_wanted: bool) -> None:
        """Those that are over too, or no more."""
        self.has_archived = is_wanted
        await self._read(official)

    @for_official(Permission.MANAGE_ABSENCES)
    async def take_back(self, official: Official, thing: str) -> EventSpec:
        """The desks are staffed after all: see what changes."""
        place = await self._workplace(official, Permission.MANAGE_ABSENCES)
        plan_id = await call(plan_return, official, place.municipality_id, read_id(thing) or 0)
        return rx.redirect(settings_path(f"plan/{plan_id}", place.slug, self._language()))

    async def _read(self, official: Official) -> None:
        place = await self._enter(official, Permission.MANAGE_ABSENCES)
        if place is None:
            return
        t, found = texts_of(self._language()), await call(list_absences, official, place.municipality_id)
        shown = [line for line in found.lines if not line.is_over or self.has_archived]
        key = search_key(self.words)
        rows = [line for line in shown if key in search_key(" ".join(name[t.language] for name in line.desks))]
        self.rows = [_view(line, found.zone, t) for line in rows]
        self.total = len(shown)
        self.found = t("settings.found", found=len(rows), total=len(shown)) if key else ""
        self.is_loaded = True


def _view(line: ListedAbsence, zone: str, t: Texts) -> AbsenceRowView:
    return AbsenceRowView(
        thing=str(line.id),
        when=span_words(line.period, zone, t, has_year=True),
        desks=", ".join(name[t.language] for name in line.desks),
        note=line.note,
        is_over=line.is_over,
    )
