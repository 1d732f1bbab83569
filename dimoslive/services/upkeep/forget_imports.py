"""Files that were sent for an import and not imported."""

from dimoslive.context import AppContext
from dimoslive.db.engine import transaction
from dimoslive.db.queries.imports import forget_expired_imports


def forget_imports(context: AppContext) -> int:
    """Delete those whose hour is over; returns how many."""
    with transaction(context.db) as tx:
        return forget_expired_imports(tx, context.clock.now())
