"""The switchboard of several processes, over Redis: cards in a hash, messages by publish and subscribe."""

import json
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from redis.asyncio import Redis
from redis.exceptions import RedisError

_log = logging.getLogger(__name__)

KEPT_SECONDS = 4 * 3600
"""Cards of a process that died are gone after this, longer than any meeting."""


class RedisSwitchboard:
    """Rooms in Redis."""

    def __init__(self, url: str) -> None:
        self._redis: Redis = Redis.from_url(url, decode_responses=True)

    async def enter(self, room: str, peer: str, card: dict[str, str]) -> None:
        """Be present under a name."""
        async with self._redis.pipeline() as pipe:
            pipe.hset(_cards(room), peer, json.dumps(card))
            pipe.expire(_cards(room), KEPT_SECONDS)
            await pipe.execute()

    async def leave(self, room: str, peer: str) -> None:
        """Be present no more."""
        await self._redis.hdel(_cards(room), peer)  # type: ignore[misc]  # the library's type is for both its kinds

    async def present(self, room: str) -> dict[str, dict[str, str]]:
        """Who is there."""
        cards = await self._redis.hgetall(_cards(room))  # type: ignore[misc]  # as above
        return {peer: json.loads(card) for peer, card in cards.items()}

    async def say(self, room: str, message: dict[str, Any]) -> None:
        """Tell all sockets of the room."""
        await self._redis.publish(_channel(room), json.dumps(message))

    @asynccontextmanager
    async def listen(self, room: str) -> AsyncIterator[AsyncIterator[dict[str, Any]]]:
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


def _cards(room: str) -> str:
    return f"dimoslive:meeting:{room}:cards"


def _channel(room: str) -> str:
    return f"dimoslive:meeting:{room}"
