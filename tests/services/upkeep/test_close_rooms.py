"""A meeting's end waits for no provider; the room is closed afterwards, tried again if need be, and then forgotten."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from dimoslive.db.tables.meeting import PendingClosureRow
from dimoslive.domain.booking.booking import Booking
from dimoslive.domain.booking.statuses import BookingStatus
from dimoslive.domain.errors import VideoUnavailable
from dimoslive.domain.meeting.meeting import Outcome
from dimoslive.services.meeting.admit_citizen import admit_citizen
from dimoslive.services.meeting.end_meeting import end_meeting
from dimoslive.services.meeting.see_meeting import see_meeting
from dimoslive.services.upkeep.close_meetings import close_meetings
from dimoslive.services.upkeep.close_rooms import AGAIN_AFTER, GIVEN_UP_AFTER, close_rooms
from tests.support.meeting import ANNA, ProviderRooms, Rooms, a_meeting, enter_official, meeting, wait, with_provider
from tests.support.world import Town, on_the_day, rows


async def test_the_room_is_closed_after_the_end_and_forgotten(town: Town) -> None:
    _, rooms = await ended(town, ProviderRooms())
    assert (len(rooms.open), len(rows(town.context.db, PendingClosureRow))) == (1, 1)
    assert await close_rooms(town.context) == 1
    assert (rooms.open, rows(town.context.db, PendingClosureRow)) == (set(), [])
    assert await close_rooms(town.context) == 0


async def test_an_end_is_an_end_while_the_provider_is_down_and_nobody_gets_a_link(town: Town) -> None:
    booking, rooms = await ended(town, RoomsThatStayOpen())
    assert await close_rooms(town.context) == 0
    assert len(rooms.open) == 1
    assert (town.row(booking).status, meeting(town, booking).room) == (BookingStatus.SERVED, "")
    state = see_meeting(town.context, booking.id)
    assert (state.is_on, state.room) == (False, "")


async def test_what_failed_is_tried_again_in_a_while_and_not_before(town: Town) -> None:
    _, rooms = await ended(town, RoomsThatStayOpen())
    await close_rooms(town.context)
    town.clock.advance(seconds=AGAIN_AFTER.total_seconds() - 1)
    await close_rooms(town.context)
    assert rooms.asked == 1
    rooms.is_down = False
    town.clock.advance(seconds=1)
    assert await close_rooms(town.context) == 1
    assert (rooms.asked, rooms.open) == (2, set())


async def test_after_a_day_a_room_that_cannot_be_closed_is_forgotten_with_a_warning(
    town: Town, caplog: pytest.LogCaptureFixture
) -> None:
    booking, rooms = await ended(town, RoomsThatStayOpen())
    town.clock.advance(seconds=(GIVEN_UP_AFTER - timedelta(seconds=1)).total_seconds())
    await close_rooms(town.context)
    assert (len(rows(town.context.db, PendingClosureRow)), caplog.records) == (1, [])
    town.clock.advance(seconds=AGAIN_AFTER.total_seconds())
    assert await close_rooms(town.context) == 0
    assert rows(town.context.db, PendingClosureRow) == []
    assert caplog.messages == [f"room of booking {booking.id} at jitsi is forgotten: VideoUnavailable"]
    await close_rooms(town.context)
    assert rooms.asked == 2


async def test_a_provider_that_was_taken_out_of_the_settings_holds_nothing_up(town: Town) -> None:
    await ended(town, ProviderRooms())
    without = replace(town.context, video={"builtin": town.context.video["builtin"]})
    assert await close_rooms(without) == 0
    town.clock.advance(seconds=AGAIN_AFTER.total_seconds())
    assert await close_rooms(town.context) == 1


async def test_of_our_own_rooms_nothing_is_kept(town: Town) -> None:
    booking, official = a_meeting(town), enter_official(town)
    wait(town, booking)
    await admit_citizen(town.context, official, booking.reference)
    end_meeting(town.context, official, booking.reference, Outcome.SERVED)
    assert rows(town.context.db, PendingClosureRow) == []


async def test_the_room_of_a_meeting_that_nobody_ended_is_closed_too(town: Town) -> None:
    booking, rooms = a_meeting(town), with_provider(town, ProviderRooms())
    wait(town, booking)
    await admit_citizen(town.context, enter_official(town), booking.reference)
    town.clock.set(on_the_day("10:20"))
    close_meetings(town.context)
    assert await close_rooms(town.context) == 1
    assert rooms.open == set()


async def test_who_comes_after_all_gets_a_new_room_while_the_old_one_is_being_closed(town: Town) -> None:
    booking, rooms = await ended(town, RoomsThatStayOpen(), Outcome.NO_SHOW)
    wait(town, booking)
    assert not see_meeting(town.context, booking.id).is_on
    admission = await admit_citizen(town.context, enter_official(town, ANNA), booking.reference)
    rooms.is_down = False
    assert await close_rooms(town.context) == 1
    assert rooms.open == {admission.room} == {see_meeting(town.context, booking.id).room}


async def test_processes_that_close_at_once_ask_the_provider_once(town: Town) -> None:
    _, rooms = await ended(town, RoomsThatStayOpen())
    await asyncio.gather(close_rooms(town.context), close_rooms(town.context), close_rooms(town.context))
    assert rooms.asked == 1


async def ended(town: Town, rooms: Rooms, outcome: Outcome = Outcome.SERVED) -> tuple[Booking, Rooms]:
    """A meeting in a provider's room, ended by its official."""
    booking, official = a_meeting(town), enter_official(town)
    with_provider(town, rooms)
    wait(town, booking)
    await admit_citizen(town.context, official, booking.reference)
    end_meeting(town.context, official, booking.reference, outcome)
    return booking, rooms


class RoomsThatStayOpen(ProviderRooms):
    """A provider that is down when rooms are to be closed."""

    def __init__(self) -> None:
        super().__init__()
        self.is_down, self.asked = True, 0

    async def close_room(self, room: str) -> None:
        self.asked += 1
        if self.is_down:
            raise VideoUnavailable()
        await super().close_room(room)
