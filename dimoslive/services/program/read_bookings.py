"""A program reads the bookings of its municipality; that it read persons is written down."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session

from dimoslive.context import AppContext
from dimoslive.db.engine import reading, transaction
from dimoslive.db.queries.program_bookings import program_booking, program_bookings, to_program_booking
from dimoslive.db.queries.scopes import bookings_within
from dimoslive.domain.booking.references import parse_reference
from dimoslive.domain.errors import NotFound
from dimoslive.domain.keys.program_booking import HELD_BACK, BookingWish, ProgramBooking, SortPlace
from dimoslive.domain.people.permissions import Permission, can
from dimoslive.domain.people.principals import ApiKey
from dimoslive.domain.scheduling.local_time import ATHENS
from dimoslive.services.audit.record_audit import record_audit


def list_program_bookings(
    context: AppContext, key: ApiKey, wish: BookingWish, *, after: SortPlace | None, limit: int
) -> list[ProgramBooking]:
    """At most so many, by start or by change. Of a sensitive service a list has no persons."""
    now, with_persons = context.clock.now(), can(key, Permission.VIEW_PERSON)
    with reading(context.db) as tx:
        found = program_bookings(
            tx,
            bookings_within(key, Permission.VIEW_BOOKING),
            wish,
            ATHENS,
            until=now - HELD_BACK,
            after=after,
            limit=limit,
        )
    bookings = [to_program_booking(row, with_person=with_persons and not row.is_sensitive) for row in found]
    if any(booking.person for booking in bookings):
        with transaction(context.db) as tx:
            note_persons(tx, key, bookings, now)
    return bookings


def show_program_booking(context: AppContext, key: ApiKey, reference: str) -> ProgramBooking:
    """One of them; raises `NotFound`."""
    with reading(context.db) as tx:
        booking = program_booking_of(tx, key, reference, Permission.VIEW_BOOKING)
    if booking.person is not None:
        with transaction(context.db) as tx:
            note_persons(tx, key, [booking], context.clock.now())
    return booking


def program_booking_of(tx: Session, key: ApiKey, reference: str, permission: Permission) -> ProgramBooking:
    """One of those with which the program may do this, as it sees it now; raises `NotFound`."""
    scope = bookings_within(key, permission)
    found = program_booking(tx, scope, parse_reference(reference) or "")
    if found is None:
        raise NotFound()
    return to_program_booking(found, with_person=can(key, Permission.VIEW_PERSON))


def note_persons(tx: Session, key: ApiKey, bookings: Sequence[ProgramBooking], now: datetime) -> None:
    """One line of the log: which key read the persons of which bookings."""
    references = [booking.reference for booking in bookings if booking.person is not None]
    record_audit(
        tx,
        now,
        "key.read_persons",
        by=key,
        subject=("key_reading", key.id),
        municipality_id=key.municipality_id,
        after={"count": len(references), "references": references},
    )
