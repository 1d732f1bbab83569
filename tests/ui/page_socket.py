"""Pages' sockets without a browser: what anybody can send, and the real app to send it to."""

import asyncio
import json
import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from urllib.parse import parse_qsl

import reflex as rx
from granian.constants import Interfaces
from granian.server.embed import Server
from reflex.app import _ContextMiddleware
from reflex.istate.manager.memory import StateManagerMemory
from simple_websocket import AioClient, ConnectionClosed  # type: ignore[import-untyped]  # it brings no types

from dimoslive.cookies import frame_cookie_name, session_cookie_name, staff_cookie_name
from dimoslive.dimoslive import app, settings
from dimoslive.ui.shared.event_namespace import SessionEventNamespace, watch_events
from tests.http.meeting.line import free_port, until_listening
from tests.support.world import Town

Message = dict[str, Any]

PATIENCE = 100.0
NAMESPACE = "/_event"
BOOT = "reflex___state____state.hydrate_and_load"


def event(state: type[rx.State], handler: str, path: str = "/", **payload: object) -> Message:
    """A press on a page."""
    return named(f"{state.get_full_name()}.{handler}", path, payload)


def named(name: str, path: str, payload: object) -> Message:
    """An event by its name on the wire."""
    place = {"pathname": path.partition("?")[0], "asPath": path, "query": dict(parse_qsl(path.partition("?")[2]))}
    return {"name": name, "payload": payload, "router_data": place}


class Socket:
    """One open socket. ``heard`` is all that came, as it came."""

    def __init__(self, wire: AioClient) -> None:
        self._wire = wire
        self.heard = ""

    async def send(self, *events: object) -> None:
        """Send events, without waiting for anything."""
        for one in events:
            await self.send_raw(f"42{NAMESPACE},{json.dumps(['event', one], ensure_ascii=False)}")

    async def send_raw(self, frame: str) -> None:
        """Send whatever it is."""
        await self._wire.send(frame)

    async def until(self, word: str) -> str:
        """Wait for a word; all that came until then."""
        while word not in self.heard:
            frame = await self._wire.receive(PATIENCE)
            if frame is None:
                raise TimeoutError(f"{word} did not come, but {self.heard[-500:]}")
            if frame == "2":
                await self._wire.send("3")
            self.heard += f"{frame}\n"
        return self.heard

    async def load(self, path: str) -> str:
        """Load a page, as a browser does when it connects; all that came until it was there."""
        self.heard = ""
        await self.send(named(BOOT, path, {}))
        return await self.until('"is_hydrated_rx_state_":true')

    async def leave(self) -> None:
        """The page is left, and its socket with it."""
        await self._wire.close()

    async def cut(self) -> None:
        """Free what is left of it."""
        self._wire.wsock.transport.abort()
        await asyncio.gather(self._wire.task, return_exceptions=True)

    async def is_cut_off(self) -> bool:
        """Whether the server hangs up."""
        try:
            await self.until("nothing that is ever said")
        except ConnectionClosed:
            return True
        return False


class Wire:
    """A running site and its sockets."""

    def __init__(self, town: Town, port: int, namespace: SessionEventNamespace) -> None:
        self.town, self.namespace, self._port = town, namespace, port
        self._sockets: list[Socket] = []

    @property
    def states(self) -> dict[str, rx.State]:
        """What the server keeps of pages."""
        manager = app.state_manager
        assert isinstance(manager, StateManagerMemory)
        return manager.states

    async def open(
        self, token: str = "", *, session: str = "", staff: str = "", frame: str = "", address: str = "", path: str = ""
    ) -> Socket:
        """A socket of a tab, with these cookies; nothing is sent yet, unless it begins with a page as browsers do."""
        url = self.town.context.public_url
        cookies = {session_cookie_name(url): session, staff_cookie_name(url): staff, frame_cookie_name(url): frame}
        headers = {"Origin": settings.public_url, "X-Forwarded-For": address or "198.51.100.7"}
        headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in cookies.items() if value)
        query = f"EIO=4&transport=websocket&token={token or uuid.uuid4()}"
        wire = await AioClient.connect(f"ws://127.0.0.1:{self._port}{NAMESPACE}/?{query}", headers=headers)
        socket = Socket(wire)
        self._sockets.append(socket)
        begin = {"event": named(BOOT, path, {"hashes": ["0" * 16], "vars": {}})} if path else {}
        await socket.send_raw(f"40{NAMESPACE},{json.dumps(begin)}")
        await socket.until(f"40{NAMESPACE},")
        return socket

    async def close(self, *tabs: Socket) -> None:
        """These tabs are closed; the server has noticed."""
        for tab in tabs:
            await tab._wire.close()
            self._sockets.remove(tab)
        while len(self.namespace._pages) > len(self._sockets):  # noqa: ASYNC110  # the server is somebody else's
            await asyncio.sleep(0)
        await asyncio.gather(*self.namespace._farewells)

    async def end(self) -> None:
        """All tabs are closed."""
        for socket in self._sockets:
            await socket.cut()
        self._sockets.clear()
        await self.close()


@asynccontextmanager
async def serving_pages(town: Town) -> AsyncIterator[Wire]:
    """The app behind a real server, in the test's own loop; one proxy stands before it."""
    app._state_manager = StateManagerMemory()  # type: ignore[abstract]  # its overloads look abstract
    watch_events(app, trusted_proxies=1)
    assert app.sio is not None
    assert app._api is not None
    # It looks for sockets that fell silent, for longer than a test lasts.
    app.sio.eio.start_service_task = False
    port = free_port()
    async with app._setup_event_processor():
        pages = _ContextMiddleware(app._api, app)
        server = Server(pages, "127.0.0.1", port, interface=Interfaces.ASGINL, log_enabled=False)
        running = asyncio.create_task(server.serve())
        await until_listening(port)
        try:
            namespace = app.event_namespace
            assert isinstance(namespace, SessionEventNamespace)
            wire = Wire(town, port, namespace)
            yield wire
        finally:
            await wire.end()
            server.stop()
            await running
            await app.state_manager.close()
