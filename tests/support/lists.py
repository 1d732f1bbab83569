"""Officials with a right, the municipality as their place of work, and bookings that stand as told."""

from typing import Any

from dimoslive.db.engine import transaction
from dimoslive.db.tables.booking import BookingRow
from dimoslive.domain.booking.booking import Booking
from dimoslive.domain.booking.statuses import BookingStatus
from dimoslive.domain.desk.presses import Press
from dimoslive.domain.people.principals import Official, StaffRight, StaffRole
from dimoslive.services.desk.find_workplace import Workplace, find_workplace
from dimoslive.services.desk.press_booking import SeenBooking, press_booking
from tests.support.world import Town


def place_of(town: Town, official: Official) -> Workplace:
    """The town, as the official works there."""
    return find_workplace(town.context, official, town.municipality.slug)


def within(town: Town, official: Official, *departments: int, role: StaffRole = StaffRole.OFFICIAL) -> Official:
    """The same person with another right: of a role, and of these departments alone."""
    right = StaffRight(town.municipality.id, role, frozenset(departments))
    return Official(
        official.id, official.first_name, official.last_name, frozenset({right}), session_id=official.session_id
    )


def seen(booking: Booking, status: BookingStatus = BookingStatus.BOOKED) -> SeenBooking:
    """As a page showed it."""
    return SeenBooking(booking.reference, status)


def pressed(town: Town, official: Official, press: Press, booking: Booking) -> None:
    """An official has pressed on a booked one."""
    press_booking(town.context, official, press, seen(booking))


def change(town: Town, booking: Booking, **values: Any) -> None:
    """What is not of interest how it came about."""
    with transaction(town.context.db) as tx:
        row = tx.get_one(BookingRow, booking.id)
        for name, value in values.items():
            setattr(row, name, value)
