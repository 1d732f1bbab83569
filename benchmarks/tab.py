"""A browser's tab as the server sees it: the page's socket, its first event, presses and their answers.

The words on the wire are those of Engine.IO 4 and Socket.IO 5: ``0`` opens, ``2`` and ``3`` are ping and pong, ``40``
joins a namespace, ``42`` carries an event.
"""

import json
import time
import uuid
from collections.abc import Callable
from typing import Any, Self

from simple_websocket import AioClient  # type: ignore[import-untyped]  # it brings no types

NAMESPACE = "/_event"
PAGE = "/booking/calendar"
STATE = "calendar_state"
_BOOT = "reflex___state____state.hydrate_and_load"
_MAX_ANSWER_LENGTH = 60.0


class Tab:
    """An open page: the calendar, or another with its state."""

    def __init__(self, socket: AioClient, path: str, state: str) -> None:
        self._socket, self._path, self._ending = socket, path, state
        self._state = ""
        self._ack_count = 0
        self._answer_count = 0
        self._may_be_refused = False

    @classmethod
    async def open(cls, url: str, cookie: str, *, path: str = PAGE, state: str = STATE) -> Self:
        """Connect as the page does, with a session's cookie, and wait until it has loaded."""
        address = f"{url.replace('http', 'ws', 1)}{NAMESPACE}/?EIO=4&transport=websocket&token={uuid.uuid4()}"
        socket = await AioClient.connect(address, headers={"Cookie": cookie, "Origin": url}, receive_bytes=65536)
        tab = cls(socket, path, state)
        boot = {"event": {"name": _BOOT, "payload": {}, "router_data": tab._router_data()}}
        await socket.send(f"40{NAMESPACE},{json.dumps(boot)}")
        await tab._until_acked()
        return tab

    async def press(self, handler: str, *, may_be_refused: bool = False, **payload: object) -> float:
        """Milliseconds from a press to its answer."""
        self._may_be_refused = may_be_refused
        begun = time.perf_counter()
        await self._send(handler, payload)
        await self._until_acked()
        return (time.perf_counter() - begun) * 1000

    async def hear(self, handler: str) -> None:
        """Run what a page runs by itself, until what has changed arrives: such a handler acknowledges nothing."""
        await self._send(handler, {})
        before = self._answer_count
        await self._until(lambda: self._answer_count > before)

    def go(self, path: str) -> None:
        """The next press is one of this page."""
        self._path = path

    async def close(self) -> None:
        """The tab is closed."""
        await self._socket.close()

    async def _send(self, handler: str, payload: dict[str, object]) -> None:
        event = {"name": f"{self._state}.{handler}", "payload": payload, "router_data": self._router_data()}
        await self._socket.send(f"42{NAMESPACE},{json.dumps(['event', event])}")

    async def _until_acked(self) -> None:
        before = self._ack_count
        await self._until(lambda: self._ack_count != before)

    async def _until(self, is_there: Callable[[], bool]) -> None:
        while not is_there():
            message = await self._socket.receive(_MAX_ANSWER_LENGTH)
            if message is None:
                raise TimeoutError(f"no answer within {_MAX_ANSWER_LENGTH:.0f} s")
            if message == "2":
                await self._socket.send("3")
            elif message.startswith(f"42{NAMESPACE},"):
                self._read(*json.loads(message.removeprefix(f"42{NAMESPACE},")))

    def _read(self, kind: str, update: Any) -> None:
        if kind != "event":
            return
        if update.get("events"):
            raise RuntimeError(f"the page was led elsewhere: {update['events']}")
        for state, values in (update.get("delta") or {}).items():
            if state.endswith(self._ending):
                self._state = state
                self._answer_count += 1
                self._ack_count = values.get("ack_count_rx_state_", self._ack_count)
                problem = values.get("problem_rx_state_")
                if problem and not self._may_be_refused:
                    raise RuntimeError(f"the page shows a problem: {problem}")

    def _router_data(self) -> dict[str, object]:
        return {"pathname": self._path, "asPath": self._path, "query": {}}
