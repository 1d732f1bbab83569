"""Writing down what happened, in the transaction of its cause."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlmodel import Session

from dimoslive.domain.events import Event
from dimoslive.services.outbox.deliverer import Deliverer
from dimoslive.services.outbox.deliverers import DELIVERERS
from dimoslive.services.outbox.write_event import write_event


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
    return write_event(tx, event, now, deliverers, wait=wait)
