"""A booking that the municipality makes for somebody, by an official or a program: what both do last."""

from datetime import datetime

from sqlmodel import Session

from dimoslive.db.queries.bookings import booking_with_service
from dimoslive.db.queries.places import with_door
from dimoslive.db.rows.booking import to_booking
from dimoslive.db.rows.history import facts_of
from dimoslive.db.tables.booking import BookingRow
from dimoslive.domain.booking.booking import Booking
from dimoslive.domain.booking.consents import Declaration
from dimoslive.domain.events import BookingConfirmed
from dimoslive.services.booking.record_change import record_change
from dimoslive.services.desk.take_place import CheckedPlace, claim_place
from dimoslive.services.outbox.publish_event import publish_event


def enter_booking(  # what is entered, and who does it
    tx: Session,
    row: BookingRow,
    place: CheckedPlace,
    told: Declaration,
    now: datetime,
    *,
    official_id: int | None = None,
    api_key_id: int | None = None,
) -> Booking:
    """Claim the place for a row that was added, note which declaration the person was told, and publish it.

    Raises `SlotTaken` or `LanesFull`.
    """
    # ``consent_at`` stays empty until the person accepts it.
    row.consent_version, row.consent_sha256, row.consent_language = told.version, told.sha256, told.language
    claim_place(tx, row, place, now)
    was = dict.fromkeys(facts_of(row))
    record_change(tx, row, was, "booked", now, official_id=official_id, api_key_id=api_key_id, reason=place.reason)
    booking = with_door(tx, to_booking(booking_with_service(tx, row.id or 0)), row.desk_id)
    publish_event(tx, BookingConfirmed(booking), now)
    return booking
