"""Fetching a booking and checking the right to it, in one name."""

from sqlmodel import Session

from dimoslive.db.queries.bookings import booking_by_reference
from dimoslive.db.queries.people import lock_citizen
from dimoslive.db.tables.booking import BookingRow
from dimoslive.domain.booking.references import parse_reference
from dimoslive.domain.booking.statuses import NEVER_BOOKED
from dimoslive.domain.errors import NotFound
from dimoslive.domain.people.principals import Citizen, LinkHolder, Official, Principal


def access_booking(tx: Session, principal: Principal, reference: str, *, for_change: bool = False) -> BookingRow:
    """The row, if the actor has a right to it; raises `NotFound` for missing, foreign and never confirmed alike.

    Erased ones are for officials alone. ``for_change`` locks it, and its citizen first, as all do who change a person's
    bookings.
    """
    row = booking_by_reference(tx, parse_reference(reference) or "")
    if row is None or row.status in NEVER_BOOKED or not _may_access(principal, row):
        raise NotFound()
    if for_change:
        if row.citizen_id is not None:
            lock_citizen(tx, row.citizen_id)
        tx.refresh(row, with_for_update=True)
    return row


def _may_access(principal: Principal, row: BookingRow) -> bool:
    if isinstance(principal, Official):
        return any(right.covers(row.municipality_id, None) for right in principal.rights)
    if isinstance(principal, LinkHolder):
        return row.citizen_id is not None and row.id == principal.booking_id
    return isinstance(principal, Citizen) and row.citizen_id == principal.id
