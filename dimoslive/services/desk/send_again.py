"""The confirmation once more, with new links."""

from dimoslive.context import AppContext
from dimoslive.db.engine import transaction
from dimoslive.db.queries.bookings import booking_with_service
from dimoslive.db.rows.booking import to_booking
from dimoslive.db.rows.history import facts_of
from dimoslive.domain.booking.statuses import OPEN, BookingStatus
from dimoslive.domain.errors import NotPossibleNow
from dimoslive.domain.events import BookingSentAgain
from dimoslive.domain.people.permissions import Permission
from dimoslive.domain.people.principals import Official
from dimoslive.services.access.access_booking import access_booking
from dimoslive.services.access.limit_attempts import RateLimit, count_within
from dimoslive.services.booking.record_change import record_change
from dimoslive.services.outbox.publish_event import publish_event

SENT_AGAIN = "sent_again"


def send_again(context: AppContext, official: Official, reference: str) -> None:
    """Mail it to the address of the booking, three times a day at most.

    Raises `NotFound`, `NotPossibleNow` (no address, or nothing is still to come) or `TooManyAttempts`.
    """
    now = context.clock.now()
    with transaction(context.db) as tx:
        row = access_booking(tx, official, reference, Permission.SERVE, for_change=True)
        if not row.email or BookingStatus(row.status) not in OPEN or row.ends_at <= now:
            raise NotPossibleNow()
        count_within(tx, RateLimit.SEND_AGAIN, row.reference, now)
        publish_event(tx, BookingSentAgain(to_booking(booking_with_service(tx, row.id or 0))), now)
        record_change(tx, row, facts_of(row), SENT_AGAIN, now, official_id=official.id)
