"""What waits for an endpoint is bounded."""

from dimoslive.context import AppContext
from dimoslive.db.engine import transaction
from dimoslive.db.queries.webhooks import drop_waiting
from dimoslive.domain.webhooks.attempts import MAX_WAITING


def drop_webhooks(context: AppContext) -> int:
    """Give up the oldest of what waits for an endpoint beyond the bound; returns how many."""
    with transaction(context.db) as tx:
        return drop_waiting(tx, MAX_WAITING, context.clock.now())
