"""What each kind of principal reaches with each permission, in the database's own answer."""

from collections.abc import Callable

import pytest

from dimoslive.db.engine import reading, transaction
from dimoslive.db.tables.booking import BookingRow
from dimoslive.db.tables.catalogue import DepartmentRow, ServiceRow
from dimoslive.domain.booking.booking import Booking
from dimoslive.domain.errors import NotFound
from dimoslive.domain.people.permissions import ALLOWED, Permission, can
from dimoslive.domain.people.principals import (
    Anonymous,
    Guest,
    LinkHolder,
    Official,
    Principal,
    StaffRight,
)
from dimoslive.services.access.access_booking import access_booking
from dimoslive.services.booking.cancel_booking import cancel_booking
from dimoslive.services.desk.find_workplace import find_workplace
from dimoslive.services.desk.show_day import show_day
from tests.support.meeting import enter_foreign_official, enter_official
from tests.support.world import NOW, Town, on_the_day

OF_BOOKINGS = [permission for permission, roles in ALLOWED.items() if Anonymous not in roles]
OWN: dict[str, Callable[[Town, Booking], Principal]] = {
    "anonymous": lambda _town, _booking: Anonymous(),
    "citizen": lambda town, _booking: town.eleni,
    "link": lambda _town, booking: LinkHolder(booking.id),
    "guest": lambda _town, booking: Guest(1, booking.id),
    "official": lambda town, _booking: enter_official(town),
}
FOREIGN: dict[str, Callable[[Town, Booking], Principal]] = {
    "citizen": lambda town, _booking: town.citizen(),
    "link": lambda _town, booking: LinkHolder(booking.id + 1),
    "guest": lambda _town, booking: Guest(1, booking.id + 1),
    "official": lambda town, _booking: enter_foreign_official(town),
    "no_right": lambda _town, _booking: Official(1, "", "", frozenset()),
}


def reached(town: Town, principal: Principal, booking: Booking) -> list[Permission]:
    """With which permissions the booking is found."""
    found = []
    with reading(town.context.db) as tx:
        for permission in Permission:
            try:
                row = access_booking(tx, principal, booking.reference, permission)
            except NotFound:
                continue
            assert row.id == booking.id
            found.append(permission)
    return found


@pytest.mark.parametrize("who", OWN)
def test_what_is_ones_own_is_reached_with_the_permissions_that_one_has(town: Town, who: str) -> None:
    booking = town.a_booking("09:10")
    principal = OWN[who](town, booking)
    found = [permission for permission in reached(town, principal, booking) if permission in OF_BOOKINGS]
    assert found == [permission for permission in OF_BOOKINGS if can(principal, permission)]


@pytest.mark.parametrize("who", FOREIGN)
def test_what_is_foreign_is_reached_with_none(town: Town, who: str) -> None:
    booking = town.a_booking("09:10")
    town.a_booking("09:20", by=town.citizen())
    assert reached(town, FOREIGN[who](town, booking), booking) == []


def test_an_erased_booking_is_reached_by_officials_alone(town: Town) -> None:
    booking = town.a_booking("09:10")
    with transaction(town.context.db) as tx:
        row = tx.get_one(BookingRow, booking.id)
        row.citizen_id, row.erased_at = None, NOW
    assert reached(town, town.eleni, booking) == reached(town, LinkHolder(booking.id), booking) == []
    assert Permission.VIEW_BOOKING in reached(town, enter_official(town), booking)


def test_an_official_of_one_department_reaches_its_bookings_and_no_others(town: Town) -> None:
    booking = town.a_booking("09:10")
    town.clock.set(on_the_day("08:00"))
    with transaction(town.context.db) as tx:
        other = DepartmentRow(municipality_id=town.municipality.id, name_el="Ληξιαρχείο", name_en="Registry")
        tx.add(other)
        tx.flush()
        own, foreign = tx.get_one(ServiceRow, booking.service.service_id).department_id, other.id or 0

    def official(*departments: int) -> Official:
        right = StaffRight(town.municipality.id, department_ids=frozenset(departments))
        return Official(1, "", "", frozenset({right}))

    for departments in ((own,), (own, foreign), ()):
        assert Permission.ADMIT in reached(town, official(*departments), booking)
        assert on_the_desk(town, official(*departments)) == [booking.reference]
    assert reached(town, official(foreign), booking) == []
    assert on_the_desk(town, official(foreign)) == []


def on_the_desk(town: Town, official: Official) -> list[str]:
    """The bookings of the day as the official sees it."""
    place = find_workplace(town.context, official, "kavala")
    return [one.reference for one in show_day(town.context, official, place, on_the_day("09:00").date()).bookings]


def test_an_official_cancels_nothing_in_the_citizens_name(town: Town) -> None:
    booking = town.a_booking("09:10")
    with pytest.raises(NotFound):
        cancel_booking(town.context, enter_official(town), booking.reference)
    assert town.row(booking).status == "booked"
