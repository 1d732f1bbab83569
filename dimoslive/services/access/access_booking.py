"""Fetching a booking and checking the right to it, in one name."""

from sqlmodel import Session

from dimoslive.db.queries.bookings import booking_by_reference
from dimoslive.db.queries.people import lock_citizen
from dimoslive.db.tables.booking import BookingRow
from dimoslive.domain.booking.references import parse_reference
from dimoslive.domain.booking.statuses import BookingStatus
from dimoslive.domain.errors import NotFound
from dimoslive.domain.people.principals import Actor, LinkActor, OfficialActor

_NEVER_BOOKED = {BookingStatus.HELD.value, BookingStatus.EXPIRED.value}


def access_booking(tx: Session, actor: Actor, reference: str, *, for_change: bool = False) -> BookingRow:
    """The row, if it is the actor's; raises `NotFound` for missing, foreign, erased and never confirmed alike.

    ``for_change`` locks it, and its citizen first, as all do who change a person's bookings.
    """
    row = booking_by_reference(tx, parse_reference(reference) or "")
    if row is None or row.citizen_id is None or row.status in _NEVER_BOOKED or not _may_access(actor, row):
        raise NotFound()
    if for_change:
        lock_citizen(tx, row.citizen_id)
        tx.refresh(row, with_for_update=True)
    return row


def _may_access(actor: Actor, row: BookingRow) -> bool:
    if isinstance(actor, LinkActor):
        return row.id == actor.booking_id
    return row.citizen_id == actor.id


def official_booking(tx: Session, official: OfficialActor, reference: str, *, for_change: bool = False) -> BookingRow:
    """The row, if an official may act on it; raises `NotFound`.

    ``for_change`` locks it, and its citizen first, as all do who change a person's bookings.
    """
    row = booking_by_reference(tx, parse_reference(reference) or "")
    never_booked = {BookingStatus.HELD.value, BookingStatus.EXPIRED.value}
    if row is None or row.status in never_booked or row.municipality_id not in official.municipality_ids:
        raise NotFound()
    if for_change and row.citizen_id is not None:
        lock_citizen(tx, row.citizen_id)
        tx.refresh(row, with_for_update=True)
    return row
