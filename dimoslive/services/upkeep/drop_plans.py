"""Plans that nobody applied."""

from dimoslive.context import AppContext
from dimoslive.db.engine import transaction
from dimoslive.db.queries.plans import drop_old_plans
from dimoslive.domain.plans.statuses import DROPPED_AFTER


def drop_plans(context: AppContext) -> int:
    """Drop those whose day is over; returns how many."""
    now = context.clock.now()
    with transaction(context.db) as tx:
        return drop_old_plans(tx, now - DROPPED_AFTER, now)
