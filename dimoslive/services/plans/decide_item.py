"""What becomes of one booking of a plan, or of all."""

from sqlmodel import Session

from dimoslive.context import AppContext
from dimoslive.db.engine import transaction
from dimoslive.db.queries.plans import choosing, follow_proposals, item_of, set_decisions
from dimoslive.db.rows.plan import proposed_of, target_of
from dimoslive.db.tables.plan import PlanItemRow, PlanRow
from dimoslive.domain.errors import NotFound, NotPossibleNow, SlotTaken
from dimoslive.domain.people.principals import Official
from dimoslive.domain.plans.proposals import Decision, Target
from dimoslive.domain.plans.statuses import (
    BEFORE_APPLY,
    ItemEvent,
    ItemState,
    PlanState,
    next_item_state,
)
from dimoslive.domain.scheduling.local_time import local_day
from dimoslive.services.plans.access_plan import access_plan
from dimoslive.services.plans.offer_targets import targets_of_day, weigh

CAN_BE_DECIDED = BEFORE_APPLY | {PlanState.APPLIED, PlanState.WORKING, PlanState.OPEN}


def decide_item(
    context: AppContext,
    official: Official,
    municipality_id: int,
    plan_id: int,
    item_id: int,
    decision: Decision,
    target: Target | None = None,
) -> None:
    """Decide about one; a move without a target is to where the booking was to go, or is proposed to go.

    Raises `NotFound`, `NotPossibleNow` (it is done, or its citizen cannot choose) or `SlotTaken` (the target).
    """
    now = context.clock.now()
    with transaction(context.db) as tx:
        plan = _plan(tx, official, municipality_id, plan_id)
        item = item_of(tx, plan_id, item_id)
        if item is None:
            raise NotFound()
        state = ItemState(item.state)
        if state not in (ItemState.PENDING, ItemState.UNDECIDED):
            raise NotPossibleNow()
        if decision is Decision.CHOOSE and not choosing(tx, [item.booking_id], now):
            raise NotPossibleNow()
        if decision is Decision.MOVE:
            wanted = target or target_of(item) or proposed_of(item)
            if wanted is None:
                raise SlotTaken()
            if wanted not in (proposed_of(item), target_of(item)):
                weighed = weigh(tx, plan, now)
                day = local_day(wanted.starts_at, weighed.touched.zone)
                if wanted not in targets_of_day(tx, plan, item, weighed, day):
                    raise SlotTaken()
            _aim(item, wanted)
        item.decision = decision.value
        item.state = next_item_state(state, ItemEvent.DECIDE).value
        tx.add(item)


def decide_all(
    context: AppContext, official: Official, municipality_id: int, plan_id: int, decision: Decision | None
) -> None:
    """«Για όλα…»: keep or cancel all that is not done yet; without a decision, all as proposed.

    Raises `NotFound` or `NotPossibleNow`.
    """
    with transaction(context.db) as tx:
        _plan(tx, official, municipality_id, plan_id)
        states = (ItemState.PENDING, ItemState.UNDECIDED)
        if decision is None:
            follow_proposals(tx, plan_id, states)
            return
        if decision in (Decision.MOVE, Decision.CHOOSE):
            # Not all have a place, nor an account.
            raise NotPossibleNow()
        set_decisions(tx, plan_id, {"decision": decision.value, "state": ItemState.PENDING.value}, states)


def _plan(tx: Session, official: Official, municipality_id: int, plan_id: int) -> PlanRow:
    plan = access_plan(tx, official, municipality_id, plan_id, for_change=True)
    if PlanState(plan.state) not in CAN_BE_DECIDED:
        raise NotPossibleNow()
    return plan


def _aim(item: PlanItemRow, target: Target) -> None:
    item.target_starts_at, item.target_desk_id = target.starts_at, target.desk_id
    item.target_mode = target.mode.value
