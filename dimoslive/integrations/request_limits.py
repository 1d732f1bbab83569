"""How often somebody asked lately, in a moving window: in this process's memory, or in Redis for all processes."""

import logging
import math
from time import time  # noqa: TID251  # the library counts by the machine's clock, and says so in its terms

from limits import RateLimitItemPerSecond
from limits.aio.storage import RedisStorage
from limits.aio.strategies import MovingWindowRateLimiter as SharedWindow
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter as OwnWindow

from dimoslive.ports import CountedRequest, RequestQuota

MAX_KNOWN = 100_000
"""So many are counted at once in memory; with one more all begin anew, so that nobody can fill it."""
_log = logging.getLogger(__name__)


class MemoryRequestLimiter:
    """One process counts for itself. It takes microseconds, so nothing waits."""

    def __init__(self) -> None:
        self._storage = MemoryStorage()
        self._window = OwnWindow(self._storage)

    async def count(self, quota: RequestQuota, who: str) -> CountedRequest:
        """Count one."""
        if len(self._storage.events) > MAX_KNOWN:
            self._storage.reset()
        item = _item(quota)
        is_allowed = self._window.hit(item, quota.name, who)
        resets_at, left = self._window.get_window_stats(item, quota.name, who)
        return CountedRequest(is_allowed, left, _seconds_until(resets_at))


class RedisRequestLimiter:
    """All processes count together. While Redis does not answer, everybody is let in."""

    def __init__(self, url: str) -> None:
        self._window = SharedWindow(RedisStorage(f"async+{url}", implementation="redispy", wrap_exceptions=True))

    async def count(self, quota: RequestQuota, who: str) -> CountedRequest:
        """Count one."""
        item = _item(quota)
        try:
            is_allowed = await self._window.hit(item, quota.name, who)
            resets_at, left = await self._window.get_window_stats(item, quota.name, who)
        except Exception:  # noqa: BLE001  # whatever it is, the answer is the same
            _log.exception("requests are not counted")
            return CountedRequest(is_allowed=True, left=quota.requests, more_in=quota.seconds)
        return CountedRequest(is_allowed, left, _seconds_until(resets_at))


def _item(quota: RequestQuota) -> RateLimitItemPerSecond:
    return RateLimitItemPerSecond(quota.requests, quota.seconds, namespace="api")


def _seconds_until(instant: float) -> int:
    return max(1, math.ceil(instant - time()))
