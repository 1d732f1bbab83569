"""One booking."""

from dimoslive.context import Parts
from dimoslive.db.engine import reading
from dimoslive.db.queries.bookings import booking_with_service
from dimoslive.db.rows.booking import to_booking
from dimoslive.domain.booking.booking import Booking
from dimoslive.domain.people.principals import Actor
from dimoslive.services.access.access_booking import access_booking


def show_booking(parts: Parts, actor: Actor, reference: str) -> Booking:
    """One booking of the actor's; raises `NotFound`."""
    with reading(parts.db) as tx:
        row = access_booking(tx, actor, reference)
        return to_booking(*booking_with_service(tx, row.id or 0))
