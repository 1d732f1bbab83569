"""Requests are counted in a moving window, in memory as in Redis; without Redis nobody is refused."""

import logging
from collections.abc import AsyncIterator
from typing import Any

import pytest

from dimoslive.integrations import request_limits
from dimoslive.integrations.request_limits import MemoryRequestLimiter, RedisRequestLimiter
from dimoslive.ports import RequestLimiter, RequestQuota
from tests.integrations.bus.redis_server import redis_url
from tests.support.clock import FrozenClock
from tests.support.world import NOW

__all__ = ["redis_url"]
THREE = RequestQuota("public", 3, 60)


@pytest.fixture(params=["memory", "redis"])
async def limiter(request: pytest.FixtureRequest) -> AsyncIterator[RequestLimiter]:
    if request.param == "memory":
        yield MemoryRequestLimiter(FrozenClock(NOW))
        return
    shared = RedisRequestLimiter(request.getfixturevalue("redis_url"))
    yield shared
    storage: Any = shared._window.storage
    await storage.bridge.storage.connection_pool.disconnect()


async def test_each_is_counted_alone_and_what_is_refused_does_not_count(limiter: RequestLimiter) -> None:
    counted = [await limiter.count(THREE, "203.0.113.7") for _ in range(5)]
    assert [one.is_allowed for one in counted] == [True, True, True, False, False]
    assert [one.left for one in counted] == [2, 1, 0, 0, 0]
    assert all(0 < one.more_in <= 60 for one in counted)
    assert (await limiter.count(THREE, "203.0.113.8")).left == 2
    assert (await limiter.count(RequestQuota("times", 3, 60), "203.0.113.7")).left == 2


async def test_there_is_more_when_the_oldest_is_a_window_old() -> None:
    clock = FrozenClock(NOW)
    limiter = MemoryRequestLimiter(clock)
    for _ in range(3):
        await limiter.count(THREE, "203.0.113.7")
        clock.advance(seconds=10)
    refused = await limiter.count(THREE, "203.0.113.7")
    assert (refused.is_allowed, refused.more_in) == (False, 30)
    clock.advance(seconds=30)
    assert (await limiter.count(THREE, "203.0.113.7")).is_allowed
    assert not (await limiter.count(THREE, "203.0.113.7")).is_allowed


async def test_memory_is_not_filled_by_many_addresses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(request_limits, "MAX_KNOWN", 10)
    clock = FrozenClock(NOW)
    limiter = MemoryRequestLimiter(clock)
    await limiter.count(THREE, "early")
    clock.advance(seconds=59)
    for number in range(9):
        await limiter.count(THREE, f"late-{number}")
    clock.advance(seconds=2)
    # Who asks no more is forgotten first.
    await limiter.count(THREE, "another")
    assert (await limiter.count(THREE, "late-0")).left == 1
    for number in range(30):
        await limiter.count(THREE, f"later-{number}")
    assert len(limiter._asked) <= 10


async def test_without_redis_nobody_is_refused(caplog: pytest.LogCaptureFixture) -> None:
    limiter = RedisRequestLimiter("redis://127.0.0.1:1")
    with caplog.at_level(logging.WARNING):
        counted = [await limiter.count(THREE, "203.0.113.7") for _ in range(5)]
    assert all(one.is_allowed for one in counted)
    assert "not counted" in caplog.text


def test_a_redis_is_reached_in_each_of_its_ways() -> None:
    for url in ("redis://localhost", "rediss://:secret@redis.example", "unix:///run/redis.sock"):
        RedisRequestLimiter(url)
