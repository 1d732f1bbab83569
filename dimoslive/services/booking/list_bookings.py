"""A citizen's bookings."""

from dimoslive.context import AppContext
from dimoslive.db.engine import reading
from dimoslive.db.queries.bookings import bookings_of
from dimoslive.db.rows.booking import to_booking
from dimoslive.domain.booking.booking import Booking
from dimoslive.domain.booking.statuses import OPEN
from dimoslive.domain.people.principals import Citizen


def list_bookings(context: AppContext, principal: Citizen) -> tuple[list[Booking], list[Booking]]:
    """The citizen's bookings still to come, soonest first, and those past or cancelled, newest first."""
    now = context.clock.now()
    with reading(context.db) as tx:
        bookings = [to_booking(found) for found in bookings_of(tx, principal.id)]
    upcoming = [b for b in bookings if b.status in OPEN and b.period.ends_at > now]
    past = [b for b in bookings if b not in upcoming]
    return upcoming[::-1], past
