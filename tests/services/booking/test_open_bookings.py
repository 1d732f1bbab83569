"""A person has one open booking for a service and three with a municipality; at the cap, one can be moved."""

import pytest

from dimoslive.db.engine import transaction
from dimoslive.db.tables.catalogue import MunicipalityRow, ServiceRow
from dimoslive.domain.booking.statuses import BookingStatus
from dimoslive.domain.errors import TooManyOpenBookings
from dimoslive.services.booking.cancel_booking import cancel_booking
from tests.support.world import Town, a_municipality, a_service, on_the_day, statuses


def test_a_second_booking_of_a_service_is_refused_and_the_first_named(town: Town) -> None:
    booking = town.a_booking("09:10")
    with pytest.raises(TooManyOpenBookings) as refused:
        town.hold("10:10")
    assert refused.value.params == {"reference": booking.reference, "limit": 1, "scope": "service"}


def test_somebody_else_is_not_at_the_cap(town: Town) -> None:
    town.a_booking("09:10")
    assert town.a_booking("10:10", by=town.citizen())


def test_a_fourth_booking_with_a_municipality_is_refused_and_the_soonest_named(town: Town) -> None:
    bookings = [town.a_booking(wall, service=town.another_service()) for wall in ("11:00", "09:10", "10:00")]
    with pytest.raises(TooManyOpenBookings) as refused:
        town.hold("12:00")
    assert refused.value.params == {"reference": bookings[1].reference, "limit": 3, "scope": "municipality"}


def test_bookings_with_another_municipality_do_not_count(town: Town) -> None:
    for wall in ("09:10", "10:10", "11:10"):
        town.a_booking(wall, service=town.another_service())
    with transaction(town.context.db) as tx:
        elsewhere = a_service(tx, a_municipality(tx, "Δράμας", slug="drama"))
    assert town.a_booking("12:10", service=elsewhere)


def test_the_caps_are_settings_of_service_and_municipality(town: Town) -> None:
    with transaction(town.context.db) as tx:
        tx.get_one(ServiceRow, town.service.id).max_open_bookings = 2
        tx.get_one(MunicipalityRow, town.municipality.id).max_open_bookings = 2
    town.a_booking("09:10")
    town.a_booking("10:10")
    with pytest.raises(TooManyOpenBookings) as refused:
        town.hold("11:10")
    assert refused.value.params["limit"] == 2


def test_what_is_cancelled_or_over_is_not_open(town: Town) -> None:
    cancel_booking(town.context, town.eleni, town.a_booking("09:10").reference)
    town.wait_for_freed()
    town.a_booking("09:10")
    town.clock.set(on_the_day("09:19"))
    with pytest.raises(TooManyOpenBookings):
        town.hold("12:10")
    town.clock.set(on_the_day("09:20"))
    assert town.hold("12:10")


def test_the_cap_is_checked_again_when_booking(town: Town) -> None:
    hold = town.hold("10:10")
    with transaction(town.context.db) as tx:
        tx.get_one(ServiceRow, town.service.id).max_open_bookings = 1
        tx.get_one(MunicipalityRow, town.municipality.id).max_open_bookings = 1
    other = town.another_service()
    _book_behind_the_holds_back(town, other)
    with pytest.raises(TooManyOpenBookings):
        town.confirm(hold)
    assert statuses(town.context.db) == {BookingStatus.HELD: 1, BookingStatus.BOOKED: 1}


def test_moving_adds_no_booking_and_so_is_allowed_at_the_cap(town: Town) -> None:
    booking = town.a_booking("09:10")
    assert town.move(booking, "10:10").reference == booking.reference


def _book_behind_the_holds_back(town: Town, service: ServiceRow) -> None:
    """What staff may do: a booking for a person who holds another time."""
    nikos = town.citizen()
    booking = town.a_booking("12:10", by=nikos, service=service)
    with transaction(town.context.db) as tx:
        row = tx.merge(town.row(booking))
        row.citizen_id = town.eleni.id
