"""The offer of an earlier time is looked at once more before its mail leaves."""

from dimoslive.context import AppContext
from dimoslive.db.engine import transaction
from dimoslive.db.queries.waiting_list import running_offer
from dimoslive.db.tables.outbox import DeliveryRow
from dimoslive.domain.events import EarlierTimeOffered


def still_offers(context: AppContext, delivery: DeliveryRow, event: EarlierTimeOffered) -> bool:
    """Whether the time is still kept for the booking; if not, the mail is dropped."""
    now = context.clock.now()
    with transaction(context.db) as tx:
        offer = running_offer(tx, event.booking.id)
        is_true = offer is not None and offer.event_id == delivery.event_id and now < offer.ends_at
        if not is_true:
            tx.delete(tx.get_one(DeliveryRow, delivery.id))
    return is_true
