"""A reminder is looked at once more before it leaves."""

from dimoslive.context import AppContext
from dimoslive.db.engine import transaction
from dimoslive.db.queries.reminders import void_reminder
from dimoslive.db.tables.booking import BookingRow
from dimoslive.db.tables.outbox import DeliveryRow
from dimoslive.domain.booking.reminders import is_too_late
from dimoslive.domain.booking.statuses import BookingStatus
from dimoslive.domain.events import BookingReminded


def still_reminds(context: AppContext, delivery: DeliveryRow, event: BookingReminded) -> bool:
    """Whether the booking stands as it was when the reminder was queued, and it still helps; if not, it is dropped."""
    was, now = event.booking, context.clock.now()
    with transaction(context.db) as tx:
        row = tx.get(BookingRow, was.id)
        is_true = (
            row is not None
            and BookingStatus(row.status) is BookingStatus.BOOKED
            and (row.starts_at, row.mode) == (was.period.starts_at, was.mode)
            and not is_too_late(event.kind, row.starts_at, now)
        )
        if not is_true:
            void_reminder(tx, was.id, event.kind, was.period.starts_at)
            tx.delete(tx.get_one(DeliveryRow, delivery.id))
    return is_true
