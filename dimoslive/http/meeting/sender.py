"""What one browser is told over its socket, and how the socket is closed."""

import asyncio
import json
from contextlib import suppress
from typing import Any

from fastapi import WebSocket, WebSocketDisconnect
from starlette.websockets import WebSocketDisconnected

REPLACED, REFUSED = 4000, 4001
GIVEN_UP_AFTER = 10.0
"""Seconds that a browser may take to take a word: one that is connected and does not read is gone."""


class SlowConsumer(Exception):
    """The browser does not read."""


GONE = (WebSocketDisconnect, WebSocketDisconnected, SlowConsumer)
"""How a browser is found gone while it is told something."""


class Sender:
    """The way to one browser."""

    def __init__(self, socket: WebSocket) -> None:
        self._socket = socket
        self._patience = GIVEN_UP_AFTER

    async def send(self, kind: str, **what: Any) -> None:
        """Tell it something."""
        await self.pass_on(frame_of(kind, **what))

    async def pass_on(self, frame: str) -> None:
        """Tell it what another conversation has put into words."""
        try:
            async with asyncio.timeout(self._patience):
                await self._socket.send_text(frame)
        except TimeoutError:
            # The close is said to it, and not waited for again.
            self._patience = 0
            raise SlowConsumer from None

    async def close(self, code: int) -> None:
        """Say nothing more."""
        with suppress(TimeoutError, *GONE):
            async with asyncio.timeout(self._patience):
                await self._socket.close(code)


def frame_of(kind: str, **what: Any) -> str:
    """A message as it goes over the wire."""
    # Half of a character pair, escaped in one browser's message, stays escaped on its way to the other.
    return json.dumps({"type": kind, **what})


async def close_refused(socket: WebSocket, code: str) -> None:
    """Say why, and close."""
    sender = Sender(socket)
    with suppress(*GONE):
        await sender.send("refused", code=code)
        await sender.close(REFUSED)
