"""«Κλεισίματα»: the list."""

from dataclasses import dataclass

import reflex as rx
from reflex.event import EventSpec

from dimoslive.domain.people.permissions import Permission
from dimoslive.domain.people.principals import Official
from dimoslive.i18n import Texts, texts_of
from dimoslive.i18n.search_key import search_key
from dimoslive.services.settings.closures.list_closures import ListedClosure, list_closures
from dimoslive.services.settings.closures.plan_closure import (
    plan_confirmation,
    plan_reopening,
    suggest_next_year,
)
from dimoslive.ui.settings.lists import SettingsListState
from dimoslive.ui.settings.plan.words import span_words
from dimoslive.ui.shared.call import call
from dimoslive.ui.shared.guard import background, for_official
from dimoslive.ui.staff.parts import read_id
from dimoslive.urls import settings_path


@dataclass(frozen=True)
class ClosureRowView:
    """A line of the list; ``thing`` is the end of its address, empty where it cannot be changed."""

    thing: str
    when: str
    where: str
    reason: str
    is_suggestion: bool
    is_over: bool
    can_reopen: bool
    copy: str
    """«Και το 2027», or nothing."""


class ClosuresState(SettingsListState, rx.State):
    """The closures of the municipality and of its departments."""

    rows: list[ClosureRowView] = []
    answer: str = ""

    @for_official(Permission.CLOSE_DEPARTMENT)
    async def load(self, official: Official) -> None:
        """All of them, soonest first."""
        self.words, self.has_archived, self.answer = "", False, ""
        await self._read(official)

    @for_official(Permission.CLOSE_DEPARTMENT)
    @background
    async def narrow(self, official: Official, words: str) -> None:
        """Those with these letters in their reasons."""
        self.words = words[:80]
        await self._read(official)

    @for_official(Permission.CLOSE_DEPARTMENT)
    @background
    async def with_over(self, official: Official, is_wanted: bool) -> None:
        """Those that are over too, or no more."""
        self.has_archived = is_wanted
        await self._read(official)

    @for_official(Permission.CLOSE_DEPARTMENT)
    async def confirm(self, official: Official, thing: str) -> EventSpec:
        """A suggestion is to become a closure: see what changes."""
        place = await self._workplace(official, Permission.CLOSE_DEPARTMENT)
        plan_id = await call(plan_confirmation, official, place.municipality_id, read_id(thing) or 0)
        return rx.redirect(settings_path(f"plan/{plan_id}", place.slug, self._language()))

    @for_official(Permission.CLOSE_DEPARTMENT)
    async def reopen(self, official: Official, thing: str) -> EventSpec:
        """«Άνοιγμα ξανά»: see what changes."""
        place = await self._workplace(official, Permission.CLOSE_DEPARTMENT)
        plan_id = await call(plan_reopening, official, place.municipality_id, read_id(thing) or 0)
        return rx.redirect(settings_path(f"plan/{plan_id}", place.slug, self._language()))

    @for_official(Permission.CLOSE_DEPARTMENT)
    async def copy_year(self, official: Official, thing: str) -> None:
        """«Και το 2027»: a suggestion more."""
        place = await self._workplace(official, Permission.CLOSE_DEPARTMENT)
        year = await call(suggest_next_year, official, place.municipality_id, read_id(thing) or 0)
        await self._read(official)
        self.answer = texts_of(self._language())("closures.copied", year=year)

    async def _read(self, official: Official) -> None:
        place = await self._enter(official, Permission.CLOSE_DEPARTMENT)
        if place is None:
            return
        t, found = texts_of(self._language()), await call(list_closures, official, place.municipality_id)
        shown = [line for line in found.lines if not line.is_over or self.has_archived]
        key = search_key(self.words)
        rows = [line for line in shown if key in search_key(" ".join(line.reason.values()))]
        self.rows = [_view(line, found.zone, t) for line in rows]
        self.total = len(shown)
        self.found = t("settings.found", found=len(rows), total=len(shown)) if key else ""
        self.is_loaded = True


def _view(line: ListedClosure, zone: str, t: Texts) -> ClosureRowView:
    return ClosureRowView(
        thing=str(line.id) if line.can_change else "",
        when=span_words(line.period, zone, t, has_year=True),
        where=line.department[t.language] if line.department else t("closures.everywhere"),
        reason=line.reason[t.language],
        is_suggestion=not line.is_active,
        is_over=line.is_over,
        can_reopen=line.can_change and line.is_active and not line.is_over,
        copy=t("closures.copy_year", year=line.copy_year) if line.copy_year else "",
    )
