"""A booking goes to another desk of its service, at its own time."""

import pytest

from dimoslive.db.engine import transaction
from dimoslive.db.tables.catalogue import DeskRow
from dimoslive.db.tables.desk import CallTaskRow
from dimoslive.db.tables.outbox import DeliveryRow, OutboxRow
from dimoslive.domain.booking.booking import Booking
from dimoslive.domain.booking.statuses import BookingStatus
from dimoslive.domain.desk.presses import Press
from dimoslive.domain.errors import ChangedByOther, NotFound, NotMovable, NotOffered, UnansweredWarnings
from dimoslive.domain.people.principals import Official
from dimoslive.services.desk.hand_over import hand_over, other_desks
from dimoslive.services.desk.press_booking import SeenBooking, press_booking
from tests.support.arranging import another_desk, at_desk, book_at_desk, desks_of, move_at_desk, seen, stefanos
from tests.support.meeting import enter_foreign_official, enter_official, without_video
from tests.support.world import Town, an_absence, assert_nothing_booked_twice, on_the_day, rows


@pytest.fixture
def official(town: Town) -> Official:
    return enter_official(town)


def give(town: Town, official: Official, booking: Booking, desk_id: int, reason: str = "") -> Booking:
    return hand_over(town.context, official, seen(town, booking), desk_id, reason)


def test_free_desks_come_first_and_the_own_one_is_none_of_them(town: Town, official: Official) -> None:
    booking = town.a_booking("09:10")
    busy, free = another_desk(town), another_desk(town, name_el="Θυρίδα 3", position=3)
    with transaction(town.context.db) as tx:
        an_absence(tx, busy, starts_at=on_the_day("09:00"), ends_at=on_the_day("10:00"))
    offered = other_desks(town.context, official, booking.reference)
    assert [(desk.id, desk.is_free) for desk in offered] == [(free, True), (busy, False)]


def test_time_status_and_length_stay(town: Town, official: Official) -> None:
    booking, second = without_video(town, "09:10"), another_desk(town)
    town.clock.set(on_the_day("09:05"))
    press_booking(town.context, official, Press.START, SeenBooking(booking.reference, BookingStatus.BOOKED))
    give(town, official, booking, second)
    row = town.row(booking)
    assert (row.desk_id, row.status, row.starts_at) == (second, "in_service", on_the_day("09:10"))
    assert_nothing_booked_twice(town.context.db)


def test_a_desk_that_is_not_free_takes_it_with_a_reason(town: Town, official: Official) -> None:
    booking, second = town.a_booking("09:10"), another_desk(town)
    other = book_at_desk(town, official, "09:20", person=stefanos())
    move_at_desk(town, official, other, at_desk(town, "09:10", desk_id=second))
    with pytest.raises(UnansweredWarnings):
        give(town, official, booking, second)
    give(town, official, booking, second, "Ο συνάδελφος λείπει")
    with transaction(town.context.db) as tx:
        lane = tx.get_one(DeskRow, town.row(booking).desk_id)
    assert (lane.overflow_of, town.row(booking).staff_reason) == (second, "Ο συνάδελφος λείπει")
    assert_nothing_booked_twice(town.context.db)
    give(town, official, booking, desks_of(town)[0])
    assert_nothing_booked_twice(town.context.db)


@pytest.mark.parametrize(("place", "told"), [("Γραφείο 4", 1), ("", 0)])
def test_the_citizen_hears_of_it_only_if_the_door_differs(
    town: Town, official: Official, place: str, told: int
) -> None:
    booking, second = without_video(town, "09:10"), another_desk(town, place_el=place)
    before = len(rows(town.context.db, DeliveryRow))
    moved = give(town, official, booking, second)
    assert len(rows(town.context.db, DeliveryRow)) == before + told
    assert moved.sequence == booking.sequence + told
    if told:
        assert place in rows(town.context.db, OutboxRow)[-1].payload


def test_without_an_address_the_new_door_is_told_by_telephone(town: Town, official: Official) -> None:
    booking, second = book_at_desk(town, official, "09:10"), another_desk(town, place_el="Γραφείο 4")
    give(town, official, booking, second)
    assert [call.kind for call in rows(town.context.db, CallTaskRow)] == ["handed_over"]


def test_by_video_nobody_hears_of_it(town: Town, official: Official) -> None:
    booking, second = town.a_booking("09:10"), another_desk(town, place_el="Γραφείο 4")
    before = len(rows(town.context.db, DeliveryRow))
    assert give(town, official, booking, second).sequence == booking.sequence
    assert len(rows(town.context.db, DeliveryRow)) == before


def test_pressed_twice_it_goes_once_and_whoever_was_faster_is_named(town: Town, official: Official) -> None:
    booking, second = town.a_booking("09:10"), another_desk(town)
    third = another_desk(town, name_el="Θυρίδα 3", position=3)
    was = seen(town, booking)
    for _ in range(2):
        hand_over(town.context, official, was, second)
    with pytest.raises(ChangedByOther):
        hand_over(town.context, official, was, third)
    assert town.row(booking).desk_id == second


def test_what_is_over_or_foreign_goes_nowhere(town: Town, official: Official) -> None:
    booking, second = without_video(town, "09:10"), another_desk(town)
    foreign = enter_foreign_official(town)
    with pytest.raises(NotFound):
        give(town, foreign, booking, second)
    with pytest.raises(NotFound):
        other_desks(town.context, foreign, booking.reference)
    for desk_id in (0, -1, 2**40, desks_of(town, town.another_service())[0]):
        with pytest.raises(NotOffered):
            give(town, official, booking, desk_id)
    town.clock.set(on_the_day("09:15"))
    press_booking(town.context, official, Press.NO_SHOW, SeenBooking(booking.reference, BookingStatus.BOOKED))
    with pytest.raises(NotMovable):
        give(town, official, booking, second)
