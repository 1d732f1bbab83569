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
        self._cards: defaultdict[str, dict[str, dict[str, str]]] = defaultdict(dict)
        self._listeners: defaultdict[str, set[asyncio.Queue[dict[str, Any] | None]]] = defaultdict(set)

    async def join(self, room: str, peer: str, card: dict[str, str]) -> None:
        """Be present under a name."""
        self._cards[room][peer] = card

    async def join_if_unchanged(
        self, room: str, peer: str, card: dict[str, str], seen: dict[str, dict[str, str]]
    ) -> bool:
        """Be present if nothing has changed."""
        if await self.present(room) != seen:
            return False
        await self.join(room, peer, card)
        return True

    async def renew(self, room: str, peer: str, card: dict[str, str]) -> None:
        """Still be present."""
        self._cards[room].setdefault(peer, card)

    async def leave(self, room: str, peer: str, card: dict[str, str]) -> bool:
        """Be present no more."""
        cards = self._cards.get(room, {})
        if cards.get(peer) != card:
            return False
        del cards[peer]
        if not cards:
            del self._cards[room]
        return True

    async def present(self, room: str) -> dict[str, dict[str, str]]:
        """Who is there."""
        return dict(self._cards[room]) if room in self._cards else {}

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
