"""Let a held time go."""

from dimoslive.context import Parts
from dimoslive.db.engine import transaction
from dimoslive.db.queries.holds import let_go_of_hold
from dimoslive.db.queries.people import lock_citizen
from dimoslive.domain.people.principals import CitizenActor


def release_hold(parts: Parts, actor: CitizenActor) -> None:
    """Let the time go, if one is held."""
    now = parts.clock.now()
    with transaction(parts.db) as tx:
        lock_citizen(tx, actor.id)
        let_go_of_hold(tx, actor.id, now)
