"""What officials' tests say of bookings."""

from dataclasses import replace
from typing import Any

from dimoslive.db.engine import transaction
from dimoslive.db.tables.booking import BookingRow
from dimoslive.domain.booking.booking import Booking
from dimoslive.domain.booking.statuses import BookingStatus
from dimoslive.domain.desk.presses import Press
from dimoslive.domain.people.principals import Official, StaffRight, StaffRole
from dimoslive.services.desk.press_booking import Pressed, PressWords, SeenBooking, press_booking
from tests.support.world import Town


def as_head(town: Town, official: Official) -> Official:
    """The same person with a head's right."""
    return replace(official, rights=frozenset({StaffRight(town.municipality.id, StaffRole.HEAD)}))


def seen(town: Town, booking: Booking) -> SeenBooking:
    """The booking as a page shows it that was just opened."""
    return SeenBooking(booking.reference, BookingStatus(town.row(booking).status))


def pressed(town: Town, official: Official, booking: Booking, press: Press, words: PressWords | None = None) -> Pressed:
    """An official's press on what was just read."""
    return press_booking(town.context, official, press, seen(town, booking), words)


def rewrite(town: Town, booking: Booking, **columns: Any) -> None:
    """Let the booking's row say something else."""
    with transaction(town.context.db) as tx:
        row = tx.get_one(BookingRow, booking.id)
        for name, value in columns.items():
            setattr(row, name, value)


def without_account(town: Town, booking: Booking, **columns: Any) -> None:
    """As if an official had booked it for somebody on the telephone."""
    rewrite(town, booking, citizen_id=None, source="phone", **columns)
