"""A desk that says that it is late: its meetings' doors stay open longer, and nobody is called a no-show too early."""

from datetime import timedelta

import pytest

from dimoslive.db.engine import transaction
from dimoslive.db.tables.booking import BookingRow
from dimoslive.db.tables.catalogue import DeskRow
from dimoslive.db.tables.meeting import MeetingGuestRow
from dimoslive.domain.booking.booking import Booking
from dimoslive.domain.booking.statuses import BookingStatus
from dimoslive.domain.desk.day import DayBooking
from dimoslive.domain.desk.delays import delay_for
from dimoslive.domain.errors import MeetingOver
from dimoslive.domain.people.principals import Official
from dimoslive.services.booking.show_booking import show_booking
from dimoslive.services.desk.find_workplace import find_workplace
from dimoslive.services.desk.open_booking import open_booking
from dimoslive.services.desk.show_day import show_day
from dimoslive.services.desk.state_delay import state_delay
from dimoslive.services.meeting.admit_citizen import admit_citizen
from dimoslive.services.meeting.invite_guest import invite_guest
from dimoslive.services.upkeep.close_meetings import close_meetings
from tests.support.arranging import desks_of
from tests.support.meeting import a_meeting, enter_official, meeting, wait
from tests.support.world import Town, on_the_day, rows


@pytest.fixture
def official(town: Town) -> Official:
    return enter_official(town)


def say_late(town: Town, official: Official, minutes: int, until: str = "") -> None:
    place = find_workplace(town.context, official, "kavala")
    state_delay(town.context, official, place, desks_of(town)[0], minutes, until)


def on_the_desk(town: Town, official: Official) -> DayBooking:
    place = find_workplace(town.context, official, "kavala")
    [booking] = show_day(town.context, official, place, town.clock.now().date()).bookings
    return booking


def is_open(town: Town, official: Official, booking: Booking) -> bool:
    """Who asks for the door is told the same by the day, the booking's page and the waiting room."""
    by_day = on_the_desk(town, official).can_enter_meeting(town.clock.now())
    by_page = open_booking(town.context, official, booking.reference).offers.can_enter
    try:
        wait(town, booking)
        by_room = True
    except MeetingOver:
        by_room = False
    assert by_day == by_page == by_room
    return by_room


def test_the_door_closes_later_by_as_much_as_the_desk_is_late(town: Town, official: Official) -> None:
    booking = a_meeting(town)
    for minutes, last in ((0, "10:19"), (30, "10:49")):
        town.clock.set(on_the_day("09:15"))
        say_late(town, official, minutes)
        town.clock.set(on_the_day(last))
        assert is_open(town, official, booking)
        town.clock.set(on_the_day(last) + timedelta(minutes=1))
        assert not is_open(town, official, booking)


async def test_an_official_admits_as_long_as_the_door_is_open(town: Town, official: Official) -> None:
    booking = a_meeting(town)
    say_late(town, official, 30)
    town.clock.set(on_the_day("10:45"))
    wait(town, booking)
    await admit_citizen(town.context, official, booking.reference)
    assert town.row(booking).status == BookingStatus.IN_SERVICE


def test_what_nobody_ended_is_ended_that_much_later(town: Town, official: Official) -> None:
    booking = a_meeting(town)
    wait(town, booking)
    invite_guest(town.context, official, booking.reference, "Διερμηνέας")
    say_late(town, official, 30)
    town.clock.set(on_the_day("10:49"))
    assert close_meetings(town.context) == 0
    assert len(rows(town.context.db, MeetingGuestRow)) == 1
    town.clock.set(on_the_day("10:50"))
    assert close_meetings(town.context) == 1
    assert (town.row(booking).status, meeting(town, booking).ended_at) == ("not_served", on_the_day("10:50"))


def test_a_desk_that_caught_up_closes_as_ever(town: Town, official: Official) -> None:
    booking = a_meeting(town)
    wait(town, booking)
    say_late(town, official, 30)
    say_late(town, official, 0)
    town.clock.set(on_the_day("10:20"))
    assert close_meetings(town.context) == 1
    assert meeting(town, booking).ended_at == on_the_day("10:20")


def test_nobody_is_called_a_no_show_before_the_desk_would_have_come_to_them(town: Town, official: Official) -> None:
    a_meeting(town)
    for minutes, asked_at in ((0, "09:25"), (20, "09:45")):
        say_late(town, official, minutes)
        town.clock.set(on_the_day(asked_at) - timedelta(minutes=1))
        assert not on_the_desk(town, official).is_no_show_suggested(town.clock.now())
        town.clock.set(on_the_day(asked_at))
        assert on_the_desk(town, official).is_no_show_suggested(town.clock.now())


def test_a_lane_is_as_late_as_its_desk(town: Town, official: Official) -> None:
    booking = a_meeting(town)
    with transaction(town.context.db) as tx:
        lane = DeskRow(
            municipality_id=town.municipality.id, name_el="Θ", name_en="D", overflow_of=desks_of(town)[0], lane=1
        )
        tx.add(lane)
        tx.flush()
        tx.get_one(BookingRow, booking.id).desk_id = lane.id or 0
    say_late(town, official, 20)
    assert show_booking(town.context, town.eleni, booking.reference).desk_delay == timedelta(minutes=20)
    assert on_the_desk(town, official).desk_delay == timedelta(minutes=20)


@pytest.mark.parametrize(
    ("starts", "minutes"),
    [("08:00", 20), ("11:55", 20), ("12:00", 0), ("2026-11-23 11:00", 0), ("2026-11-25 11:00", 0)],
)
def test_a_delay_is_of_the_day_on_which_it_was_said_and_of_what_starts_before_its_end(
    starts: str, minutes: int
) -> None:
    at = on_the_day("11:00") + timedelta(days=int(starts[8:10]) - 24) if "-" in starts else on_the_day(starts)
    assert delay_for(at, 20, on_the_day("09:00"), on_the_day("12:00")) == timedelta(minutes=minutes)
