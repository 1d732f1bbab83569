"""How many bookings a citizen may have open."""

from datetime import datetime

from sqlmodel import Session

from dimoslive.db.queries.bookings import open_bookings
from dimoslive.db.tables.catalogue import MunicipalityRow, ServiceRow
from dimoslive.db.tables.draft import DraftRow
from dimoslive.domain.errors import (
    TooManyOpenBookings,
)


def check_booking_limit(tx: Session, draft: DraftRow, now: datetime) -> None:
    """Raises `TooManyOpenBookings`, naming a booking that could be moved instead; a move itself adds none."""
    assert draft.service_id is not None
    assert draft.municipality_id is not None
    if draft.moving_id is not None:
        return
    waiting = open_bookings(tx, draft.citizen_id, draft.municipality_id, now)
    if not waiting:
        return
    service, municipality = tx.get_one(ServiceRow, draft.service_id), tx.get_one(MunicipalityRow, draft.municipality_id)
    of_service = [booking for booking in waiting if booking.service_id == service.id]
    if len(of_service) >= service.max_open_bookings:
        raise TooManyOpenBookings(reference=of_service[0].reference, limit=service.max_open_bookings, scope="service")
    if len(waiting) >= municipality.max_open_bookings:
        raise TooManyOpenBookings(
            reference=waiting[0].reference, limit=municipality.max_open_bookings, scope="municipality"
        )
