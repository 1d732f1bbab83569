"""Fetching a booking and checking the right to it, in one name."""

from sqlmodel import Session

from dimoslive.db.queries.bookings import booking_within
from dimoslive.db.queries.people import lock_citizen
from dimoslive.db.queries.scopes import bookings_within
from dimoslive.db.tables.booking import BookingRow
from dimoslive.domain.booking.references import parse_reference
from dimoslive.domain.errors import NotFound, NotSignedIn
from dimoslive.domain.people.permissions import Permission
from dimoslive.domain.people.principals import ApiKey, Official, Principal


def access_booking(
    tx: Session, principal: Principal, reference: str, permission: Permission, *, for_change: bool = False
) -> BookingRow:
    """The row, if the principal may do this with it; raises `NotFound` for missing, foreign and never booked alike.

    Erased ones are for officials and programs alone. ``for_change`` locks it, and its citizen first, as all do who
    change a person's bookings.
    """
    row = booking_within(tx, bookings_within(principal, permission), parse_reference(reference) or "")
    if row is None:
        raise NotFound()
    if for_change:
        if row.citizen_id is not None:
            _lock(tx, principal, row.citizen_id)
        tx.refresh(row, with_for_update=True)
    return row


def _lock(tx: Session, principal: Principal, citizen_id: int) -> None:
    try:
        lock_citizen(tx, citizen_id)
    except NotSignedIn:
        # Erased in this moment: then the booking is nobody's, and those of the municipality still settle it.
        if not isinstance(principal, Official | ApiKey):
            raise
