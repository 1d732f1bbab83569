"""Fetching a booking and checking the right to it, in one name."""

from sqlmodel import Session

from dimoslive.context import Parts
from dimoslive.crypto import token_hash
from dimoslive.db.engine import reading
from dimoslive.db.queries.bookings import booking_by_link, booking_by_reference, booking_with_service, bookings_of
from dimoslive.db.queries.people import lock_citizen
from dimoslive.db.rows_old import to_booking
from dimoslive.db.tables.booking import BookingRow
from dimoslive.domain.booking.booking import Booking, BookingStatus
from dimoslive.domain.booking.references import parse_reference
from dimoslive.domain.errors import NotFound
from dimoslive.domain.people.principals import Actor, CitizenActor, LinkActor

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


def show_booking(parts: Parts, actor: Actor, reference: str) -> Booking:
    """One booking of the actor's; raises `NotFound`."""
    with reading(parts.db) as tx:
        row = access_booking(tx, actor, reference)
        return to_booking(*booking_with_service(tx, row.id or 0))


def show_linked_booking(parts: Parts, token: str) -> tuple[LinkActor, Booking]:
    """The booking that a mail's link names, and the right that goes with the link; raises `NotFound`."""
    with reading(parts.db) as tx:
        row = booking_by_link(tx, token_hash(token))
        if row is None or row.id is None or row.citizen_id is None:
            raise NotFound()
        return LinkActor(row.id), to_booking(*booking_with_service(tx, row.id))


def list_bookings(parts: Parts, actor: CitizenActor) -> tuple[list[Booking], list[Booking]]:
    """The citizen's bookings still to come, soonest first, and those past or cancelled, newest first."""
    now = parts.clock.now()
    with reading(parts.db) as tx:
        bookings = [to_booking(*row) for row in bookings_of(tx, actor.id)]
    to_come = {BookingStatus.BOOKED, BookingStatus.WAITING, BookingStatus.IN_SERVICE}
    upcoming = [b for b in bookings if b.status in to_come and b.period.ends_at > now]
    past = [b for b in bookings if b not in upcoming]
    return upcoming[::-1], past
