"""«Απόρριψη»: a plan that was not applied is dropped."""

from dimoslive.context import AppContext
from dimoslive.db.engine import transaction
from dimoslive.domain.errors import NotPossibleNow
from dimoslive.domain.people.principals import Official
from dimoslive.domain.plans.statuses import BEFORE_APPLY, PlanEvent, PlanState, next_plan_state
from dimoslive.services.plans.access_plan import access_plan


def discard_plan(context: AppContext, official: Official, municipality_id: int, plan_id: int) -> None:
    """Drop it; nothing was changed. Twice is once. Raises `NotFound` or `NotPossibleNow`."""
    now = context.clock.now()
    with transaction(context.db) as tx:
        plan = access_plan(tx, official, municipality_id, plan_id, for_change=True)
        state = PlanState(plan.state)
        if state is PlanState.DROPPED:
            return
        if state not in BEFORE_APPLY:
            raise NotPossibleNow()
        plan.state, plan.closed_at = next_plan_state(state, PlanEvent.DISCARD).value, now
        tx.add(plan)
