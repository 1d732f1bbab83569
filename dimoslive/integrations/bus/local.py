"""The room bus of a single process."""

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

MAX_BACKLOG = 1000
"""Messages that may wait for one socket; a listener that is slower than that is cut off."""


class LocalRoomBus:
    """Rooms in memory."""

    def __init__(self) -> None:
        self._entries: defaultdict[str, dict[str, dict[str, str]]] = defaultdict(dict)
        self._listeners: defaultdict[str, set[asyncio.Queue[dict[str, Any] | None]]] = defaultdict(set)

    async def join(self, room: str, peer: str, entry: dict[str, str]) -> None:
        """Be present under a name."""
        self._entries[room][peer] = entry

    async def join_if_unchanged(
        self, room: str, peer: str, entry: dict[str, str], seen: dict[str, dict[str, str]]
    ) -> bool:
        """Be present if nothing has changed."""
        if await self.present(room) != seen:
            return False
        await self.join(room, peer, entry)
        return True

    async def renew(self, room: str, peer: str, entry: dict[str, str]) -> None:
        """Still be present."""
        self._entries[room].setdefault(peer, entry)

    async def leave(self, room: str, peer: str, entry: dict[str, str]) -> bool:
        """Be present no more."""
        entries = self._entries.get(room, {})
        if entries.get(peer) != entry:
            return False
        del entries[peer]
        if not entries:
            del self._entries[room]
        return True

    async def present(self, room: str) -> dict[str, dict[str, str]]:
        """Who is there."""
        return dict(self._entries[room]) if room in self._entries else {}

    async def publish(self, room: str, message: dict[str, Any]) -> None:
        """Tell all sockets of the room."""
        for queue in list(self._listeners.get(room, ())):
            if queue.qsize() < MAX_BACKLOG:
                queue.put_nowait(message)
            else:
                self._listeners[room].discard(queue)
                queue.put_nowait(None)

    @asynccontextmanager
    async def subscribe(self, room: str) -> AsyncIterator[AsyncIterator[dict[str, Any]]]:
        """What is said from now on; ends for a listener that cannot keep up."""
        queue: asyncio.Queue[dict[str, Any] | None] = asyncio.Queue()
        self._listeners[room].add(queue)
        try:
            yield _until_none(queue)
        finally:
            self._listeners[room].discard(queue)
            if not self._listeners[room]:
                del self._listeners[room]


async def _until_none(queue: asyncio.Queue[dict[str, Any] | None]) -> AsyncIterator[dict[str, Any]]:
    while (message := await queue.get()) is not None:
        yield message
