"""Writing down what happened, and whom given deliverers are to tell of it."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlmodel import Session

from dimoslive.db.rows.events import to_row
from dimoslive.db.tables.outbox import DeliveryRow
from dimoslive.domain.events import Event
from dimoslive.services.outbox.deliverer import Deliverer


def write_event(
    tx: Session, event: Event, now: datetime, deliverers: Iterable[Deliverer], *, wait: timedelta = timedelta()
) -> int:
    """The event's row, and one for each of its destinations; its id. Use cases call `publish_event`."""
    row = to_row(event, now)
    tx.add(row)
    tx.flush()
    for deliverer in deliverers:
        for destination in deliverer.destinations(tx, event, now):
            tx.add(
                DeliveryRow(event_id=row.id or 0, deliverer=deliverer.name, destination=destination, due_at=now + wait)
            )
    return row.id or 0
