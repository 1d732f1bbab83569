"""How many bookings a citizen may have open."""

from collections.abc import Sequence

from dimoslive.db.queries.catalogue import ServiceWithPlace
from dimoslive.db.rows.booking import OpenBooking
from dimoslive.domain.errors import (
    TooManyOpenBookings,
)


def check_booking_limit(place: ServiceWithPlace, ahead: Sequence[OpenBooking]) -> None:
    """Raises `TooManyOpenBookings`, naming a booking that could be moved instead.

    ``ahead`` are the citizen's open bookings still to come, soonest first.
    """
    service, municipality = place.service, place.municipality
    waiting = [booking for booking in ahead if booking.municipality_id == municipality.id]
    of_service = [booking for booking in waiting if booking.service_id == service.id]
    if len(of_service) >= service.max_open_bookings:
        raise TooManyOpenBookings(reference=of_service[0].reference, limit=service.max_open_bookings, scope="service")
    if len(waiting) >= municipality.max_open_bookings:
        raise TooManyOpenBookings(
            reference=waiting[0].reference, limit=municipality.max_open_bookings, scope="municipality"
        )
