"""A meeting whose citizen and official came to different processes of the same site."""

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from dimoslive.domain.booking.booking import Booking
from dimoslive.integrations.bus.redis import RedisRoomBus
from tests.http.meeting.line import OFFER, Wire, name_of, peers_known, serving, settle
from tests.http.site import Site, development
from tests.support.world import Town

pytestmark = pytest.mark.slow


@pytest.fixture
async def wires(town: Town, tmp_path: Path, redis_url: str) -> AsyncIterator[tuple[Wire, Wire]]:
    boards = [RedisRoomBus(redis_url), RedisRoomBus(redis_url)]
    sites = [Site(replace(town, context=replace(town.context, room_bus=bus)), development(tmp_path)) for bus in boards]
    async with serving(sites[0]) as here, serving(sites[1]) as there:
        yield here, there
    # Each test has its own database, and so the same numbers for its rooms.
    await boards[0]._redis.flushdb()
    for bus in boards:
        await bus._redis.aclose()


async def test_they_meet(wires: tuple[Wire, Wire], booking: Booking) -> None:
    here, there = wires
    citizen, official = await here.citizen(booking), await there.official(booking)
    await citizen.hear("waiting")
    await official.say("admit")
    for line in (citizen, official):
        await line.hear("admitted")
    await official.say("signal", to=name_of(citizen), data=OFFER)
    assert (await citizen.hear("signal"))["from"] == name_of(official)
    await citizen.say("signal", to=name_of(official), data=OFFER)
    assert (await official.hear("signal"))["data"] == OFFER
    await settle(citizen, official)
    assert peers_known(citizen).keys() == {name_of(official)}
    assert peers_known(official).keys() == {name_of(citizen)}


async def test_who_comes_back_to_the_other_process_takes_the_place(wires: tuple[Wire, Wire], booking: Booking) -> None:
    here, there = wires
    first = await here.citizen(booking)
    await first.hear("waiting")
    second = await there.citizen(booking)
    await second.hear("already_joined")
    second = await there.citizen(booking, take_over=True)
    await second.hear("waiting")
    assert await first.closed() == 4000
