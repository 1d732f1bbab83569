"""Cancelling a booking."""

from dimoslive.context import AppContext
from dimoslive.db.engine import transaction
from dimoslive.db.queries.bookings import booking_with_service
from dimoslive.db.queries.claims import release_claims
from dimoslive.db.queries.freed import FormerPlace
from dimoslive.db.rows.booking import to_booking, to_change_rules
from dimoslive.db.rows.history import facts_of
from dimoslive.db.tables.catalogue import ServiceRow
from dimoslive.domain.booking.booking import MAX_REASON_LENGTH, Booking, check_can_cancel
from dimoslive.domain.booking.statuses import BookingStatus, change_status
from dimoslive.domain.events import BookingCancelled
from dimoslive.domain.people.permissions import Permission
from dimoslive.domain.people.personal_data import clean_text
from dimoslive.domain.people.principals import Principal
from dimoslive.services.access.access_booking import access_booking
from dimoslive.services.booking.record_change import record_change
from dimoslive.services.draft.end_move import end_move
from dimoslive.services.freed.free_late import free_late
from dimoslive.services.outbox.publish_event import publish_event


def cancel_booking(context: AppContext, principal: Principal, reference: str, reason: str = "") -> Booking:
    """Cancel, give the time back and publish it; a move under way ends. Cancelling twice is cancelling once.

    Raises `NotFound`, `TooLate` or `InvalidInput` (the reason).
    """
    reason = clean_text("reason", reason, max_length=MAX_REASON_LENGTH, required=False)
    now = context.clock.now()
    with transaction(context.db) as tx:
        row = access_booking(tx, principal, reference, Permission.CANCEL_BOOKING, for_change=True)
        if row.status != BookingStatus.CANCELLED_BY_CITIZEN.value:
            rules = to_change_rules(tx.get_one(ServiceRow, row.service_id))
            check_can_cancel(BookingStatus(row.status), row.starts_at, now, rules)
            before = facts_of(row)
            row.status = change_status(row.status, BookingStatus.CANCELLED_BY_CITIZEN)
            row.cancelled_at, row.cancel_reason = now, reason
            row.sequence += 1
            tx.add(row)
            tx.flush()
            free_late(tx, FormerPlace.of(row), now)
            release_claims(tx, [row.id or 0])
            end_move(tx, row, now)
            booking = to_booking(booking_with_service(tx, row.id or 0))
            publish_event(tx, BookingCancelled(booking), now)
            record_change(tx, row, before, "cancelled", now)
            return booking
        return to_booking(booking_with_service(tx, row.id or 0))
