"""A meeting that nobody ended is over when its time is over."""

import asyncio

from dimoslive.db.engine import transaction
from dimoslive.db.tables.booking import BookingRow, ClaimRow
from dimoslive.db.tables.meeting import MeetingRow
from dimoslive.domain.booking.statuses import BookingStatus
from dimoslive.domain.errors import DomainError
from dimoslive.domain.meeting.meeting import Outcome
from dimoslive.services.meeting.admit_citizen import admit_citizen
from dimoslive.services.meeting.end_meeting import end_meeting
from dimoslive.services.upkeep.close_meetings import close_meetings
from tests.support.meeting import a_meeting, enter_official, meeting, wait, without_video
from tests.support.rivals import at_once
from tests.support.world import Town, on_the_day, rows

LAST_MINUTE, CLOSED = on_the_day("10:19"), on_the_day("10:20")


async def test_who_was_admitted_counts_as_served_when_its_time_is_over(town: Town) -> None:
    booking = a_meeting(town)
    wait(town, booking)
    await admit_citizen(town.context, enter_official(town), booking.reference)
    town.clock.set(LAST_MINUTE)
    assert close_meetings(town.context) == 0
    assert town.row(booking).status == BookingStatus.IN_SERVICE
    town.clock.set(on_the_day("11:00"))
    assert close_meetings(town.context) == 1
    assert town.row(booking).status == BookingStatus.SERVED
    row = meeting(town, booking)
    assert (row.ended_at, row.outcome, row.room, row.seen_at) == (CLOSED, "", "", None)
    assert rows(town.context.db, ClaimRow) == []


def test_who_waited_in_vain_was_not_served(town: Town) -> None:
    booking = a_meeting(town)
    wait(town, booking)
    came_at = town.clock.now()
    town.clock.set(CLOSED)
    assert close_meetings(town.context) == 1
    assert town.row(booking).status == BookingStatus.NOT_SERVED
    row = meeting(town, booking)
    assert (row.waiting_since, row.admitted_at, row.ended_at, row.outcome) == (came_at, None, CLOSED, "")


async def test_an_admission_that_never_led_to_a_room_served_nobody(town: Town) -> None:
    booking = a_meeting(town)
    wait(town, booking)
    await admit_citizen(town.context, enter_official(town), booking.reference)
    with transaction(town.context.db) as tx:
        tx.get_one(MeetingRow, booking.id).room = ""
    town.clock.set(CLOSED)
    close_meetings(town.context)
    assert town.row(booking).status == BookingStatus.NOT_SERVED


def test_who_never_came_is_left_to_the_municipality(town: Town) -> None:
    at_the_counter = without_video(town, "14:00", by=town.citizen())
    booking = a_meeting(town)
    town.clock.set(on_the_day("23:00"))
    assert close_meetings(town.context) == 0
    for untouched in (booking, at_the_counter):
        assert town.row(untouched).status == BookingStatus.BOOKED
    assert rows(town.context.db, MeetingRow) == []


async def test_a_meeting_that_was_ended_stays_as_it_was_noted(town: Town) -> None:
    booking, official = a_meeting(town), enter_official(town)
    wait(town, booking)
    await admit_citizen(town.context, official, booking.reference)
    end_meeting(town.context, official, booking.reference, Outcome.REFERRED)
    before = meeting(town, booking)
    town.clock.set(on_the_day("11:00"))
    assert close_meetings(town.context) == 0
    assert meeting(town, booking) == before


def test_each_is_closed_at_its_own_time_and_once(town: Town) -> None:
    first, nikos = town.a_booking("09:00"), town.citizen()
    second = town.a_booking("09:10", by=nikos)
    town.clock.set(on_the_day("09:05"))
    wait(town, first)
    wait(town, second, by=nikos)
    town.clock.set(on_the_day("10:10"))
    assert close_meetings(town.context) == 1
    assert [town.row(one).status for one in (first, second)] == [BookingStatus.NOT_SERVED, BookingStatus.WAITING]
    town.clock.set(on_the_day("10:30"))
    assert [close_meetings(town.context), close_meetings(town.context)] == [1, 0]
    assert meeting(town, second).ended_at == CLOSED


def test_a_person_erased_before_the_meeting_was_closed_does_not_hold_it_open(town: Town) -> None:
    booking = a_meeting(town)
    wait(town, booking)
    with transaction(town.context.db) as tx:
        tx.get_one(BookingRow, booking.id).citizen_id = None
    town.clock.set(CLOSED)
    assert close_meetings(town.context) == 1


def test_of_processes_that_close_at_once_and_an_official_who_ends_one_does(town: Town) -> None:
    booking, official = a_meeting(town), enter_official(town)
    wait(town, booking)
    asyncio.run(admit_citizen(town.context, official, booking.reference))
    town.clock.set(CLOSED)

    def end() -> int:
        end_meeting(town.context, official, booking.reference, Outcome.REFERRED)
        return 1

    ended, *closed = at_once([end, lambda: close_meetings(town.context), lambda: close_meetings(town.context)])
    is_noted = not isinstance(ended, DomainError)
    assert closed.count(1) == (0 if is_noted else 1)
    assert meeting(town, booking).outcome == ("referred" if is_noted else "")
    assert town.row(booking).status == BookingStatus.SERVED
