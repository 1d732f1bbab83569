"""What one browser is told over its socket, and how the socket is closed."""

from contextlib import suppress

from fastapi import WebSocket, WebSocketDisconnect
from starlette.websockets import WebSocketDisconnected

from dimoslive.http.meeting.protocol import CloseCode, Refused, ServerMessage
from dimoslive.ports import Clock

GIVEN_UP_AFTER = 10.0
"""Seconds that a browser may take to take a word: one that is connected and does not read is gone."""


class SlowConsumer(Exception):
    """The browser does not read."""


GONE = (WebSocketDisconnect, WebSocketDisconnected, SlowConsumer)
"""How a browser is found gone while it is told something."""


class Sender:
    """The way to one browser."""

    def __init__(self, socket: WebSocket, clock: Clock) -> None:
        self._socket, self._clock = socket, clock
        self._patience = GIVEN_UP_AFTER

    async def send(self, message: ServerMessage) -> None:
        """Tell it something."""
        await self.pass_on(message.frame())

    async def pass_on(self, frame: str) -> None:
        """Tell it what another conversation has put into words."""
        try:
            async with self._clock.timeout(self._patience):
                await self._socket.send_text(frame)
        except TimeoutError:
            # The close is said to it, and not waited for again.
            self._patience = 0
            raise SlowConsumer from None

    async def close(self, code: CloseCode) -> None:
        """Say nothing more."""
        with suppress(TimeoutError, *GONE):
            async with self._clock.timeout(self._patience):
                await self._socket.close(code)


async def close_refused(socket: WebSocket, clock: Clock, code: str) -> None:
    """Say why, and close."""
    sender = Sender(socket, clock)
    with suppress(*GONE):
        await sender.send(Refused(code=code))
        await sender.close(CloseCode.REFUSED)
