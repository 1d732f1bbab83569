"""What only Redis can get wrong: lost connections, other processes, and what dead ones leave behind."""

import asyncio
import sys

import pytest
from redis.asyncio import Redis
from redis.exceptions import RedisError

from dimoslive.http.meeting import socket as meeting_socket
from dimoslive.integrations.bus.redis import KEPT_SECONDS, RedisRoomBus
from tests.integrations.bus.redis_server import running_redis
from tests.support.database import ROOT
from tools.redis_server import redis_server_on_path

pytestmark = pytest.mark.slow

OTHER_PROCESS = """
import asyncio, sys
from dimoslive.integrations.bus.redis import RedisRoomBus

async def main():
    board = RedisRoomBus(sys.argv[1])
    async with board.subscribe("42") as heard:
        await board.join("42", "p2", {"person": "official-1"})
        await board.publish("42", {"event": "joined", "present": await board.present("42")})
        async for message in heard:
            if message["event"] == "question":
                await board.publish("42", {"event": "answer", "n": message["n"] + 1})
                break
    await board._redis.aclose()

asyncio.run(main())
"""


async def test_two_processes_share_a_room(redis_url: str) -> None:
    bus = RedisRoomBus(redis_url)
    await bus.join("42", "p1", {"person": "citizen"})
    async with bus.subscribe("42") as heard:
        other = await asyncio.create_subprocess_exec(sys.executable, "-c", OTHER_PROCESS, redis_url, cwd=ROOT)
        joined = await anext(heard)
        assert joined["present"] == {"p1": {"person": "citizen"}, "p2": {"person": "official-1"}}
        await bus.publish("42", {"event": "question", "n": 1})
        assert await anext(heard) == {"event": "question", "n": 1}
        assert await anext(heard) == {"event": "answer", "n": 2}
        assert await other.wait() == 0
    assert set(await bus.present("42")) == {"p1", "p2"}
    await bus.leave("42", "p2", {"person": "official-1"})
    await bus._redis.aclose()


async def test_who_says_nothing_is_gone_within_a_minute_and_who_renews_is_not(redis_url: str) -> None:
    bus = RedisRoomBus(redis_url)
    async with Redis.from_url(redis_url, decode_responses=True) as redis:
        for peer in ("p1", "p2"):
            await bus.join("43", peer, {"person": peer})
        names, dead, alive = sorted(await redis.keys("*:43:*"), key=lambda key: (not key.endswith("names"), key))
        for key in (names, dead, alive):
            assert KEPT_SECONDS - 5 < await redis.ttl(key) <= KEPT_SECONDS
        # As if time had passed: the one process is dead, the other goes on.
        for key in (names, alive):
            await redis.expire(key, 5)
        await bus.renew("43", "p2", {"person": "p2"})
        await redis.expire(dead, 0)
        for key in (names, alive):
            assert KEPT_SECONDS - 5 < await redis.ttl(key) <= KEPT_SECONDS
        assert await bus.present("43") == {"p2": {"person": "p2"}}
        await bus.leave("43", "p2", {"person": "p2"})
        assert await bus.present("43") == {}
        assert await redis.keys("*:43:entry:*") == []
    await bus._redis.aclose()


async def test_an_entry_that_expired_is_nobody_whom_one_should_have_seen(redis_url: str) -> None:
    bus = RedisRoomBus(redis_url)
    await bus.join("47", "p1", {"person": "p1"})
    seen = await bus.present("47")
    async with Redis.from_url(redis_url, decode_responses=True) as redis:
        [entry] = await redis.keys("*:47:entry:*")
        await redis.expire(entry, 0)
        assert not await bus.join_if_unchanged("47", "p2", {"person": "p2"}, seen)
        assert await bus.join_if_unchanged("47", "p2", {"person": "p2"}, {})
        for key in await redis.keys("*:47:*"):
            assert KEPT_SECONDS - 5 < await redis.ttl(key) <= KEPT_SECONDS
    assert await bus.present("47") == {"p2": {"person": "p2"}}
    await bus.leave("47", "p2", {"person": "p2"})
    await bus._redis.aclose()


def test_who_is_cut_off_keeps_the_place_until_counted_as_gone() -> None:
    # The last renewal may have been a whole tick before the cut, and some may have failed.
    assert KEPT_SECONDS > meeting_socket.GONE_AFTER + 5 * meeting_socket.TICK_EVERY
    assert KEPT_SECONDS < 60


async def test_a_renewal_that_fails_is_made_up_for_by_the_next() -> None:
    bus = RedisRoomBus("redis://127.0.0.1:1/0")
    await bus.renew("46", "p1", {"person": "citizen"})
    with pytest.raises(RedisError):
        await bus.present("46")
    await bus._redis.aclose()


async def test_a_listener_whose_connection_is_cut_is_told_and_can_listen_again(redis_url: str) -> None:
    bus = RedisRoomBus(redis_url)
    async with bus.subscribe("44") as heard, Redis.from_url(redis_url) as redis:
        await redis.execute_command("CLIENT", "KILL", "TYPE", "pubsub")
        # What was said meanwhile is lost: to go on as if nothing had happened would be wrong.
        assert [message async for message in heard] == []
    async with bus.subscribe("44") as heard:
        await bus.publish("44", {"n": 1})
        assert await anext(heard) == {"n": 1}
    await bus._redis.aclose()


async def test_a_listener_is_told_when_redis_is_gone() -> None:
    program = redis_server_on_path()
    if program is None:
        pytest.skip("redis-server is not installed: run `make redis-server`")
    with running_redis(program) as url:
        bus = RedisRoomBus(url)
        listening = bus.subscribe("45")
        heard = await listening.__aenter__()
    assert [message async for message in heard] == []
    await listening.__aexit__(None, None, None)
    await bus._redis.aclose()
