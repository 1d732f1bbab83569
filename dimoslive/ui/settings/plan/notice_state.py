"""Plans that somebody has to look at."""

from dataclasses import dataclass

import reflex as rx

from dimoslive.domain.people.permissions import Permission
from dimoslive.domain.people.principals import Official
from dimoslive.domain.plans.changes import AbsenceChange, ClosureChange
from dimoslive.domain.plans.plan import PlanLine
from dimoslive.domain.scheduling.local_time import ATHENS
from dimoslive.i18n import Texts, texts_of
from dimoslive.services.plans.list_plans import list_plans
from dimoslive.ui.settings.plan.words import span_words
from dimoslive.ui.settings.state import SettingsPageState
from dimoslive.ui.shared.call import call
from dimoslive.ui.shared.guard import background, for_official


@dataclass(frozen=True)
class PlanLink:
    """A plan and what it waits for."""

    thing: str
    title: str
    state: str


class OpenPlansState(SettingsPageState, rx.State):
    """Those that the official may decide about."""

    plans: list[PlanLink] = []

    @for_official(Permission.VIEW_SETTINGS)
    @background
    async def load(self, official: Official) -> None:
        """Runs with the lists that plans come from."""
        place = await self._enter(official, Permission.VIEW_SETTINGS)
        if place is None:
            return
        t, found = texts_of(self._language()), await call(list_plans, official, place.municipality_id)
        self.plans = [PlanLink(str(line.id), _title(line, t), _state(line, t)) for line in found[:10]]
        self.is_loaded = True


def _title(line: PlanLine, t: Texts) -> str:
    if isinstance(line.change, ClosureChange | AbsenceChange):
        return t(f"plan.kind.{line.change.kind}", when=span_words(line.change.period, ATHENS, t))
    return t(f"plan.kind.{line.change.kind}")


def _state(line: PlanLine, t: Texts) -> str:
    parts = [t(f"plan.state.{line.state.value}")]
    if line.undecided:
        parts.append(t.count("plan.sum.undecided", line.undecided))
    if line.calls_open:
        parts.append(t.count("plan.sum.calls", line.calls_open))
    return ", ".join(parts)
