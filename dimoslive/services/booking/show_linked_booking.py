"""The booking that a mail's link names."""

from dimoslive.context import AppContext
from dimoslive.crypto import token_hash
from dimoslive.db.engine import reading
from dimoslive.db.queries.bookings import booking_by_link, booking_with_service
from dimoslive.db.rows.booking import to_booking
from dimoslive.db.tables.booking import BookingRow
from dimoslive.domain.booking.booking import Booking, BookingSource
from dimoslive.domain.errors import NotFound
from dimoslive.domain.people.principals import LinkHolder


def show_linked_booking(context: AppContext, token: str) -> tuple[LinkHolder, Booking]:
    """The booking that a mail's link names, and the right that goes with the link; raises `NotFound`."""
    with reading(context.db) as tx:
        row = booking_by_link(tx, token_hash(token))
        if row is None or row.id is None or _is_without_its_person(row):
            raise NotFound()
        return LinkHolder(row.id), to_booking(booking_with_service(tx, row.id))


def _is_without_its_person(row: BookingRow) -> bool:
    """Erased by the term, or at the citizen's own wish; whom an official booked for never had an account."""
    return row.erased_at is not None or (row.citizen_id is None and row.source == BookingSource.CITIZEN.value)
