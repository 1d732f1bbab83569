"""One booking."""

from dimoslive.context import AppContext
from dimoslive.db.engine import reading
from dimoslive.db.queries.bookings import booking_with_service
from dimoslive.db.rows.booking import to_booking
from dimoslive.domain.booking.booking import Booking
from dimoslive.domain.people.permissions import Permission
from dimoslive.domain.people.principals import Principal
from dimoslive.services.access.access_booking import access_booking


def show_booking(context: AppContext, principal: Principal, reference: str) -> Booking:
    """One booking that the principal may see; raises `NotFound`."""
    with reading(context.db) as tx:
        row = access_booking(tx, principal, reference, Permission.VIEW_BOOKING)
        return to_booking(booking_with_service(tx, row.id or 0))
