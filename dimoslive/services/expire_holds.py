"""Holds that ran out free their time. Taking a time does the same for the ticks it wants; this keeps the table clean."""

from sqlalchemy import select
from sqlmodel import col

from dimoslive.db.bookings import end_holds
from dimoslive.db.engine import transaction
from dimoslive.db.models.booking import BookingRow
from dimoslive.domain.bookings import BookingStatus
from dimoslive.services.parts import Parts


def expire_holds(parts: Parts, *, most: int = 500) -> int:
    """End expired holds; returns how many."""
    now = parts.clock.now()
    with transaction(parts.db) as tx:
        query = (
            select(col(BookingRow.id))
            .where(col(BookingRow.status) == BookingStatus.HELD.value, col(BookingRow.hold_expires_at) <= now)
            .limit(most)
        )
        ids = list(tx.scalars(query))
        end_holds(tx, ids)
    return len(ids)
