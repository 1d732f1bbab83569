"""An official sees the day's teleconferences of the own municipality, those who wait first."""

import asyncio

import pytest
from sqlalchemy import Engine

from dimoslive.db.engine import transaction
from dimoslive.db.tables.booking import BookingRow
from dimoslive.db.tables.meeting import MeetingRow
from dimoslive.domain.booking.statuses import BookingStatus
from dimoslive.domain.meeting.meeting import PRESENT_FOR, Outcome
from dimoslive.domain.people.principals import Official
from dimoslive.domain.scheduling.mode import Mode
from dimoslive.services.booking.cancel_booking import cancel_booking
from dimoslive.services.desk.list_waiting import Waiting, list_waiting
from dimoslive.services.meeting.admit_citizen import admit_citizen
from dimoslive.services.meeting.end_meeting import end_meeting
from dimoslive.services.meeting.find_participant import JoinRequest, find_participant
from dimoslive.services.meeting.note_absence import note_absence
from dimoslive.services.meeting.note_presence import note_presence
from dimoslive.services.meeting.send_back_if_weaker import send_back_if_weaker
from dimoslive.services.upkeep.close_meetings import close_meetings
from tests.support.meeting import (
    a_meeting,
    a_meeting_for,
    enter_foreign_official,
    enter_official,
    link_token,
    wait,
    without_video,
)
from tests.support.world import Town, a_town, on_the_day


@pytest.fixture
def official(town: Town) -> Official:
    return enter_official(town)


def test_those_who_wait_stand_first_the_longest_wait_at_the_top(town: Town, official: Official) -> None:
    nikos, maria = town.citizen("Νίκος Γεωργίου"), town.citizen("Μαρία Αλεξίου")
    first, second = town.a_booking("09:00"), town.a_booking("09:10", by=nikos)
    third = town.a_booking("09:20", by=maria)
    town.clock.set(on_the_day("09:10"))
    wait(town, third, by=maria)
    town.clock.advance(seconds=1)
    wait(town, second, by=nikos)
    lines = list_waiting(town.context, official)
    assert [line.booking.reference for line in lines] == [third.reference, second.reference, first.reference]
    assert [line.since for line in lines] == [on_the_day("09:10"), town.clock.now(), None]


def test_the_day_is_the_one_in_greece_and_teleconferences_alone(town: Town, official: Official) -> None:
    without_video(town, "09:00")
    without_video(town, "09:10", by=town.citizen(), mode=Mode.PHONE)
    town.hold("09:20", by=town.citizen())
    meeting = town.a_booking("09:30", by=town.citizen())
    tomorrow = town.a_booking("2026-11-25 09:00", by=town.citizen())
    town.clock.set(on_the_day("00:01"))
    assert [line.booking for line in list_waiting(town.context, official)] == [meeting]
    town.clock.set(on_the_day("23:59"))
    assert [line.booking for line in list_waiting(town.context, official)] == [meeting]
    town.clock.set(on_the_day("2026-11-25 00:00"))
    assert [line.booking for line in list_waiting(town.context, official)] == [tomorrow]


def test_an_official_of_another_municipality_sees_an_empty_day(town: Town) -> None:
    wait(town, a_meeting(town))
    assert list_waiting(town.context, enter_foreign_official(town)) == []
    assert list_waiting(town.context, Official(0, "", "", frozenset())) == []


def test_how_the_person_is_known_is_told(town: Town, official: Official) -> None:
    booking = a_meeting(town)
    note_presence(town.context, find_participant(town.context, JoinRequest(link=link_token(town, booking))))
    assert not the_line(town, official).is_confirmed
    wait(town, booking)
    assert the_line(town, official).is_confirmed


def test_whoever_was_sent_back_waits_and_the_list_says_so(town: Town, official: Official) -> None:
    booking = a_meeting(town)
    wait(town, booking)
    asyncio.run(admit_citizen(town.context, official, booking.reference))
    by_link = find_participant(town.context, JoinRequest(link=link_token(town, booking)))
    assert send_back_if_weaker(town.context, by_link)
    note_presence(town.context, by_link)
    line = the_line(town, official)
    assert (line.since, line.is_confirmed, line.is_sent_back) == (town.clock.now(), False, True)
    wait(town, booking)
    assert not the_line(town, official).is_sent_back


def test_the_list_knows_who_signed_in_and_whom_that_one_typed(town: Town, official: Official) -> None:
    a_meeting_for(town, "ΝΙΚΟΣ ΔΗΜΟΥ")
    booking = the_line(town, official).booking
    assert (booking.signed_in_name, booking.details.name) == (town.eleni.full_name, "ΝΙΚΟΣ ΔΗΜΟΥ")
    assert booking.is_for_another


def test_who_left_or_fell_silent_does_not_wait(town: Town, official: Official) -> None:
    booking = a_meeting(town)
    wait(town, booking)
    note_absence(town.context, booking.id)
    assert the_line(town, official).since is None
    wait(town, booking)
    town.clock.advance(seconds=PRESENT_FOR.total_seconds())
    assert the_line(town, official).since is not None
    town.clock.advance(seconds=1)
    assert the_line(town, official).since is None


def test_a_booking_cancelled_in_the_waiting_room_does_not_wait(town: Town, official: Official) -> None:
    booking = a_meeting(town)
    wait(town, booking)
    cancel_booking(town.context, town.eleni, booking.reference)
    line = the_line(town, official)
    assert (line.since, line.booking.status) == (None, BookingStatus.CANCELLED_BY_CITIZEN)


def test_the_admitted_do_not_wait_and_the_served_are_not_in(town: Town, official: Official) -> None:
    booking = a_meeting(town)
    wait(town, booking)
    asyncio.run(admit_citizen(town.context, official, booking.reference))
    line = the_line(town, official)
    assert (line.since, line.is_admitted, line.outcome) == (None, True, "")
    end_meeting(town.context, official, booking.reference, Outcome.REFERRED)
    line = the_line(town, official)
    assert (line.since, line.is_admitted, line.outcome) == (None, False, "referred")


def test_who_was_admitted_into_no_room_waits_again_after_a_minute(town: Town, official: Official) -> None:
    booking = a_meeting(town)
    wait(town, booking)
    came_at = town.clock.now()
    asyncio.run(admit_citizen(town.context, official, booking.reference))
    with transaction(town.context.db) as tx:
        tx.get_one(MeetingRow, booking.id).room = ""
    town.clock.advance(seconds=59)
    wait(town, booking)
    line = the_line(town, official)
    assert (line.since, line.is_admitted) == (None, True)
    town.clock.advance(seconds=1)
    line = the_line(town, official)
    assert (line.since, line.is_admitted) == (came_at, False)


def test_an_official_can_go_in_while_the_meeting_is_open_whether_or_not_the_citizen_came(
    town: Town, official: Official
) -> None:
    booking = town.a_booking("09:10")
    for wall, can_enter in (("08:59", False), ("09:00", True), ("09:40", True), ("10:19", True), ("10:20", False)):
        town.clock.set(on_the_day(wall))
        assert the_line(town, official).can_enter is can_enter
    town.clock.set(on_the_day("09:12"))
    wait(town, booking)
    note_absence(town.context, booking.id)
    assert the_line(town, official).can_enter
    end_meeting(town.context, official, booking.reference, Outcome.NO_SHOW)
    assert the_line(town, official).can_enter
    wait(town, booking)
    asyncio.run(admit_citizen(town.context, official, booking.reference))
    end_meeting(town.context, official, booking.reference, Outcome.SERVED)
    assert not the_line(town, official).can_enter


def test_nobody_goes_into_a_meeting_that_was_cancelled(town: Town, official: Official) -> None:
    booking = a_meeting(town)
    assert the_line(town, official).can_enter
    cancel_booking(town.context, town.eleni, booking.reference)
    assert not the_line(town, official).can_enter


def test_a_meeting_that_nobody_ended_is_over_without_an_outcome(town: Town, official: Official) -> None:
    wait(town, a_meeting(town))
    assert not the_line(town, official).is_ended
    town.clock.set(on_the_day("10:20"))
    close_meetings(town.context)
    line = the_line(town, official)
    assert (line.since, line.is_ended, line.outcome) == (None, True, "")


def test_who_came_after_all_waits_again(town: Town, official: Official) -> None:
    booking = a_meeting(town)
    end_meeting(town.context, official, booking.reference, Outcome.NO_SHOW)
    assert the_line(town, official).outcome == "no_show"
    wait(town, booking)
    line = the_line(town, official)
    assert (line.since, line.is_admitted, line.outcome) == (town.clock.now(), False, "")


@pytest.mark.parametrize(
    "status", [BookingStatus.SERVED, BookingStatus.NO_SHOW, BookingStatus.CANCELLED_BY_MUNICIPALITY]
)
def test_what_is_over_stays_on_the_days_list(sqlite_db: Engine, status: BookingStatus) -> None:
    town = a_town(sqlite_db)
    official = enter_official(town)
    booking = a_meeting(town)
    with transaction(sqlite_db) as tx:
        tx.get_one(BookingRow, booking.id).status = status
    assert the_line(town, official).booking.status is status


def the_line(town: Town, official: Official) -> Waiting:
    """The only line of the day."""
    [line] = list_waiting(town.context, official)
    return line
