"""A citizen's bookings."""

from dimoslive.context import Parts
from dimoslive.db.engine import reading
from dimoslive.db.queries.bookings import bookings_of
from dimoslive.db.rows.booking import to_booking
from dimoslive.domain.booking.booking import Booking
from dimoslive.domain.booking.statuses import OPEN
from dimoslive.domain.people.principals import CitizenActor


def list_bookings(parts: Parts, actor: CitizenActor) -> tuple[list[Booking], list[Booking]]:
    """The citizen's bookings still to come, soonest first, and those past or cancelled, newest first."""
    now = parts.clock.now()
    with reading(parts.db) as tx:
        bookings = [to_booking(*row) for row in bookings_of(tx, actor.id)]
    upcoming = [b for b in bookings if b.status in OPEN and b.period.ends_at > now]
    past = [b for b in bookings if b not in upcoming]
    return upcoming[::-1], past
