"""Freed times are offered to those who wait for an earlier one."""

from sqlalchemy.exc import IntegrityError

from dimoslive.context import AppContext
from dimoslive.db.engine import reading, transaction
from dimoslive.db.queries.waiting_list import freed_hold, holds_to_look_at
from dimoslive.services.waiting.offer_next import look_at


def offer_freed_times(context: AppContext, *, limit: int = 50) -> int:
    """Take the next step of each that is due; returns of how many. Each is locked: no two processes are at one."""
    with reading(context.db) as tx:
        due = holds_to_look_at(tx, context.clock.now(), limit)
    return sum(_look(context, hold_id) for hold_id in due)


def _look(context: AppContext, hold_id: int) -> bool:
    try:
        with transaction(context.db) as tx:
            found = freed_hold(tx, hold_id, skips_locked=True)
            if found is None:
                return False
            look_at(tx, found, context.clock.now())
    except IntegrityError:
        # Another process has offered another time to the same person in this moment: the next round finds who is next.
        return False
    return True
