"""Begin anew."""

from dimoslive.context import Parts
from dimoslive.db.engine import transaction
from dimoslive.db.queries.drafts import drop_draft
from dimoslive.db.queries.holds import let_go_of_hold
from dimoslive.db.queries.people import lock_citizen
from dimoslive.domain.people.principals import CitizenActor


def start_again(parts: Parts, actor: CitizenActor) -> None:
    """A new booking: an empty draft, and no time held."""
    now = parts.clock.now()
    with transaction(parts.db) as tx:
        lock_citizen(tx, actor.id)
        let_go_of_hold(tx, actor.id, now)
        drop_draft(tx, actor.id)
