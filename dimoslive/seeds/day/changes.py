"""The plans of the demo, made by those who make all plans, as if it were a while ago."""

import asyncio
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import select, update
from sqlmodel import Session, col

from dimoslive.context import AppContext
from dimoslive.db.engine import reading, transaction
from dimoslive.db.queries.plans import items_of
from dimoslive.db.rows.plan import text_to_change
from dimoslive.db.tables.desk import CallTaskRow
from dimoslive.db.tables.outbox import DeliveryRow
from dimoslive.db.tables.plan import PlanRow
from dimoslive.domain.errors import NotFound
from dimoslive.domain.people.principals import Official
from dimoslive.domain.plans.changes import AbsenceChange, ClosureChange
from dimoslive.domain.plans.proposals import Decision
from dimoslive.integrations.clock import SystemClock
from dimoslive.seeds.day.arrangements import Arranged
from dimoslive.seeds.day.forget import remember, remembered
from dimoslive.seeds.day.history import remember_log
from dimoslive.seeds.day.hit import plan_late
from dimoslive.seeds.day.plan import Plan
from dimoslive.seeds.day.write import taken_from, write_plan
from dimoslive.seeds.officials import as_official
from dimoslive.services.plans.apply_plan import apply_plan
from dimoslive.services.plans.decide_item import decide_item
from dimoslive.services.plans.preview_change import preview_change
from dimoslive.services.upkeep.work_plans import work_plan

_CALLED_OFF = {"maintenance": frozenset({2, 3})}
"""Which of those hit are called off, counted in their order; the others go where it is proposed."""
_LOOKED_AT = {"training": timedelta(hours=3), "maintenance": timedelta(minutes=75), "absence": timedelta(minutes=45)}
"""How long ago each was looked at."""
_APPLIED_AFTER, _TOLD_AFTER = timedelta(minutes=10), timedelta(minutes=11)
_TRIED = timedelta(minutes=30)
"""So long ago somebody tried to phone."""


class _ClockThen(SystemClock):
    """As it stood a while ago."""

    def __init__(self, now: datetime) -> None:
        self._now = now

    def now(self) -> datetime:
        return self._now


@dataclass
class _Maker:
    """Makes the plan of one change."""

    context: AppContext
    now: datetime
    name: str
    arranged: Arranged
    official: Official

    def make(self) -> None:
        """Look at it, decide, apply, work at it, and tell people: each at its time."""
        municipality_id, looked_at = self.arranged.offer.municipality_id, self.now - _LOOKED_AT[self.name]
        plan_id = preview_change(self._at(looked_at), self.official, municipality_id, self.arranged.change)
        self._decide(plan_id, looked_at)
        if self.name == "absence":
            with transaction(self.context.db) as tx:
                late = Plan(self.now, taken_from(tx, self.now))
                plan_late(late, self.arranged)
                write_plan(tx, late)
        applied_at = looked_at + _APPLIED_AFTER
        apply_plan(self._at(applied_at), self.official, municipality_id, plan_id)
        for at in (applied_at, applied_at + _TOLD_AFTER):
            asyncio.run(work_plan(self._at(at), plan_id))
        with transaction(self.context.db) as tx:
            _end_mails(tx, plan_id)
            _note_attempts(tx, plan_id, self.now - _TRIED)
            _remember(tx, plan_id)

    def _decide(self, plan_id: int, at: datetime) -> None:
        """What is proposed, but for those who are called off. A person's booking stays where it is."""
        with reading(self.context.db) as tx:
            ours = set(tx.scalars(remembered("booking")))
            items = [(item.id or 0, item.booking_id) for item in items_of(tx, plan_id)]
        called_off = _CALLED_OFF.get(self.name, frozenset())
        own = [id_ for id_, booking_id in items if booking_id in ours]
        decisions = {id_: Decision.CANCEL for number, id_ in enumerate(own) if number in called_off}
        decisions |= {id_: Decision.KEEP for id_, booking_id in items if booking_id not in ours}
        for id_, decision in decisions.items():
            municipality_id = self.arranged.offer.municipality_id
            decide_item(self._at(at), self.official, municipality_id, plan_id, id_, decision)

    def _at(self, then: datetime) -> AppContext:
        return replace(self.context, clock=_ClockThen(then))


def make_changes(context: AppContext, now: datetime, planned: Mapping[str, Arranged]) -> None:
    """Make all of them. Whose right to it was taken meanwhile makes none."""
    for name, arranged in sorted(planned.items(), key=lambda named: -_LOOKED_AT[named[0]]):
        with reading(context.db) as tx:
            official = as_official(tx, arranged.official_id)
        with suppress(NotFound):
            _Maker(context, now, name, arranged, official).make()


def _end_mails(tx: Session, plan_id: int) -> None:
    """They were sent: nothing of the past waits to leave the machine."""
    events = [item.event_id for item in items_of(tx, plan_id) if item.event_id]
    mails = update(DeliveryRow).where(col(DeliveryRow.event_id).in_(events), col(DeliveryRow.done_at).is_(None))
    tx.execute(mails.values(attempts=1, done_at=col(DeliveryRow.due_at)))


def _note_attempts(tx: Session, plan_id: int, at: datetime) -> None:
    calls = [item.call_id for item in items_of(tx, plan_id) if item.call_id]
    tx.execute(update(CallTaskRow).where(col(CallTaskRow.id).in_(calls)).values(attempts=1, tried_at=at))


def _remember(tx: Session, plan_id: int) -> None:
    """The plan, what it made, and what the log says of both."""
    change = text_to_change(tx.scalars(select(col(PlanRow.change)).where(col(PlanRow.id) == plan_id)).one())
    made = [("plan", plan_id)]
    if isinstance(change, ClosureChange):
        made.append(("closure", change.closure_id))
    if isinstance(change, AbsenceChange):
        made.append(("absence", change.absence_id))
    for kind, id_ in made:
        remember(tx, kind, id_)
        remember_log(tx, kind, id_)
