"""Writing down what happened, and whom given deliverers are to tell of it."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlmodel import Session

from dimoslive.db.queries.outbox import add_delivery, add_to_outbox
from dimoslive.db.rows.events import to_columns
from dimoslive.domain.events import Event
from dimoslive.services.outbox.deliverer import Deliverer


def write_event(
    tx: Session, event: Event, now: datetime, deliverers: Iterable[Deliverer], *, wait: timedelta = timedelta()
) -> int:
    """The event's row, and one for each of its destinations; its id. Use cases call `publish_event`."""
    event_id = add_to_outbox(tx, **to_columns(event, now))
    for deliverer in deliverers:
        for destination in deliverer.destinations(tx, event, now):
            add_delivery(tx, event_id=event_id, deliverer=deliverer.name, destination=destination, due_at=now + wait)
    return event_id
