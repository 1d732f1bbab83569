"""What the citizens of a plan are told, in the municipality's own words."""

from dimoslive.context import AppContext
from dimoslive.db.engine import transaction
from dimoslive.domain.desk.booking_line import Words
from dimoslive.domain.errors import NotPossibleNow
from dimoslive.domain.people.principals import Official
from dimoslive.domain.plans.statuses import BEFORE_APPLY, PlanState
from dimoslive.services.plans.access_plan import access_plan
from dimoslive.services.plans.message import checked_message


def write_message(context: AppContext, official: Official, municipality_id: int, plan_id: int, message: Words) -> None:
    """Keep it; raises `NotFound`, `NotPossibleNow` (it was applied) or `InvalidInput`."""
    checked = checked_message(message)
    with transaction(context.db) as tx:
        plan = access_plan(tx, official, municipality_id, plan_id, for_change=True)
        if PlanState(plan.state) not in BEFORE_APPLY:
            raise NotPossibleNow()
        plan.message_el, plan.message_en = checked["el"], checked["en"]
        tx.add(plan)
