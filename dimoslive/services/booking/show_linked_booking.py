"""The booking that a mail's link names."""

from dimoslive.context import AppContext
from dimoslive.crypto import token_hash
from dimoslive.db.engine import reading
from dimoslive.db.queries.bookings import booking_by_link, booking_with_service
from dimoslive.db.rows.booking import to_booking
from dimoslive.domain.booking.booking import Booking
from dimoslive.domain.errors import NotFound
from dimoslive.domain.people.principals import LinkHolder


def show_linked_booking(context: AppContext, token: str) -> tuple[LinkHolder, Booking]:
    """The booking that a mail's link names, and the right that goes with the link; raises `NotFound`."""
    with reading(context.db) as tx:
        row = booking_by_link(tx, token_hash(token))
        # A booking has a citizen, or an official made it for somebody; an erased one has nobody.
        if row is None or row.id is None or row.erased_at is not None or (row.citizen_id or row.made_by) is None:
            raise NotFound()
        return LinkHolder(row.id), to_booking(booking_with_service(tx, row.id))
