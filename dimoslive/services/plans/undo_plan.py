"""«Αναίρεση όλων»: the change is taken back at once, and its mails never leave; the bookings follow by the job."""

import json

from dimoslive.context import AppContext
from dimoslive.db.engine import transaction
from dimoslive.db.queries.plans import any_call_tried, forget_mails, skip_unsettled
from dimoslive.db.rows.plan import text_to_change
from dimoslive.domain.errors import AlreadyTold, NotPossibleNow
from dimoslive.domain.people.principals import Official
from dimoslive.domain.plans.statuses import AT_WORK, PlanEvent, PlanState, can_undo, next_plan_state
from dimoslive.services.audit.record_audit import record_audit
from dimoslive.services.plans.access_plan import access_plan
from dimoslive.services.plans.write_change import read_versions, versions_of, write_change


def undo_plan(context: AppContext, official: Official, municipality_id: int, plan_id: int) -> None:
    """Take it back, while nobody was told and nobody changed since what it changed; twice is once.

    Raises `NotFound`, `AlreadyTold` or `NotPossibleNow`.
    """
    now = context.clock.now()
    with transaction(context.db) as tx:
        plan = access_plan(tx, official, municipality_id, plan_id, for_change=True)
        state = PlanState(plan.state)
        if state is PlanState.UNDONE:
            return
        if state not in AT_WORK:
            raise NotPossibleNow()
        if not can_undo(state, plan.applied_at, plan.mails_at, now) or any_call_tried(tx, plan_id):
            raise AlreadyTold()
        change = text_to_change(plan.change)
        if versions_of(tx, change, for_change=True) != read_versions(plan.base_versions):
            raise NotPossibleNow()
        if not forget_mails(tx, plan_id):
            raise AlreadyTold()
        skip_unsettled(tx, plan_id)
        write_change(tx, municipality_id, text_to_change(plan.way_back), official.id, now)
        plan.state = next_plan_state(state, PlanEvent.UNDO).value
        tx.add(plan)
        record_audit(
            tx,
            now,
            "plan_undone",
            by=official,
            subject=("plan", plan_id),
            municipality_id=municipality_id,
            before={"change": json.loads(plan.change)},
            after={"change": json.loads(plan.way_back)},
        )
