"""Writing down what happened, in the transaction of its cause."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlmodel import Session

from dimoslive.db.rows.events import to_row
from dimoslive.db.tables.outbox import DeliveryRow
from dimoslive.domain.events import Event
from dimoslive.services.outbox.deliverer import Deliverer
from dimoslive.services.outbox.deliverers import DELIVERERS


def publish_event(
    tx: Session,
    event: Event,
    now: datetime,
    deliverers: Iterable[Deliverer] = DELIVERERS,
    *,
    wait: timedelta = timedelta(),
) -> int:
    """Write the event as it is now, and to whom it is to be told; what happens later is another event.

    Nobody is told before ``wait`` is over: until then it can be taken back, by the id that is returned.
    """
    row = to_row(event, now)
    tx.add(row)
    tx.flush()
    for deliverer in deliverers:
        for destination in deliverer.destinations(tx, event):
            tx.add(
                DeliveryRow(event_id=row.id or 0, deliverer=deliverer.name, destination=destination, due_at=now + wait)
            )
    return row.id or 0
