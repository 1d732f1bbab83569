"""What one browser is told over its socket, and how the socket is closed."""

import json
from contextlib import suppress
from typing import Any

from fastapi import WebSocket, WebSocketDisconnect
from starlette.websockets import WebSocketDisconnected

REPLACED, REFUSED = 4000, 4001

GONE = (WebSocketDisconnect, WebSocketDisconnected)
"""How a browser is found gone while it is told something."""


class Sender:
    """The way to one browser."""

    def __init__(self, socket: WebSocket) -> None:
        self._socket = socket

    async def send(self, kind: str, **what: Any) -> None:
        """Tell it something."""
        # Half of a character pair, escaped in one browser's message, stays escaped on its way to the other.
        await self._socket.send_text(json.dumps({"type": kind, **what}))

    async def close(self, code: int) -> None:
        """Say nothing more."""
        await self._socket.close(code)


async def close_refused(socket: WebSocket, code: str) -> None:
    """Say why, and close."""
    sender = Sender(socket)
    with suppress(*GONE):
        await sender.send("refused", code=code)
        await sender.close(REFUSED)
