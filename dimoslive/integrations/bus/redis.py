"""The room bus of several processes, over Redis: entries are keys that expire, what is said is published."""

import json
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Any

from redis.asyncio import Redis
from redis.exceptions import RedisError

_log = logging.getLogger(__name__)

KEPT_SECONDS = 45
"""An entry that nobody renews, because its process died, is gone after this; by the clock of Redis alone."""


# Looked at and deleted at once: in between, the same name might have come back by another socket.
_LEAVE = """
if redis.call("GET", KEYS[1]) ~= ARGV[1] then return 0 end
redis.call("DEL", KEYS[1])
redis.call("SREM", KEYS[2], ARGV[2])
return 1
"""

# ARGV: the name, its entry, the seconds that it is kept, where entries are; then each name seen with its entry.
_JOIN_IF_UNCHANGED = """
local seen, unmet = {}, 0
for i = 5, #ARGV, 2 do
  seen[ARGV[i]] = ARGV[i + 1]
  unmet = unmet + 1
end
for _, name in ipairs(redis.call("SMEMBERS", KEYS[1])) do
  local entry = redis.call("GET", ARGV[4] .. name)
  if entry then
    if seen[name] ~= entry then return 0 end
    unmet = unmet - 1
  end
end
if unmet ~= 0 then return 0 end
redis.call("SET", ARGV[4] .. ARGV[1], ARGV[2], "EX", ARGV[3])
redis.call("SADD", KEYS[1], ARGV[1])
redis.call("EXPIRE", KEYS[1], ARGV[3])
return 1
"""


class RedisRoomBus:
    """Rooms in Redis."""

    def __init__(self, url: str) -> None:
        self._redis: Redis = Redis.from_url(url, decode_responses=True)
        self._join_if_unchanged = self._redis.register_script(_JOIN_IF_UNCHANGED)
        self._leave = self._redis.register_script(_LEAVE)

    async def join(self, room: str, peer: str, entry: dict[str, str]) -> None:
        """Be present under a name."""
        async with self._redis.pipeline() as pipe:
            pipe.set(_entry(room, peer), json.dumps(entry), ex=KEPT_SECONDS)
            pipe.sadd(_names(room), peer)
            pipe.expire(_names(room), KEPT_SECONDS)
            await pipe.execute()

    async def join_if_unchanged(
        self, room: str, peer: str, entry: dict[str, str], seen: dict[str, dict[str, str]]
    ) -> bool:
        """Be present if nothing has changed."""
        others = [word for name, one in seen.items() for word in (name, json.dumps(one))]
        args = [peer, json.dumps(entry), str(KEPT_SECONDS), _entry(room, ""), *others]
        return bool(await self._join_if_unchanged(keys=[_names(room)], args=args))

    async def renew(self, room: str, peer: str, entry: dict[str, str]) -> None:
        """Still be present."""
        # It would take many failures in a row to be missed, and a Redis that is gone for good ends `subscribe`.
        with suppress(RedisError):
            async with self._redis.pipeline() as pipe:
                # Written only if it was lost: by now the name may have another's entry.
                pipe.set(_entry(room, peer), json.dumps(entry), ex=KEPT_SECONDS, nx=True)
                pipe.expire(_entry(room, peer), KEPT_SECONDS)
                pipe.sadd(_names(room), peer)
                pipe.expire(_names(room), KEPT_SECONDS)
                await pipe.execute()

    async def leave(self, room: str, peer: str, entry: dict[str, str]) -> bool:
        """Be present no more."""
        return bool(await self._leave(keys=[_entry(room, peer), _names(room)], args=[json.dumps(entry), peer]))

    async def present(self, room: str) -> dict[str, dict[str, str]]:
        """Who is there."""
        # Joins the names with their entries in one exchange; an expired entry is nil.
        pattern = ["#", _entry(room, "*")]
        found = await self._redis.sort(_names(room), by="nosort", get=pattern, groups=True)  # type: ignore[misc]  # the library's type is for both its kinds
        return {peer: json.loads(entry) for peer, entry in found if entry is not None}

    async def publish(self, room: str, message: dict[str, Any]) -> None:
        """Tell all sockets of the room."""
        await self._redis.publish(_channel(room), json.dumps(message))

    @asynccontextmanager
    async def subscribe(self, room: str) -> AsyncIterator[AsyncIterator[dict[str, Any]]]:
        """What is said from now on; ends when the connection is lost."""
        async with self._redis.pubsub() as pubsub:
            await pubsub.subscribe(_channel(room))
            heard = pubsub.listen()
            # What another process says is certain to come only after Redis has confirmed.
            await anext(heard)
            yield _messages(heard)


async def _messages(heard: AsyncIterator[dict[str, Any]]) -> AsyncIterator[dict[str, Any]]:
    try:
        async for message in heard:
            if message["type"] == "message":
                yield json.loads(message["data"])
    except RedisError:
        _log.warning("a connection to Redis was lost; the sockets that used it open again")


def _names(room: str) -> str:
    return f"dimoslive:meeting:{room}:names"


def _entry(room: str, peer: str) -> str:
    return f"dimoslive:meeting:{room}:entry:{peer}"


def _channel(room: str) -> str:
    return f"dimoslive:meeting:{room}"
