"""What a way of telling events has to offer."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Protocol

from sqlmodel import Session

from dimoslive.context import AppContext
from dimoslive.db.tables.outbox import DeliveryRow
from dimoslive.domain.events import Event


class Deliverer(Protocol):
    """Turns events into messages of one sort. Each has its own deliveries, and its own trouble with them."""

    @property
    def name(self) -> str:
        """Its name, for good: it is stored. A release leaves deliveries alone whose deliverer it does not know."""

    @property
    def retry_after(self) -> Sequence[timedelta]:
        """The waits between attempts; after the last one a delivery is given up."""

    def destinations(self, tx: Session, event: Event, now: datetime) -> Sequence[str]:
        """Whom the event is told, in words that name nobody; runs in the transaction of the event's cause."""

    async def deliver(self, context: AppContext, delivery: DeliveryRow, event: Event) -> bool:
        """Tell one destination, in each attempt by the same message.

        False if it postponed or dropped the delivery instead.

        Raises `DeliveryDelayed` or `DeliveryRefused`.
        """
