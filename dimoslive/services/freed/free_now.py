"""«Διάθεσή της τώρα»: a time that was given back is public before its wait is over."""

from dimoslive.context import AppContext
from dimoslive.db.engine import transaction
from dimoslive.db.queries.claims import end_holds
from dimoslive.db.queries.freed import freed_within
from dimoslive.db.queries.scopes import bookings_within
from dimoslive.db.queries.waiting_list import offers_of
from dimoslive.db.rows.history import facts_of
from dimoslive.domain.booking.references import parse_reference
from dimoslive.domain.booking.statuses import BookingStatus
from dimoslive.domain.booking.waiting_list import OfferState
from dimoslive.domain.errors import NotFound, NotPossibleNow
from dimoslive.domain.people.permissions import Permission
from dimoslive.domain.people.principals import Official
from dimoslive.services.booking.record_change import record_change

FREED_NOW = "freed_now"


def free_now(context: AppContext, official: Official, reference: str) -> None:
    """Citizens may have it at once; what is public already, or somebody's, stays as it is.

    Raises `NotFound`, or `NotPossibleNow` while it is kept for one on the waiting list.
    """
    now = context.clock.now()
    with transaction(context.db) as tx:
        scope = bookings_within(official, Permission.ARRANGE)
        found = freed_within(tx, scope, parse_reference(reference) or "")
        if found is None:
            raise NotFound()
        _, hold, former = found
        if any(offer.state == OfferState.RUNNING for offer in offers_of(tx, hold.id or 0)):
            raise NotPossibleNow()
        if hold.status == BookingStatus.HELD.value:
            end_holds(tx, [hold.id])
            # The hold has no page: what was done stands in the history of the booking whose time it was.
            record_change(tx, former, facts_of(former), FREED_NOW, now, official_id=official.id)
