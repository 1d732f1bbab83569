"""An admitted meeting is held and ended by the municipality's officials, and by nobody else."""

import asyncio
from functools import partial

import pytest
from sqlalchemy import Engine

from dimoslive.db.engine import transaction
from dimoslive.db.tables.booking import BookingRow, ClaimRow
from dimoslive.db.tables.meeting import MeetingRow
from dimoslive.domain.booking.statuses import BookingStatus
from dimoslive.domain.errors import (
    MeetingOver,
    NobodyWaits,
    NotAMeeting,
    NotFound,
    TooEarly,
)
from dimoslive.domain.meeting.meeting import STATUS_AFTER, IdentityDocument, Outcome
from dimoslive.domain.people.principals import Official
from dimoslive.services.booking.cancel_booking import cancel_booking
from dimoslive.services.meeting.admit_citizen import admit_citizen
from dimoslive.services.meeting.end_meeting import end_meeting
from dimoslive.services.meeting.record_identity import record_identity
from dimoslive.services.meeting.see_meeting import see_meeting
from dimoslive.services.meeting.switch_to_phone import switch_to_phone
from tests.support.meeting import (
    ANNA,
    ProviderRooms,
    a_meeting,
    enter_foreign_official,
    enter_official,
    meeting,
    refused,
    wait,
    with_provider,
    without_video,
)
from tests.support.rivals import at_once
from tests.support.world import Town, a_town, on_the_day, rows

PASSPORT = IdentityDocument.PASSPORT


async def test_of_the_identity_document_the_kind_alone_is_kept(town: Town) -> None:
    booking, official = a_meeting(town), enter_official(town)
    await refused(NobodyWaits, record_identity, town, official, booking, PASSPORT)
    wait(town, booking)
    await admit_citizen(town.context, official, booking.reference)
    before = meeting(town, booking).model_dump()
    record_identity(town.context, official, booking.reference, PASSPORT)
    after = meeting(town, booking).model_dump()
    changed = {name: after[name] for name in after if after[name] != before[name]}
    assert changed == {"identity_document": "passport", "identity_at": town.clock.now()}
    assert see_meeting(town.context, booking.id).identity_document == "passport"


async def test_going_on_by_telephone_gives_the_number_and_is_noted_once(town: Town) -> None:
    booking, official = a_meeting(town), enter_official(town)
    assert switch_to_phone(town.context, official, booking.reference).e164 == "+306912345678"
    first = town.clock.now()
    town.clock.advance(minutes=1)
    switch_to_phone(town.context, official, booking.reference)
    assert meeting(town, booking).phone_at == first
    assert meeting(town, booking).waiting_since is None


def test_the_telephone_number_is_for_the_meeting_alone(town: Town) -> None:
    booking, official = town.a_booking("09:10"), enter_official(town)
    at_the_counter = without_video(town, "09:30", by=town.citizen())
    with pytest.raises(TooEarly):
        switch_to_phone(town.context, official, booking.reference)
    town.clock.set(on_the_day("09:25"))
    with pytest.raises(NotAMeeting):
        switch_to_phone(town.context, official, at_the_counter.reference)
    town.clock.set(on_the_day("10:20"))
    with pytest.raises(MeetingOver):
        switch_to_phone(town.context, official, booking.reference)
    assert rows(town.context.db, MeetingRow) == []


@pytest.mark.parametrize("outcome", Outcome)
async def test_what_remains_of_a_meeting_are_times_and_the_outcome(sqlite_db: Engine, outcome: Outcome) -> None:
    town = a_town(sqlite_db)
    booking, official = a_meeting(town), enter_official(town)
    with_provider(town, ProviderRooms())
    wait(town, booking)
    came_at = town.clock.now()
    await admit_citizen(town.context, official, booking.reference)
    town.clock.advance(minutes=7)
    end_meeting(town.context, official, booking.reference, outcome)

    assert town.row(booking).status == STATUS_AFTER[outcome]
    assert rows(sqlite_db, ClaimRow) == []
    left = {name: value for name, value in meeting(town, booking).model_dump().items() if value}
    assert left == {
        "booking_id": booking.id,
        "municipality_id": town.municipality.id,
        "waiting_since": came_at,
        "is_confirmed": True,
        "admitted_at": came_at,
        "admitted_by": official.id,
        "provider": "jitsi",
        "ended_at": town.clock.now(),
        "outcome": outcome.value,
    }


async def test_a_meeting_ends_in_the_database_as_it_does_here(town: Town) -> None:
    booking, official = a_meeting(town), enter_official(town)
    wait(town, booking)
    await admit_citizen(town.context, official, booking.reference)
    end_meeting(town.context, official, booking.reference, Outcome.SERVED)
    assert (town.row(booking).status, meeting(town, booking).outcome) == (BookingStatus.SERVED, "served")
    await refused(MeetingOver, admit_citizen, town, official, booking)
    await refused(MeetingOver, record_identity, town, official, booking, PASSPORT)
    await refused(MeetingOver, switch_to_phone, town, official, booking)


async def test_a_meeting_ends_once(town: Town) -> None:
    booking, official = a_meeting(town), enter_official(town)
    wait(town, booking)
    await admit_citizen(town.context, official, booking.reference)
    end_meeting(town.context, official, booking.reference, Outcome.SERVED)
    first = meeting(town, booking)
    town.clock.advance(minutes=1)
    for outcome in Outcome:
        await refused(MeetingOver, end_meeting, town, official, booking, outcome)
    assert meeting(town, booking) == first


def test_of_officials_who_end_at_once_one_does(town: Town) -> None:
    booking, nikos, anna = a_meeting(town), enter_official(town), enter_official(town, ANNA)
    wait(town, booking)
    asyncio.run(admit_citizen(town.context, nikos, booking.reference))
    choices = [(nikos, Outcome.SERVED), (anna, Outcome.NOT_IDENTIFIED), (nikos, Outcome.NO_SHOW)]

    def end(official: Official, outcome: Outcome) -> Outcome:
        end_meeting(town.context, official, booking.reference, outcome)
        return outcome

    ends = at_once(partial(end, *choice) for choice in choices)
    [outcome] = [end for end in ends if isinstance(end, Outcome)]
    assert [type(end) for end in ends if end is not outcome] == [MeetingOver] * 2
    assert (meeting(town, booking).outcome, town.row(booking).status) == (outcome, STATUS_AFTER[outcome])


@pytest.mark.parametrize("is_waiting", [False, True])
async def test_who_was_not_admitted_can_be_missed_but_not_served(sqlite_db: Engine, *, is_waiting: bool) -> None:
    town = a_town(sqlite_db)
    booking, official = a_meeting(town), enter_official(town)
    if is_waiting:
        wait(town, booking)
    for outcome in (Outcome.SERVED, Outcome.REFERRED):
        await refused(NobodyWaits, end_meeting, town, official, booking, outcome)
    assert meeting(town, booking).ended_at is None
    end_meeting(town.context, official, booking.reference, Outcome.NO_SHOW)
    assert town.row(booking).status == BookingStatus.NO_SHOW


async def test_a_cancelled_booking_does_not_end_as_a_meeting(town: Town) -> None:
    booking, official = a_meeting(town), enter_official(town)
    cancel_booking(town.context, town.eleni, booking.reference)
    await refused(MeetingOver, end_meeting, town, official, booking, Outcome.NO_SHOW)
    assert town.row(booking).status == BookingStatus.CANCELLED_BY_CITIZEN


async def test_an_official_of_another_municipality_finds_nothing_to_do(town: Town) -> None:
    booking, foreign = a_meeting(town), enter_foreign_official(town)
    wait(town, booking)
    for press, more in (
        (admit_citizen, []),
        (record_identity, [PASSPORT]),
        (switch_to_phone, []),
        (end_meeting, [Outcome.NO_SHOW]),
    ):
        await refused(NotFound, press, town, foreign, booking, *more)
    await admit_citizen(town.context, enter_official(town), booking.reference)
    await refused(NotFound, end_meeting, town, foreign, booking, Outcome.SERVED)
    row = meeting(town, booking)
    assert (row.phone_at, row.identity_at, row.ended_at) == (None, None, None)


async def test_a_hold_cannot_be_held_as_a_meeting(town: Town) -> None:
    hold, official = town.hold("09:10"), enter_official(town)
    town.clock.set(on_the_day("09:05"))
    await refused(NotFound, admit_citizen, town, official, hold)
    await refused(NotFound, end_meeting, town, official, hold, Outcome.NO_SHOW)
    assert town.row(hold).status == BookingStatus.HELD


async def test_a_meeting_that_ran_over_its_time_can_still_be_ended(town: Town) -> None:
    booking, official = a_meeting(town), enter_official(town)
    wait(town, booking)
    await admit_citizen(town.context, official, booking.reference)
    town.clock.set(on_the_day("10:30"))
    end_meeting(town.context, official, booking.reference, Outcome.SERVED)
    with transaction(town.context.db) as tx:
        assert tx.get_one(BookingRow, booking.id).status == BookingStatus.SERVED
