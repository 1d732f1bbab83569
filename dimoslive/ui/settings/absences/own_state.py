"""«Θα λείψω»: an official says when the own desk is not staffed, as long as everybody keeps their time."""

from collections.abc import Mapping
from dataclasses import dataclass

import reflex as rx
from reflex.event import EventSpec

from dimoslive.domain.people.permissions import Permission
from dimoslive.domain.people.principals import Official
from dimoslive.domain.plans.plan import Plan
from dimoslive.domain.plans.proposals import ProposalKind
from dimoslive.domain.plans.statuses import PlanState
from dimoslive.domain.scheduling.local_time import local_day
from dimoslive.i18n import Texts, texts_of
from dimoslive.i18n.dates import desk_clock, short_day
from dimoslive.services.plans.apply_plan import apply_plan
from dimoslive.services.plans.discard_plan import discard_plan
from dimoslive.services.plans.show_plan import show_plan
from dimoslive.services.settings.absences.list_absences import ListedAbsence
from dimoslive.services.settings.absences.own_absences import (
    plan_own_absence,
    show_own_absences,
    take_back_own_absence,
)
from dimoslive.services.settings.root_change import Opened
from dimoslive.ui.settings.form_state import SettingsFormState
from dimoslive.ui.settings.frame_ids import SAVED
from dimoslive.ui.settings.plan.words import free_words, span_words, title_of
from dimoslive.ui.shared.call import call
from dimoslive.ui.shared.guard import for_official
from dimoslive.ui.staff.parts import Choice, read_id
from dimoslive.urls import settings_path

_P = Permission.STATE_OWN_ABSENCE
QUESTION = "own-absence"


@dataclass(frozen=True)
class OwnAbsenceView:
    """An absence ahead."""

    thing: str
    when: str
    desks: str
    note: str


class OwnAbsenceState(SettingsFormState, rx.State):
    """The absences of the own desk, the form of a new one, and what it would do."""

    desks: list[Choice] = []
    has_choice: bool = False
    """Whether the official works at more than one desk."""
    rows: list[OwnAbsenceView] = []
    plan: str = ""
    """What is proposed and not applied yet."""
    plan_title: str = ""
    plan_hits: str = ""
    plan_free: str = ""
    moves: list[str] = []
    """Who goes to which desk, at the same time."""

    def _topic(self) -> str:
        return "absences"

    @for_official(_P)
    async def load(self, official: Official) -> None:
        """As it is now."""
        self.is_loaded = False
        await self._read(official)

    @for_official(_P)
    async def submit(self, official: Official, form_data: dict) -> EventSpec | None:
        """«Δείτε τι αλλάζει». Where somebody needs another time, a head decides on the plan's own page."""
        place = await self._workplace(official, _P)
        found = await call(show_own_absences, official, place.municipality_id)
        if len(found.desks) == 1:
            form_data = {**form_data, f"desk_{next(iter(found.desks))}": "on"}

        async def send(_opened: Opened, raw: Mapping[str, object]) -> int:
            return await call(plan_own_absence, official, place.municipality_id, raw)

        plan_id = await self._submit(form_data, send)
        if plan_id is None:
            return None
        plan = await call(show_plan, official, place.municipality_id, plan_id)
        if plan.pages > 1 or any(item.proposal is not ProposalKind.OTHER_DESK for item in plan.items):
            self.saved_count += 1
            return rx.redirect(settings_path(f"plan/{plan_id}", place.slug, self._language()))
        self._show_plan(plan)
        self._focus(QUESTION)
        return None

    @for_official(_P)
    async def apply(self, official: Official) -> None:
        """«Εφαρμογή»."""
        place, plan_id = await self._workplace(official, _P), read_id(self.plan) or 0
        state = await call(apply_plan, official, place.municipality_id, plan_id)
        self.plan = ""
        self.saved_count += 1
        await self._read(official)
        is_stated = state not in (PlanState.STALE, PlanState.DROPPED)
        self._say(texts_of(self._language())("own_absence.stated" if is_stated else "own_absence.changed_meanwhile"))

    @for_official(_P)
    async def discard(self, official: Official) -> None:
        """Back to the form, as it was filled."""
        place, plan_id = await self._workplace(official, _P), read_id(self.plan) or 0
        self.plan = ""
        await call(discard_plan, official, place.municipality_id, plan_id)

    @for_official(_P)
    async def take_back(self, official: Official, thing: str) -> None:
        """One is there after all."""
        place = await self._workplace(official, _P)
        await call(take_back_own_absence, official, place.municipality_id, read_id(thing) or 0)
        await self._read(official)
        self._say(texts_of(self._language())("own_absence.taken_back"))

    def _say(self, words: str) -> None:
        self.saved = words
        self._focus(SAVED)

    async def _read(self, official: Official) -> None:
        place = await self._enter(official, _P)
        if place is None:
            return
        t, found = texts_of(self._language()), await call(show_own_absences, official, place.municipality_id)
        self.desks = [Choice(f"desk_{id_}", name[t.language]) for id_, name in found.desks.items()]
        self.has_choice = len(self.desks) > 1
        self.rows = [_view(line, found.zone, t) for line in found.lines]
        self.plan = ""
        self._open(found.opened)
        self.is_loaded = True

    def _show_plan(self, plan: Plan) -> None:
        t = texts_of(self._language())
        self.plan, self.plan_title, self.plan_free = str(plan.id), title_of(plan, t), free_words(plan, t)
        self.plan_hits = t.count("own_absence.moves", plan.counts.hits) if plan.counts.hits else t("plan.harmless")
        self.moves = [
            t(
                "own_absence.move",
                when=f"{short_day(local_day(item.was_starts_at, plan.zone), t.language)} "
                f"{desk_clock(item.was_starts_at, plan.zone)}",
                desk=plan.desk_names[item.target.desk_id][t.language],
            )
            for item in plan.items
            if item.target
        ]


def _view(line: ListedAbsence, zone: str, t: Texts) -> OwnAbsenceView:
    return OwnAbsenceView(
        thing=str(line.id),
        when=span_words(line.period, zone, t, has_year=True),
        desks=", ".join(name[t.language] for name in line.desks),
        note=line.note,
    )
