"""An official lets the waiting citizen in; no two at once, and nobody where the provider fails."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

import pytest

from dimoslive.db.engine import transaction
from dimoslive.db.queries.meetings import claim_admission
from dimoslive.db.tables.booking import BookingRow
from dimoslive.db.tables.catalogue import MunicipalityRow
from dimoslive.db.tables.meeting import PendingClosureRow
from dimoslive.domain.booking.booking import Booking
from dimoslive.domain.booking.statuses import BookingStatus
from dimoslive.domain.errors import (
    AlreadyAdmitted,
    DomainError,
    MeetingCancelled,
    MeetingOver,
    NobodyWaits,
    NotAMeeting,
    TooEarly,
    VideoUnavailable,
)
from dimoslive.domain.meeting.meeting import PRESENT_FOR, Outcome
from dimoslive.domain.people.principals import Official
from dimoslive.services.booking.cancel_booking import cancel_booking
from dimoslive.services.meeting.admit_citizen import Admission, admit_citizen
from dimoslive.services.meeting.end_meeting import end_meeting
from dimoslive.services.meeting.find_participant import JoinRequest, find_participant
from dimoslive.services.meeting.note_absence import note_absence
from dimoslive.services.meeting.see_meeting import see_meeting
from dimoslive.services.meeting.send_back_if_weaker import send_back_if_weaker
from dimoslive.services.upkeep.close_rooms import close_rooms
from tests.support.meeting import (
    ANNA,
    ProviderRooms,
    SlowRooms,
    a_meeting,
    enter_official,
    link_token,
    meeting,
    refused,
    wait,
    with_provider,
    without_video,
)
from tests.support.rivals import at_once
from tests.support.world import Town, on_the_day, rows


async def test_the_official_admits_who_waits(town: Town) -> None:
    booking, official = a_meeting(town), enter_official(town)
    wait(town, booking)
    admission = await admit_citizen(town.context, official, booking.reference)
    assert admission.provider == "builtin"
    assert len(bytes.fromhex(admission.room)) == 16
    assert town.row(booking).status == BookingStatus.IN_SERVICE
    row = meeting(town, booking)
    assert (row.admitted_at, row.admitted_by) == (town.clock.now(), official.id)
    assert (row.provider, row.room) == ("builtin", admission.room)
    assert see_meeting(town.context, booking.id).is_on


async def test_there_is_no_room_before_the_admission(town: Town) -> None:
    booking, rooms = a_meeting(town), with_provider(town, ProviderRooms())
    wait(town, booking)
    assert (meeting(town, booking).room, rooms.open) == ("", set())


async def test_nobody_is_admitted_who_does_not_wait(town: Town) -> None:
    booking, official = a_meeting(town), enter_official(town)
    await refused(NobodyWaits, admit_citizen, town, official, booking)
    wait(town, booking)
    note_absence(town.context, booking.id)
    await refused(NobodyWaits, admit_citizen, town, official, booking)
    wait(town, booking)
    town.clock.advance(seconds=PRESENT_FOR.total_seconds() + 1)
    await refused(NobodyWaits, admit_citizen, town, official, booking)
    assert town.row(booking).status == BookingStatus.WAITING
    wait(town, booking)
    town.clock.advance(seconds=PRESENT_FOR.total_seconds())
    assert await admit_citizen(town.context, official, booking.reference)


async def test_what_cannot_be_entered_cannot_be_admitted(town: Town) -> None:
    booking, official = town.a_booking("09:10"), enter_official(town)
    at_the_counter = without_video(town, "09:30", by=town.citizen())
    await refused(TooEarly, admit_citizen, town, official, booking)
    town.clock.set(on_the_day("09:05"))
    wait(town, booking)
    cancel_booking(town.context, town.eleni, booking.reference)
    await refused(MeetingCancelled, admit_citizen, town, official, booking)
    await refused(NotAMeeting, admit_citizen, town, official, at_the_counter)
    assert town.row(at_the_counter).status == BookingStatus.BOOKED


async def test_a_citizen_is_admitted_once(town: Town) -> None:
    booking, nikos, anna = a_meeting(town), enter_official(town), enter_official(town, ANNA)
    wait(town, booking)
    admission = await admit_citizen(town.context, nikos, booking.reference)
    await refused(AlreadyAdmitted, admit_citizen, town, anna, booking)
    await refused(AlreadyAdmitted, admit_citizen, town, nikos, booking)
    row = meeting(town, booking)
    assert (row.admitted_by, row.room) == (nikos.id, admission.room)


def test_of_officials_who_admit_at_once_one_does(town: Town) -> None:
    booking, nikos, anna = a_meeting(town), enter_official(town), enter_official(town, ANNA)
    rooms = with_provider(town, ProviderRooms())
    wait(town, booking)

    def admit(number: int) -> Admission:
        return asyncio.run(admit_citizen(town.context, (nikos, anna)[number % 2], booking.reference))

    outcomes = at_once(partial(admit, number) for number in range(6))
    [admission] = [outcome for outcome in outcomes if isinstance(outcome, Admission)]
    assert [type(outcome) for outcome in outcomes if outcome is not admission] == [AlreadyAdmitted] * 5
    assert rooms.open == {admission.room} == {meeting(town, booking).room}


def test_a_citizen_who_cancels_while_being_admitted_is_one_or_the_other(town: Town) -> None:
    booking, official = a_meeting(town), enter_official(town)
    wait(town, booking)
    jobs: list[Callable[[], Any]] = [
        lambda: asyncio.run(admit_citizen(town.context, official, booking.reference)),
        lambda: cancel_booking(town.context, town.eleni, booking.reference),
    ]
    admitted, cancelled = at_once(jobs)
    is_admitted = isinstance(admitted, Admission)
    assert is_admitted is isinstance(cancelled, DomainError)
    assert town.row(booking).status == (BookingStatus.IN_SERVICE if is_admitted else BookingStatus.CANCELLED_BY_CITIZEN)
    assert see_meeting(town.context, booking.id).is_on is is_admitted


async def test_a_provider_that_is_down_admits_nobody_and_a_second_try_works(town: Town) -> None:
    booking, official = a_meeting(town), enter_official(town)
    rooms = with_provider(town, ProviderRooms(failures=1))
    wait(town, booking)
    await refused(VideoUnavailable, admit_citizen, town, official, booking)
    assert town.row(booking).status == BookingStatus.WAITING
    row = meeting(town, booking)
    assert (row.admitted_at, row.admitted_by, row.room) == (None, None, "")
    assert not see_meeting(town.context, booking.id).is_on
    admission = await admit_citizen(town.context, official, booking.reference)
    assert (admission.provider, {admission.room}) == ("jitsi", rooms.open)


async def test_the_provider_learns_the_service_and_no_person(town: Town) -> None:
    booking, rooms = a_meeting(town), with_provider(town, ProviderRooms())
    wait(town, booking)
    await admit_citizen(town.context, enter_official(town), booking.reference)
    assert rooms.subjects == [(booking.reference, "Πιστοποιητικό")]


async def test_a_municipality_chooses_its_provider_among_those_that_are_set_up(town: Town) -> None:
    official = enter_official(town)
    rooms = with_provider(town, ProviderRooms())
    for wall, chosen, provider in (
        ("09:10", "builtin", "builtin"),
        ("09:20", "jitsi", "jitsi"),
        ("09:30", "teams", "jitsi"),
    ):
        with transaction(town.context.db) as tx:
            tx.get_one(MunicipalityRow, town.municipality.id).video_provider = chosen
        town.clock.set(on_the_day("2026-11-20 10:00"))
        citizen = town.citizen()
        booking = town.a_booking(wall, by=citizen)
        town.clock.set(on_the_day(wall))
        wait(town, booking, by=citizen)
        assert (await admit_citizen(town.context, official, booking.reference)).provider == provider
    assert len(rooms.open) == 2


async def test_nobody_is_in_before_the_provider_has_made_the_room(town: Town) -> None:
    booking, official = a_meeting(town), enter_official(town)
    slow = with_provider(town, SlowRooms())
    wait(town, booking)
    admitting = asyncio.create_task(admit_citizen(town.context, official, booking.reference))
    await slow.was_asked.wait()
    assert not see_meeting(town.context, booking.id).is_on
    await refused(AlreadyAdmitted, admit_citizen, town, official, booking)
    wait(town, booking)
    slow.may_answer.set()
    await admitting
    assert see_meeting(town.context, booking.id).is_on


async def test_a_meeting_ended_while_its_room_was_made_stays_ended(town: Town) -> None:
    booking, official = a_meeting(town), enter_official(town)
    slow = with_provider(town, SlowRooms())
    wait(town, booking)
    admitting = asyncio.create_task(admit_citizen(town.context, official, booking.reference))
    await slow.was_asked.wait()
    end_meeting(town.context, official, booking.reference, Outcome.TECHNICAL_FAILURE)
    slow.may_answer.set()
    with pytest.raises(MeetingOver):
        await admitting
    assert meeting(town, booking).room == ""
    assert town.row(booking).status == BookingStatus.NOT_SERVED
    await close_rooms(town.context)
    assert (len(slow.subjects), slow.open) == (1, set())


async def test_an_admission_whose_room_is_being_made_is_not_a_weaker_proofs(town: Town) -> None:
    booking, official, rooms = a_meeting(town), enter_official(town), with_provider(town, SlowRooms())
    wait(town, booking)
    by_link = find_participant(town.context, JoinRequest(link=link_token(town, booking)))
    admitting = asyncio.create_task(admit_citizen(town.context, official, booking.reference))
    await rooms.was_asked.wait()
    assert send_back_if_weaker(town.context, by_link)
    rooms.may_answer.set()
    with pytest.raises(NobodyWaits):
        await admitting
    row = meeting(town, booking)
    assert (row.admitted_at, row.room, town.row(booking).status) == (None, "", BookingStatus.WAITING)
    assert [left.room for left in rows(town.context.db, PendingClosureRow)] == ["room-1"]


async def test_a_meeting_ended_while_its_room_failed_stays_ended(town: Town) -> None:
    booking, official = a_meeting(town), enter_official(town)
    slow = with_provider(town, SlowRooms(failures=1))
    wait(town, booking)
    admitting = asyncio.create_task(admit_citizen(town.context, official, booking.reference))
    await slow.was_asked.wait()
    end_meeting(town.context, official, booking.reference, Outcome.TECHNICAL_FAILURE)
    slow.may_answer.set()
    with pytest.raises(VideoUnavailable):
        await admitting
    assert town.row(booking).status == BookingStatus.NOT_SERVED


async def test_an_admission_without_a_room_is_another_officials_after_a_minute(town: Town) -> None:
    booking, nikos, anna = a_meeting(town), enter_official(town), enter_official(town, ANNA)
    killed(town, booking, nikos)
    town.clock.advance(seconds=59)
    wait(town, booking)
    await refused(AlreadyAdmitted, admit_citizen, town, anna, booking)
    town.clock.advance(seconds=1)
    admission = await admit_citizen(town.context, anna, booking.reference)
    row = meeting(town, booking)
    assert (row.admitted_by, row.admitted_at, row.room) == (anna.id, town.clock.now(), admission.room)
    assert town.row(booking).status == BookingStatus.IN_SERVICE
    town.clock.advance(minutes=5)
    await refused(AlreadyAdmitted, admit_citizen, town, nikos, booking)


async def test_nobody_is_admitted_again_who_left_after_an_admission_without_a_room(town: Town) -> None:
    booking, official = a_meeting(town), enter_official(town)
    killed(town, booking, official)
    town.clock.advance(minutes=1)
    await refused(NobodyWaits, admit_citizen, town, official, booking)


@pytest.mark.parametrize("failures", [0, 1])
async def test_a_provider_that_answers_too_late_does_not_disturb_the_second_admission(
    town: Town, failures: int
) -> None:
    booking, nikos, anna = a_meeting(town), enter_official(town), enter_official(town, ANNA)
    slow = with_provider(town, SlowRooms(failures=failures))
    wait(town, booking)
    first = asyncio.create_task(admit_citizen(town.context, nikos, booking.reference))
    await slow.was_asked.wait()
    town.clock.advance(minutes=1)
    wait(town, booking)
    town.context = replace(town.context, default_video="builtin")
    admission = await admit_citizen(town.context, anna, booking.reference)
    slow.may_answer.set()
    with pytest.raises(VideoUnavailable if failures else AlreadyAdmitted):
        await first
    row = meeting(town, booking)
    assert (row.admitted_by, row.provider, row.room) == (anna.id, "builtin", admission.room)
    assert {one.room for one in rows(town.context.db, PendingClosureRow)} == slow.open
    assert len(slow.open) == 1 - failures


async def test_an_admission_that_is_broken_off_is_given_back(town: Town) -> None:
    booking, official = a_meeting(town), enter_official(town)
    slow = with_provider(town, SlowRooms())
    wait(town, booking)
    admitting = asyncio.create_task(admit_citizen(town.context, official, booking.reference))
    await slow.was_asked.wait()
    admitting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await admitting
    assert (town.row(booking).status, meeting(town, booking).admitted_at) == (BookingStatus.WAITING, None)


def killed(town: Town, booking: Booking, official: Official) -> None:
    """The process of this official's admission ends before the room is made."""
    wait(town, booking)
    with transaction(town.context.db) as tx:
        claim_admission(tx, booking.id, official.id, town.clock.now())
        tx.get_one(BookingRow, booking.id).status = BookingStatus.IN_SERVICE
