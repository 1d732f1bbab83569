"""How often somebody asked lately, in a moving window: in this process's memory, or in Redis for all processes."""

import logging
import math
from collections import deque
from typing import Any

from limits import RateLimitItemPerSecond
from limits.aio.storage import RedisStorage
from limits.aio.strategies import MovingWindowRateLimiter
from limits.errors import StorageError
from redis.asyncio import ConnectionPool

from dimoslive.integrations.clock import machine_seconds
from dimoslive.ports import Clock, CountedRequest, RequestQuota

MAX_KNOWN = 20_000
"""So many are counted at once in memory; if they are all still asking, all begin anew, so that nobody can fill it."""
_log = logging.getLogger(__name__)


class MemoryRequestLimiter:
    """One process counts for itself. It takes microseconds, so nothing waits."""

    # The library's own memory starts a thread for every hundredth of a second in which somebody asks.
    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._asked: dict[tuple[RequestQuota, str], deque[float]] = {}

    async def count(self, quota: RequestQuota, who: str) -> CountedRequest:
        """Count one."""
        now = self._clock.monotonic()
        if (quota, who) not in self._asked and len(self._asked) >= MAX_KNOWN:
            self._forget(now)
        asked = self._asked.setdefault((quota, who), deque())
        while asked and asked[0] <= now - quota.seconds:
            asked.popleft()
        is_allowed = len(asked) < quota.requests
        if is_allowed:
            asked.append(now)
        return CountedRequest(is_allowed, quota.requests - len(asked), math.ceil(asked[0] + quota.seconds - now))

    def _forget(self, now: float) -> None:
        self._asked = {
            counted: asked for counted, asked in self._asked.items() if asked and asked[-1] > now - counted[0].seconds
        }
        if len(self._asked) >= MAX_KNOWN:
            self._asked.clear()


class RedisRequestLimiter:
    """All processes count together. While Redis does not answer, everybody is let in."""

    def __init__(self, url: str) -> None:
        # The library reads addresses by rules of its own; the pool reads them as the room bus does.
        pool: Any = ConnectionPool.from_url(url)
        storage = RedisStorage("async+redis://", implementation="redispy", wrap_exceptions=True, connection_pool=pool)
        self._window = MovingWindowRateLimiter(storage)

    async def count(self, quota: RequestQuota, who: str) -> CountedRequest:
        """Count one."""
        item = _item(quota)
        try:
            is_allowed = await self._window.hit(item, quota.name, who)
            resets_at, left = await self._window.get_window_stats(item, quota.name, who)
        except StorageError as error:
            _log.warning("requests are not counted: %s", error)
            return CountedRequest(is_allowed=True, left=quota.requests, more_in=quota.seconds)
        return CountedRequest(is_allowed, left, _seconds_until(resets_at))


def _item(quota: RequestQuota) -> RateLimitItemPerSecond:
    return RateLimitItemPerSecond(quota.requests, quota.seconds, namespace="api")


def _seconds_until(instant: float) -> int:
    return max(1, math.ceil(instant - machine_seconds()))
