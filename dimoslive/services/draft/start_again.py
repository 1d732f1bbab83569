"""Begin anew."""

from dimoslive.context import AppContext
from dimoslive.db.engine import transaction
from dimoslive.db.queries.drafts import drop_draft
from dimoslive.db.queries.holds import let_go_of_hold
from dimoslive.domain.people.principals import Citizen
from dimoslive.services.access.access_draft import access_draft


def start_again(context: AppContext, principal: Citizen) -> None:
    """A new booking: an empty draft, and no time held."""
    now = context.clock.now()
    with transaction(context.db) as tx:
        access_draft(tx, principal, now, for_change=True)
        let_go_of_hold(tx, principal.id, now)
        drop_draft(tx, principal.id)
