"""Let a held time go."""

from dimoslive.context import AppContext
from dimoslive.db.engine import transaction
from dimoslive.db.queries.holds import let_go_of_hold
from dimoslive.db.queries.people import lock_citizen
from dimoslive.domain.people.principals import Citizen


def release_hold(context: AppContext, principal: Citizen) -> None:
    """Let the time go, if one is held."""
    now = context.clock.now()
    with transaction(context.db) as tx:
        lock_citizen(tx, principal.id)
        let_go_of_hold(tx, principal.id, now)
