"""A place in the room when several come at the same moment, to one process or to several."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from dimoslive.domain.booking.booking import Booking
from dimoslive.domain.errors import TooManyPeople
from dimoslive.domain.meeting.meeting import MAX_PEOPLE, Role
from dimoslive.http.meeting.presence import PresenceConflict, PresenceEntry
from dimoslive.integrations.bus.local import LocalRoomBus
from dimoslive.integrations.bus.redis import RedisRoomBus
from dimoslive.ports import RoomBus
from dimoslive.services.meeting.find_participant import JoinRequest, find_participant
from tests.http.meeting.line import a_client_id, serving
from tests.http.site import Site, development
from tests.support.meeting import link_token
from tests.support.world import Town

Boards = tuple[RoomBus, RoomBus]


@pytest.fixture(params=["local", pytest.param("redis", marks=pytest.mark.slow)])
async def boards(request: pytest.FixtureRequest) -> AsyncIterator[Boards]:
    """The same rooms twice: for Redis, as two processes have them."""
    if request.param == "local":
        local = LocalRoomBus()
        yield local, local
        return
    url = request.getfixturevalue("redis_url")
    here, there = RedisRoomBus(url), RedisRoomBus(url)
    yield here, there
    await here._redis.flushdb()
    for bus in (here, there):
        await bus._redis.aclose()


async def test_of_two_devices_that_come_at_once_one_is_asked(boards: Boards, town: Town, booking: Booking) -> None:
    participant = find_participant(town.context, JoinRequest(link=link_token(town, booking)))
    for _ in range(10):
        places = [PresenceEntry(bus, participant) for bus in boards]
        taken = await asyncio.gather(*(take(place) for place in places))
        assert sorted(taken, key=str) == [False, None]
        assert len(await boards[0].present(str(booking.id))) == 1
        await places[taken.index(False)].leave()


async def test_of_two_devices_that_take_over_from_each_other_one_is_replaced(
    boards: Boards, town: Town, booking: Booking
) -> None:
    participant = find_participant(town.context, JoinRequest(link=link_token(town, booking)))
    for _ in range(10):
        places = [PresenceEntry(bus, participant) for bus in boards]
        async with AsyncExitStack() as stack:
            heard = [await stack.enter_async_context(place.subscribe()) for place in places]
            await asyncio.gather(*(take(place, take_over=True) for place in places))
            await places[0].tell("over")
            words = [await until_over(said) for said in heard]
        replaced = [
            any(place.is_replaced_by(said) for said in own if said["event"] == "replaced")
            for place, own in zip(places, words, strict=True)
        ]
        assert sorted(replaced) == [False, True]
        [(peer, _)] = (await boards[0].present(str(booking.id))).items()
        assert peer == places[replaced.index(False)].peer
        await places[replaced.index(False)].leave()


async def test_no_more_people_come_in_at_once_than_one_by_one(boards: Boards, town: Town, booking: Booking) -> None:
    participant = find_participant(town.context, JoinRequest(link=link_token(town, booking)))
    officials = [replace(participant, role=Role.OFFICIAL, person=f"official-{n}") for n in range(MAX_PEOPLE + 2)]
    places = [PresenceEntry(boards[n % 2], official) for n, official in enumerate(officials)]
    taken = await asyncio.gather(*(take(place) for place in places), return_exceptions=True)
    assert [type(one) for one in taken].count(TooManyPeople) == 3
    assert taken.count(False) == MAX_PEOPLE - 1 == len(await boards[0].present(str(booking.id)))


async def test_a_room_that_never_rests_is_given_up(town: Town, booking: Booking) -> None:
    participant = find_participant(town.context, JoinRequest(link=link_token(town, booking)))
    with pytest.raises(PresenceConflict):
        await take(PresenceEntry(Restless(), participant))


async def test_a_socket_that_finds_no_rest_is_to_come_again(town: Town, booking: Booking, tmp_path: Path) -> None:
    town.context = replace(town.context, room_bus=Restless())
    async with serving(Site(town, development(tmp_path))) as wire:
        citizen = await wire.citizen(booking)
        assert (await citizen.closed(), citizen.heard) == (1013, [])


class Restless(LocalRoomBus):
    """A room in which something happens each time that somebody is about to enter."""

    async def join_if_unchanged(self, *_entry: object) -> bool:
        """Never."""
        return False


async def take(place: PresenceEntry, *, take_over: bool = False) -> bool | None:
    """Come with a tab and a page of one's own."""
    return await place.take(a_client_id(), a_client_id(), take_over=take_over)


async def until_over(said: AsyncIterator[dict[str, Any]]) -> list[dict[str, Any]]:
    """What was said so far."""
    heard: list[dict[str, Any]] = []
    async for message in said:
        if message["event"] == "over":
            break
        heard.append(message)
    return heard
