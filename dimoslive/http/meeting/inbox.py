"""Everything that a conversation must answer, in one queue: the browser, the room, the clock."""

import asyncio
import json
import math
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any, Literal

from fastapi import WebSocket
from starlette.websockets import WebSocketDisconnected

from dimoslive.http.meeting.protocol import MAX_BRACKETS, MAX_MESSAGE_SIZE, BrowserMessage, CloseCode, from_browser
from dimoslive.ports import Clock

PER_SECOND = 60.0
BURST = 200.0

Source = Literal["browser", "room", "clock", "close", "gone"]
Inbox = asyncio.Queue[tuple[Source, Any]]


class MessageBudget:
    """So many messages a second on average, with room for the burst in which two browsers find each other."""

    def __init__(self, clock: Clock) -> None:
        self._clock, self._left, self._at = clock, BURST, clock.monotonic()

    def take(self) -> bool:
        """Spend one; false when there is none left."""
        now = self._clock.monotonic()
        self._left = min(BURST, self._left + (now - self._at) * PER_SECOND)
        self._at = now
        self._left -= 1
        return self._left >= 0


async def read_browser(
    socket: WebSocket, clock: Clock, inbox: Inbox, is_answered: Callable[[str], Awaitable[bool]]
) -> None:
    """What the browser says, until it goes or says too much; without what ``is_answered`` has answered at once."""
    budget = MessageBudget(clock)
    while True:
        try:
            frame = await socket.receive()
        except WebSocketDisconnected:
            frame = {"type": "websocket.disconnect"}
        if frame["type"] == "websocket.disconnect":
            await inbox.put(("gone", None))
            return
        text: str = frame.get("text") or ""
        code = _too_much(frame.get("text"), budget)
        if code:
            await inbox.put(("close", code))
            return
        if not await is_answered(text):
            await inbox.put(("browser", text))


async def read_room(said: AsyncIterator[dict[str, Any]], inbox: Inbox) -> None:
    """What is said in the room; a listener that cannot keep up is closed, and its browser comes again."""
    async for message in said:
        await inbox.put(("room", message))
    await inbox.put(("close", CloseCode.TRY_AGAIN))


async def read_clock(clock: Clock, seconds: float, inbox: Inbox) -> None:
    """A tick every so many seconds."""
    while True:
        await clock.sleep(seconds)
        await inbox.put(("clock", None))


def read_message(text: str) -> BrowserMessage | None:
    """The message in a frame; None for anything else."""
    if text.count("[") + text.count("{") > MAX_BRACKETS:
        return None
    try:
        return from_browser.validate_python(json.loads(text, parse_constant=_finite, parse_float=_finite))
    except ValueError:
        # Pydantic's refusal is one too.
        return None


def _too_much(text: str | None, budget: MessageBudget) -> CloseCode | None:
    if text is None:
        return CloseCode.WRONG_KIND
    # No character takes more than four bytes.
    if len(text) * 4 > MAX_MESSAGE_SIZE and len(text.encode()) > MAX_MESSAGE_SIZE:
        return CloseCode.TOO_LARGE
    return None if budget.take() else CloseCode.TOO_MANY


def _finite(written: str) -> float:
    """The number. Python reads NaN and 1e999 too, but writes them as words over which a browser stumbles."""
    number = float(written)
    if not math.isfinite(number):
        raise ValueError(written)
    return number
