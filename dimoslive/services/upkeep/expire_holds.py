"""Holds that ran out free their time. Whoever takes a time does the same for its ticks; this keeps the table clean."""

from dimoslive.context import AppContext
from dimoslive.db.engine import transaction
from dimoslive.db.queries.claims import end_holds, expired_holds


def expire_holds(context: AppContext, *, limit: int = 500) -> int:
    """End expired holds; returns how many."""
    now = context.clock.now()
    with transaction(context.db) as tx:
        ids = expired_holds(tx, now, limit=limit)
        end_holds(tx, ids)
    return len(ids)
