"""Cancelling a booking."""

from dimoslive.db.bookings import booking_with_service, release_claims
from dimoslive.db.engine import transaction
from dimoslive.db.rows import to_booking
from dimoslive.domain.actors import Actor
from dimoslive.domain.bookings import Booking, BookingStatus, check_can_cancel
from dimoslive.domain.personal_data import clean_text
from dimoslive.services.access_booking import access_booking
from dimoslive.services.parts import Parts
from dimoslive.services.send_outbox import MailKind, queue_mail

LONGEST_REASON = 500


def cancel_booking(parts: Parts, actor: Actor, reference: str, reason: str = "") -> Booking:
    """Cancel, free the time and queue the mail; cancelling twice is cancelling once.

    Raises `NotFound`, `TooLate` or `InvalidInput` (the reason).
    """
    reason = clean_text("reason", reason, longest=LONGEST_REASON, required=False)
    now = parts.clock.now()
    with transaction(parts.db) as tx:
        row = access_booking(tx, actor, reference)
        if row.status != BookingStatus.CANCELLED_BY_CITIZEN.value:
            check_can_cancel(BookingStatus(row.status), row.starts_at, now)
            row.status, row.cancelled_at, row.cancel_reason = BookingStatus.CANCELLED_BY_CITIZEN.value, now, reason
            row.sequence += 1
            tx.add(row)
            tx.flush()
            release_claims(tx, [row.id or 0])
            booking = to_booking(*booking_with_service(tx, row.id or 0))
            queue_mail(tx, MailKind.CANCELLED, booking, now)
            return booking
        return to_booking(*booking_with_service(tx, row.id or 0))
