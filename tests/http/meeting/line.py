"""A meeting's socket without the browser: what a page says, what it hears, and a real server to say it to."""

import asyncio
import json
import secrets
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, Self
from urllib.parse import urlencode

from granian.constants import Interfaces
from granian.server.embed import Server
from simple_websocket import AioClient, ConnectionClosed  # type: ignore[import-untyped]  # it brings no types
from sqlalchemy import delete

from dimoslive.cookies import session_cookie_name, staff_cookie_name
from dimoslive.db.engine import transaction
from dimoslive.db.tables.official import OfficialRightRow
from dimoslive.domain.booking.booking import Booking
from dimoslive.http.meeting import socket as meeting_socket
from dimoslive.http.meeting.socket import GONE_AFTER, LOOK_EVERY, TICK_EVERY
from dimoslive.ports import Identity
from tests.http.site import Site
from tests.support.meeting import NIKOS, session_token, staff_token
from tests.support.world import Town

Message = dict[str, Any]

OFFER = {"type": "offer", "sdp": "v=0"}

PATIENCE = 20.0
"""Seconds after which a test says that nothing came."""


class Line:
    """One socket. ``heard`` is all that came so far."""

    def __init__(self, socket: AioClient) -> None:
        self._socket = socket
        self._pings = 0
        self.heard: list[Message] = []

    @classmethod
    async def open(cls, address: str, *, cookies: dict[str, str], origin: str) -> Self:
        """Connect with these cookies, from a page of that origin."""
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in cookies.items()), "Origin": origin}
        return cls(await AioClient.connect(address, headers=headers, receive_bytes=65536))

    async def say(self, kind: str, **what: Any) -> None:
        """Send a message."""
        await self.send(json.dumps({"type": kind, **what}))

    async def send(self, frame: str | bytes) -> None:
        """Send whatever it is."""
        await self._socket.send(frame)

    async def hear(self, kind: str) -> Message:
        """The next message of this kind; others before it are heard too."""
        while True:
            message = await self._next()
            if message["type"] == kind:
                return message

    async def catch_up(self) -> list[Message]:
        """What came until now."""
        self._pings += 1
        before = len(self.heard)
        await self.say("ping", n=self._pings)
        while await self.hear("pong") != {"type": "pong", "n": self._pings}:
            pass
        return [message for message in self.heard[before:] if message["type"] != "pong"]

    async def closed(self) -> int:
        """The code with which the server closed; what came before is heard."""
        try:
            while True:
                await self._next()
        except ConnectionClosed as end:
            return int(end.reason)

    def kinds(self) -> list[str]:
        """What was heard, by kind."""
        return [message["type"] for message in self.heard]

    def stall(self) -> None:
        """The browser hangs: it is connected, and reads nothing any more."""
        self._socket.wsock.transport.pause_reading()

    def read_on(self) -> None:
        """It hangs no more."""
        self._socket.wsock.transport.resume_reading()

    def cut(self) -> None:
        """The network is gone: no goodbye."""
        self._socket.wsock.transport.abort()

    async def end(self) -> None:
        """Free what is left of it."""
        self.cut()
        await asyncio.gather(self._socket.task, return_exceptions=True)

    async def _next(self) -> Message:
        frame = await self._socket.receive(PATIENCE)
        if frame is None:
            raise TimeoutError(f"nothing more came after {self.kinds()}")
        message: Message = json.loads(frame)
        self.heard.append(message)
        return message


class Wire:
    """A running site, and the people who open sockets to it."""

    def __init__(self, site: Site, port: int) -> None:
        self._servers_own = asyncio.all_tasks()
        self.site, self.address = site, f"127.0.0.1:{port}/api/meetings/socket"
        self._lines: list[Line] = []
        self._session, self._staff = "", dict[Identity, str]()

    async def open(self, query: dict[str, str], *, session: str = "", staff: str = "") -> Line:
        """A socket with these cookies; nothing is said yet."""
        url = self.site.context.public_url
        cookies = {session_cookie_name(url): session, staff_cookie_name(url): staff}
        cookies = {name: value for name, value in cookies.items() if value}
        line = await Line.open(f"ws://{self.address}?{urlencode(query)}", cookies=cookies, origin=url)
        self._lines.append(line)
        return line

    async def tick(self, seconds: float = TICK_EVERY) -> None:
        """So much time passes, and each socket that was heard from looks once who is in the room."""
        # What was heard may not be known to be heard: a browser has ten seconds to take it.
        await self.site.town.clock.until_nothing_is_limited()
        self.site.town.clock.advance(seconds=seconds)

    async def look(self) -> None:
        """So much time passes that each looks what the database says, too."""
        await self.tick(LOOK_EVERY + TICK_EVERY)

    async def departures(self) -> None:
        """Some were cut off; they have been waited for."""
        await cut_off()
        await self.tick(GONE_AFTER)
        await asyncio.gather(*meeting_socket._departures)

    async def end(self) -> None:
        """All are gone, and nobody is waited for."""
        for line in self._lines:
            await line.end()
        while others := asyncio.all_tasks() - self._servers_own - {asyncio.current_task()}:
            for task in others:
                task.cancel()
            await asyncio.gather(*others, return_exceptions=True)

    async def citizen(self, booking: Booking, *, client_id: str = "", page: str = "", take_over: bool = False) -> Line:
        """Eleni, signed in, has said hello."""
        self._session = self._session or session_token(self.site.town)
        line = await self.open({"reference": booking.reference}, session=self._session)
        await hello(line, client_id, page, take_over=take_over)
        return line

    async def official(
        self, booking: Booking, identity: Identity = NIKOS, *, client_id: str = "", page: str = ""
    ) -> Line:
        """An official who was entered before has said hello."""
        if identity not in self._staff:
            self._staff[identity] = staff_token(self.site.town, identity)
        query = {"reference": booking.reference, "as": "official"}
        line = await self.open(query, staff=self._staff[identity])
        await hello(line, client_id, page)
        return line

    async def begun(self, booking: Booking, *, client_id: str = "", page: str = "") -> tuple[Line, Line]:
        """The citizen and the official, admitted, each with the other's name heard."""
        citizen, official = await self.citizen(booking, client_id=client_id, page=page), await self.official(booking)
        await citizen.hear("waiting")
        await official.hear("waiting_room")
        await official.say("admit")
        for line in (citizen, official):
            await line.hear("admitted")
        await settle(citizen, official)
        return citizen, official


async def hello(line: Line, client_id: str = "", page: str = "", *, take_over: bool = False) -> None:
    """A page's first word; a tab and a page of their own unless told."""
    await line.say("hello", client_id=client_id or a_client_id(), page=page or a_client_id(), take_over=take_over)


async def settle(*lines: Line) -> None:
    """All have heard what the others' arrivals led to."""
    for line in lines * 2:
        await line.catch_up()


def a_client_id() -> str:
    """A random value as browsers make them."""
    return secrets.token_hex(16)


def name_of(line: Line) -> str:
    """The peer's name that the server gave."""
    [name] = {str(welcome["peer"]) for welcome in of(line, "welcome")}
    return name


@asynccontextmanager
async def serving(site: Site) -> AsyncIterator[Wire]:
    """The site behind a real server, in the test's own loop."""
    port = free_port()
    server = Server(site._app, "127.0.0.1", port, interface=Interfaces.ASGINL, log_enabled=False)
    running = asyncio.create_task(server.serve())
    await until_listening(port)
    wire = Wire(site, port)
    try:
        yield wire
    finally:
        await wire.end()
        server.stop()
        await running


def free_port() -> int:
    """One that nobody listens at."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


async def until_listening(port: int) -> None:
    """The server is up."""
    while True:
        try:
            _, writer = await asyncio.open_connection("127.0.0.1", port)
        except OSError:
            await asyncio.sleep(0)
        else:
            writer.close()
            return


async def assert_refused(line: Line, code: str) -> None:
    """The server says why, and closes for good."""
    assert await line.closed() == 4001
    assert line.heard[-1] == {"type": "refused", "code": code}


def of(line: Line, kind: str) -> list[Message]:
    """What was heard of this kind."""
    return of_kind(line.heard, kind)


def of_kind(messages: list[Message], kind: str) -> list[Message]:
    """Those of this kind."""
    return [message for message in messages if message["type"] == kind]


def peers_known(line: Line) -> dict[str, str]:
    """Whom a page would be connected with, by name, after all that it heard."""
    known: dict[str, str] = {}
    for message in line.heard:
        if message["type"] in {"welcome", "admitted"}:
            known = {peer["peer"]: peer["name"] for peer in message["peers"]}
        elif message["type"] == "peer_joined":
            known[message["peer"]["peer"]] = message["peer"]["name"]
        elif message["type"] == "peer_left":
            known.pop(message["peer"], None)
    return known


async def until_present(official: Line, *, is_present: bool = True) -> Message:
    """The news that the citizen is there, or is not."""
    while (news := await official.hear("waiting_room"))["is_present"] is not is_present:
        pass
    return news


async def cut_off() -> None:
    """The server has noticed that somebody was cut off, and waits for them."""
    while not meeting_socket._departures:  # noqa: ASYNC110  # what is cut is seen by the server below, in its time
        await asyncio.sleep(0)
    # The departure is noted before its waiting begins.
    await asyncio.sleep(0)


def take_rights(town: Town) -> None:
    """Nikos may act for the municipality no more."""
    with transaction(town.context.db) as tx:
        tx.execute(delete(OfficialRightRow))
