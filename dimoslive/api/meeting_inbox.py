"""Everything that a conversation must answer, in one queue: the browser, the room, the clock."""

import asyncio
import time
from collections.abc import AsyncIterator
from typing import Any, Literal

from fastapi import WebSocket, WebSocketDisconnect

LARGEST_MESSAGE = 64 * 1024
PER_SECOND = 60.0
BURST = 200.0

Source = Literal["browser", "room", "clock", "close", "gone"]
Inbox = asyncio.Queue[tuple[Source, Any]]


class MessageBudget:
    """So many messages a second on average, with room for the burst in which two browsers find each other."""

    def __init__(self) -> None:
        self._left = BURST
        self._at = time.monotonic()

    def take(self) -> bool:
        """Spend one; false when there is none left."""
        now = time.monotonic()
        self._left = min(BURST, self._left + (now - self._at) * PER_SECOND)
        self._at = now
        self._left -= 1
        return self._left >= 0


async def read_browser(socket: WebSocket, inbox: Inbox) -> None:
    """What the browser says, until it goes or says too much."""
    budget = MessageBudget()
    try:
        while True:
            text = await socket.receive_text()
            code = 1009 if len(text) > LARGEST_MESSAGE else 0 if budget.take() else 1008
            if code:
                await inbox.put(("close", code))
                return
            await inbox.put(("browser", text))
    except (WebSocketDisconnect, RuntimeError, KeyError):
        # RuntimeError and KeyError are Starlette's words for a closed socket and for bytes instead of text.
        await inbox.put(("gone", None))


async def read_room(said: AsyncIterator[dict[str, Any]], inbox: Inbox) -> None:
    """What is said in the room; a listener that cannot keep up is closed, and its browser comes again."""
    async for message in said:
        await inbox.put(("room", message))
    await inbox.put(("close", 1013))


async def read_clock(seconds: float, inbox: Inbox) -> None:
    """A tick every so many seconds."""
    while True:
        await asyncio.sleep(seconds)
        await inbox.put(("clock", None))
