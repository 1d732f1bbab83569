"""Plans that were applied: each booking is worked at by itself, so whatever is cut off goes on where it was.

An item and what it does are one transaction: a crash repeats only what is not done, and nobody is told twice. Between
two items the job rests.
"""

import asyncio
import logging
from collections.abc import Callable
from datetime import datetime
from functools import partial

from sqlmodel import Session

from dimoslive.context import AppContext
from dimoslive.db.announcements import announce_day_of
from dimoslive.db.engine import reading, transaction
from dimoslive.db.queries.plans import (
    count_calls_of_plan,
    count_items,
    item_of,
    items_in,
    items_of,
    items_to_hear,
    items_to_tell,
    plan_at_work,
    plan_for_change,
    plans_to_work_at,
)
from dimoslive.db.rows.plan import text_to_change
from dimoslive.db.tables.plan import PlanItemRow, PlanRow
from dimoslive.domain.plans.choosing import ANSWERED_BEFORE
from dimoslive.domain.plans.statuses import (
    AT_WORK,
    LOOKED_AGAIN_AFTER,
    ItemState,
    PlanEvent,
    PlanState,
    after_round,
    next_plan_state,
)
from dimoslive.domain.scheduling.local_time import ATHENS, local_day
from dimoslive.services.plans.apply_plan import follow_hits
from dimoslive.services.plans.carry_out import carry_out, hear
from dimoslive.services.plans.put_back import put_back
from dimoslive.services.plans.tell_people import tell
from dimoslive.services.plans.weigh_change import weigh_change

BATCH = 50
RESTS = 1.5
"""After each item so many times as long as it took."""
_AT_WORK = {state.value for state in AT_WORK}

_log = logging.getLogger(__name__)

Step = Callable[[Session, PlanRow, PlanItemRow, datetime], None]


async def work_plans(context: AppContext) -> int:
    """Work at all plans that have something to do; returns how many items were worked at."""
    worked = 0
    for plan_id in await asyncio.to_thread(_begin, context):
        try:
            worked += await work_plan(context, plan_id)
        except Exception:  # noqa: BLE001  # one plan that cannot go on must not hold up the others
            _log.exception("plan %s", plan_id)
    return worked


def _begin(context: AppContext) -> list[int]:
    with reading(context.db) as tx:
        return plans_to_work_at(tx)


async def work_plan(context: AppContext, plan_id: int) -> int:
    """One round of work at one plan; returns how many items were worked at."""
    state = await asyncio.to_thread(_start, context, plan_id)
    if state is PlanState.UNDONE:
        asked = await _all(context, plan_id, ItemState.ASKED, put_back)
        return asked + await _all(context, plan_id, ItemState.DONE, put_back)
    worked = await _all(context, plan_id, ItemState.PENDING, carry_out)
    await asyncio.to_thread(_look_again, context, plan_id)
    worked += await _hear_all(context, plan_id)
    worked += await _tell_all(context, plan_id)
    await asyncio.to_thread(_settle, context, plan_id)
    return worked


async def _all(context: AppContext, plan_id: int, state: ItemState, step: Step) -> int:
    """Until no item is left in the state, in batches; what fails waits for the next round."""
    worked = 0
    while ids := await asyncio.to_thread(_ids, context, partial(items_in, plan_id=plan_id, state=state, limit=BATCH)):
        done = [await _in_turn(context, plan_id, id_, state, step) for id_ in ids]
        worked += sum(done)
        if not all(done):
            break
    if not ids and state is ItemState.DONE:
        await asyncio.to_thread(_close, context, plan_id)
    return worked


async def _hear_all(context: AppContext, plan_id: int) -> int:
    """Those of whom another time was asked, as soon as they answered or their time to do so is over."""
    heard = 0
    while ids := await asyncio.to_thread(_ids_to_hear, context, plan_id):
        done = [await _in_turn(context, plan_id, id_, ItemState.ASKED, hear) for id_ in ids]
        heard += sum(done)
        if not all(done):
            break
    return heard


async def _tell_all(context: AppContext, plan_id: int) -> int:
    told = 0
    while ids := await asyncio.to_thread(_ids_to_tell, context, plan_id):
        for id_ in ids:
            told += await _in_turn(context, plan_id, id_, ItemState.DONE, _tell)
    return told


async def _in_turn(context: AppContext, plan_id: int, item_id: int, state: ItemState, step: Step) -> bool:
    """One item, and then a rest longer than it took: the site is as quick as before meanwhile."""
    begun = context.clock.monotonic()
    is_done = await asyncio.to_thread(_work_at_item, context, plan_id, item_id, state, step)
    if took := context.clock.monotonic() - begun:
        await context.clock.sleep(took * RESTS)
    return is_done


def _ids(context: AppContext, find: Callable[..., list[int]]) -> list[int]:
    with reading(context.db) as tx:
        return find(tx)


def _ids_to_hear(context: AppContext, plan_id: int) -> list[int]:
    with reading(context.db) as tx:
        if tx.get_one(PlanRow, plan_id).state not in _AT_WORK:
            return []
        return items_to_hear(tx, plan_id, context.clock.now() + ANSWERED_BEFORE, BATCH)


def _ids_to_tell(context: AppContext, plan_id: int) -> list[int]:
    with reading(context.db) as tx:
        plan = tx.get_one(PlanRow, plan_id)
        if plan.mails_at is None or context.clock.now() < plan.mails_at or plan.state not in _AT_WORK:
            return []
        return items_to_tell(tx, plan_id, BATCH)


def _tell(tx: Session, _plan: PlanRow, item: PlanItemRow, now: datetime) -> None:
    tell(tx, item, now)


def _work_at_item(context: AppContext, plan_id: int, item_id: int, state: ItemState, step: Step) -> bool:
    """One item, as one transaction; whether it could be worked at."""
    try:
        with transaction(context.db) as tx:
            plan, item = plan_at_work(tx, plan_id), item_of(tx, plan_id, item_id)
            if plan is None or item is None or item.state != state.value:
                # Another process was faster.
                return True
            if (plan.state == PlanState.UNDONE.value) != (step is put_back):
                return False
            step(tx, plan, item, context.clock.now())
    except Exception:  # noqa: BLE001  # one booking that cannot be changed must not hold up the others
        _log.exception("item %s of plan %s", item_id, plan_id)
        return False
    return True


def _start(context: AppContext, plan_id: int) -> PlanState:
    with transaction(context.db) as tx:
        plan = plan_for_change(tx, plan_id)
        assert plan is not None
        if plan.state == PlanState.APPLIED.value:
            plan.state = next_plan_state(PlanState.APPLIED, PlanEvent.WORK).value
            tx.add(plan)
        return PlanState(plan.state)


def _close(context: AppContext, plan_id: int) -> None:
    now = context.clock.now()
    with transaction(context.db) as tx:
        plan = plan_for_change(tx, plan_id)
        assert plan is not None
        plan.closed_at = now
        tx.add(plan)
        _announce(tx, plan, now)


def _look_again(context: AppContext, plan_id: int) -> None:
    """Whoever booked in the moment of the apply is found now: somebody decides about them."""
    now = context.clock.now()
    with transaction(context.db) as tx:
        plan = plan_for_change(tx, plan_id)
        assert plan is not None
        if plan.state not in _AT_WORK or plan.looked_at or plan.applied_at is None:
            return
        if now < plan.applied_at + LOOKED_AGAIN_AFTER:
            return
        change, back = text_to_change(plan.change), text_to_change(plan.way_back)
        weighed = weigh_change(tx, plan.municipality_id, change, now, way_back=back)
        known = {item.booking_id: item for item in items_of(tx, plan_id)}
        # What is kept, or was moved on, is settled; what was skipped and is still hit is not.
        settled = {id_ for id_, item in known.items() if item.state != ItemState.SKIPPED.value}
        hits = [hit for hit in weighed.impact.hits if hit.booking.id not in settled]
        follow_hits(tx, plan_id, known, hits, weighed)
        plan.looked_at = now
        tx.add(plan)


def _settle(context: AppContext, plan_id: int) -> None:
    now = context.clock.now()
    with transaction(context.db) as tx:
        plan = plan_for_change(tx, plan_id)
        assert plan is not None
        if plan.state not in _AT_WORK or plan.mails_at is None:
            return
        is_told = now >= plan.mails_at and not items_to_tell(tx, plan_id, 1)
        if is_told and plan.told_at is None:
            plan.told_at = now
        states = [ItemState(state) for state in count_items(tx, plan_id, "state")]
        _, open_calls = count_calls_of_plan(tx, plan_id)
        event = after_round(
            states, is_told=is_told, has_open_calls=open_calls > 0, is_looked_again=plan.looked_at is not None
        )
        _move_on(tx, plan, event, now)


def _move_on(tx: Session, plan: PlanRow, event: PlanEvent | None, now: datetime) -> None:
    state = PlanState(plan.state)
    stays = {(PlanState.WORKING, PlanEvent.WORK), (PlanState.OPEN, PlanEvent.LEAVE_OPEN)}
    if event is None or (state, event) in stays:
        tx.add(plan)
        return
    plan.state = next_plan_state(state, event).value
    if event is PlanEvent.SETTLE:
        plan.closed_at = now
    tx.add(plan)
    _announce(tx, plan, now)


def _announce(tx: Session, plan: PlanRow, now: datetime) -> None:
    """Today's page says how many plans wait for somebody."""
    announce_day_of(tx, plan.municipality_id, local_day(now, ATHENS), "plan")
