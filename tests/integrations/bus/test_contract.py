"""What every room bus keeps: in one process, and over Redis between two of its clients as between two processes."""

import asyncio
import secrets
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import pytest

from dimoslive.integrations.bus.local import LocalRoomBus
from dimoslive.integrations.bus.redis import RedisRoomBus
from dimoslive.ports import RoomBus

ELENI = {"person": "citizen", "name": "ΕΛΕΝΗ «Ω»", "is_admitted": ""}
NIKOS = {"person": "official-1", "name": "ΝΙΚΟΣ", "is_admitted": "yes"}


@dataclass(frozen=True)
class Boards:
    """Here and there are the same bus: for Redis, as two processes have it. ``room`` is the test's own."""

    here: RoomBus
    there: RoomBus
    room: str


@pytest.fixture(params=["local", pytest.param("redis", marks=pytest.mark.slow)])
async def boards(request: pytest.FixtureRequest) -> AsyncIterator[Boards]:
    room = secrets.token_hex(8)
    if request.param == "local":
        local = LocalRoomBus()
        yield Boards(local, local, room)
        return
    url = request.getfixturevalue("redis_url")
    here, there = RedisRoomBus(url), RedisRoomBus(url)
    yield Boards(here, there, room)
    for bus in (here, there):
        await bus._redis.aclose()


async def test_nobody_is_in_a_new_room(boards: Boards) -> None:
    assert await boards.here.present(boards.room) == {}


async def test_who_enters_here_is_seen_there(boards: Boards) -> None:
    await boards.here.join(boards.room, "p1", ELENI)
    await boards.there.join(boards.room, "p2", NIKOS)
    assert await boards.here.present(boards.room) == await boards.there.present(boards.room)
    assert await boards.there.present(boards.room) == {"p1": ELENI, "p2": NIKOS}


async def test_an_entry_can_be_changed(boards: Boards) -> None:
    await boards.here.join(boards.room, "p1", ELENI)
    await boards.there.join(boards.room, "p1", ELENI | {"is_admitted": "yes"})
    assert await boards.here.present(boards.room) == {"p1": ELENI | {"is_admitted": "yes"}}


async def test_who_enters_a_room_that_is_as_it_was_seen_is_there(boards: Boards) -> None:
    assert await boards.here.join_if_unchanged(boards.room, "p1", ELENI, {})
    assert await boards.there.join_if_unchanged(boards.room, "p2", NIKOS, await boards.there.present(boards.room))
    assert await boards.here.present(boards.room) == {"p1": ELENI, "p2": NIKOS}
    changed = ELENI | {"is_admitted": "yes"}
    assert await boards.there.join_if_unchanged(boards.room, "p1", changed, {"p2": NIKOS, "p1": ELENI})
    assert await boards.here.present(boards.room) == {"p1": changed, "p2": NIKOS}


async def test_who_enters_a_room_in_which_anything_has_changed_is_not_there(boards: Boards) -> None:
    await boards.here.join(boards.room, "p1", ELENI)
    seen = await boards.there.present(boards.room)
    for unlike in ({}, {"p2": ELENI}, {"p1": NIKOS}, {"p1": ELENI, "p2": NIKOS}):
        assert not await boards.there.join_if_unchanged(boards.room, "p3", NIKOS, unlike)
    await boards.here.join(boards.room, "p1", ELENI | {"is_admitted": "yes"})
    assert not await boards.there.join_if_unchanged(boards.room, "p3", NIKOS, seen)
    await boards.here.leave(boards.room, "p1", ELENI | {"is_admitted": "yes"})
    assert not await boards.there.join_if_unchanged(boards.room, "p3", NIKOS, seen)
    assert await boards.there.present(boards.room) == {}


async def test_of_many_who_saw_the_same_room_one_enters(boards: Boards) -> None:
    entered = await asyncio.gather(
        *(
            bus.join_if_unchanged(boards.room, f"p{number}", NIKOS, {})
            for number in range(20)
            for bus in (boards.here, boards.there)
        )
    )
    assert entered.count(True) == 1
    assert len(await boards.here.present(boards.room)) == 1


async def test_who_is_still_there_stays_as_last_shown(boards: Boards) -> None:
    await boards.here.join(boards.room, "p1", ELENI)
    await boards.there.join(boards.room, "p1", ELENI | {"is_admitted": "yes"})
    await boards.here.renew(boards.room, "p1", ELENI)
    assert await boards.here.present(boards.room) == {"p1": ELENI | {"is_admitted": "yes"}}


async def test_who_is_still_there_comes_back_if_the_entry_was_lost(boards: Boards) -> None:
    await boards.here.join(boards.room, "p1", ELENI)
    await boards.there.leave(boards.room, "p1", ELENI)
    await boards.here.renew(boards.room, "p1", ELENI)
    assert await boards.there.present(boards.room) == {"p1": ELENI}


async def test_who_leaves_is_there_no_more(boards: Boards) -> None:
    await boards.here.join(boards.room, "p1", ELENI)
    await boards.here.join(boards.room, "p2", NIKOS)
    await boards.there.leave(boards.room, "p1", ELENI)
    assert await boards.here.present(boards.room) == {"p2": NIKOS}
    await boards.here.leave(boards.room, "p2", NIKOS)
    assert await boards.there.present(boards.room) == {}


async def test_leaving_twice_or_without_having_come_is_fine(boards: Boards) -> None:
    assert not await boards.here.leave(boards.room, "p1", ELENI)
    await boards.here.join(boards.room, "p1", ELENI)
    assert await boards.here.leave(boards.room, "p1", ELENI)
    assert not await boards.here.leave(boards.room, "p1", ELENI)
    assert await boards.here.present(boards.room) == {}


async def test_who_came_back_meanwhile_under_the_same_name_stays(boards: Boards) -> None:
    await boards.here.join(boards.room, "p1", ELENI | {"socket": "old"})
    await boards.there.join(boards.room, "p1", ELENI | {"socket": "new"})
    assert not await boards.here.leave(boards.room, "p1", ELENI | {"socket": "old"})
    assert await boards.here.present(boards.room) == {"p1": ELENI | {"socket": "new"}}


async def test_what_one_was_shown_of_a_room_stays_as_it_was(boards: Boards) -> None:
    await boards.here.join(boards.room, "p1", ELENI)
    before = await boards.here.present(boards.room)
    await boards.here.leave(boards.room, "p1", ELENI)
    assert before == {"p1": ELENI}


async def test_what_is_said_reaches_all_who_listen_the_speaker_too(boards: Boards) -> None:
    async with (
        boards.here.subscribe(boards.room) as own,
        boards.here.subscribe(boards.room) as near,
        boards.there.subscribe(boards.room) as far,
    ):
        await boards.here.publish(boards.room, {"event": "signal", "data": {"sdp": "v=0 Ω \ud800"}})
        for heard in (own, near, far):
            assert await anext(heard) == {"event": "signal", "data": {"sdp": "v=0 Ω \ud800"}}


async def test_what_is_said_as_soon_as_one_listens_is_heard(boards: Boards) -> None:
    for number in range(20):
        async with boards.here.subscribe(boards.room) as heard:
            await boards.there.publish(boards.room, {"n": number})
            assert await anext(heard) == {"n": number}


async def test_what_was_said_before_is_not_kept(boards: Boards) -> None:
    await boards.here.publish(boards.room, {"n": 1})
    async with boards.there.subscribe(boards.room) as heard:
        await boards.here.publish(boards.room, {"n": 2})
        assert await anext(heard) == {"n": 2}


async def test_what_one_speaker_says_comes_in_order(boards: Boards) -> None:
    async with boards.there.subscribe(boards.room) as heard:
        for number in range(300):
            await boards.here.publish(boards.room, {"n": number})
        assert [(await anext(heard))["n"] for _ in range(300)] == list(range(300))


async def test_rooms_hear_and_see_nothing_of_each_other(boards: Boards) -> None:
    other = boards.room + "0"
    async with boards.there.subscribe(boards.room) as heard:
        await boards.here.join(other, "p1", ELENI)
        await boards.here.publish(other, {"secret": True})
        await boards.here.publish(boards.room, {"n": 1})
        assert await anext(heard) == {"n": 1}
    assert await boards.here.present(boards.room) == {}
    await boards.here.leave(other, "p1", ELENI)


async def test_who_stopped_listening_takes_nobodys_words(boards: Boards) -> None:
    async with boards.here.subscribe(boards.room) as heard:
        async with boards.there.subscribe(boards.room):
            pass
        await boards.there.publish(boards.room, {"n": 1})
        assert await anext(heard) == {"n": 1}


async def test_saying_to_an_empty_room_is_fine(boards: Boards) -> None:
    await boards.here.publish(boards.room, {"n": 1})


async def test_two_hundred_rooms_talk_at_once(boards: Boards) -> None:
    async def talk(number: int) -> list[dict[str, Any]]:
        room = f"{boards.room}{number}"
        async with boards.here.subscribe(room) as near, boards.there.subscribe(room) as far:
            await boards.here.publish(room, {"n": number})
            return [await anext(near), await anext(far)]

    said = await asyncio.gather(*(talk(number) for number in range(200)))
    assert said == [[{"n": number}] * 2 for number in range(200)]


async def test_a_listener_that_waits_can_be_called_away(boards: Boards) -> None:
    async with boards.here.subscribe(boards.room) as heard:
        waiting = asyncio.ensure_future(anext(heard))
        await boards.here.present(boards.room)
        waiting.cancel()
        with pytest.raises(asyncio.CancelledError):
            await waiting
    await boards.here.publish(boards.room, {"n": 1})
