"""What every page's events come through before the framework sees them.

The state of a page is kept under a name made of the tab's token and of the sessions that its socket came with. Another
person in the same tab, nobody at all, or a socket that merely knows the token: each finds a state of its own, an empty
one, and nothing that the last person saw goes on the wire.
"""

import asyncio
import logging
import uuid
from dataclasses import dataclass
from http.cookies import CookieError, SimpleCookie
from typing import Any
from urllib.parse import unquote

import reflex as rx
from reflex.app import EventNamespace, _sio_loads
from reflex.istate.manager.token import BaseStateToken
from reflex_base.config import get_config
from reflex_base.constants import RouteVar
from reflex_base.event import Event
from reflex_base.event.processor import EventFuture

from dimoslive.cookies import BACK, ZONE, frame_cookie_name, session_cookie_name, staff_cookie_name
from dimoslive.domain.people.client_address import client_address
from dimoslive.services.identity.auth_realm import CITIZENS, FRAMES, STAFF
from dimoslive.services.identity.sessions import find_principal
from dimoslive.services.identity.staff_session import has_lost_rights
from dimoslive.ui.shared import sockets
from dimoslive.ui.shared.call import call, context
from dimoslive.ui.shared.event_shape import HYDRATES, MAX_MESSAGE_SIZE, Message, is_last_word, read_event
from dimoslive.ui.shared.sockets import Socket
from dimoslive.ui.shared.turns import MAX_TURN_SECONDS, Payers, Turns

_MAX_TAB_TOKEN_LENGTH = 64
_MAX_BACK_LENGTH = 400

_log = logging.getLogger(__name__)
_browser_log = logging.getLogger("dimoslive.browser")
"""What browsers say, which anybody can write."""


@dataclass
class _Page:
    socket: Socket
    payer: str
    turns: Turns
    name: str = ""
    known: dict[str, Any] | None = None
    """Under which name its state is kept, and what is known of its handshake: from when its socket is gone."""


class SessionEventNamespace(EventNamespace):
    """The framework's own namespace, with our order before it."""

    def __init__(self, namespace: str, app: rx.App, trusted_proxies: int) -> None:
        super().__init__(namespace, app)
        self._trusted_proxies = trusted_proxies
        self._payers = Payers()
        self._pages: dict[str, _Page] = {}
        self._farewells: dict[asyncio.Task[None], str] = {}
        """By the name of the page's state."""

    async def on_connect(self, sid: str, _environ: object, auth: Any = None) -> None:
        """Let a page in; raises `ConnectionRefusedError` if its owner has too many open."""
        # What was kept of the handshake: a browser may send an event by the name of "connect", with whatever it likes.
        environ = self.server.get_environ(sid, self.namespace)
        if environ is None or sid in self._pages:
            return
        socket = _arriving(environ, self._trusted_proxies)
        who, payer = await self._payers.join(socket.address, lambda: _person(socket))
        self._pages[sid] = _Page(socket, who, Turns(payer, lambda event: self._handle(sid, event)))
        sockets.opened(sid, socket)
        try:
            await super().on_connect(sid, environ, auth)
        except BaseException:
            self._leave(sid)
            raise

    def on_disconnect(self, sid: str) -> asyncio.Task | None:
        """The page is gone, and what it still wanted with it, but for the last words that somebody typed there."""
        page, name = self._pages.get(sid), self.sid_to_token.get(sid)
        if page is None or not page.turns.drop(but=is_last_word):
            self._leave(sid)
        if page and name:
            page.name, page.known = name, self._static_router_data.get(sid)
            farewell = asyncio.create_task(self._say_farewell(sid, page))
            self._farewells[farewell] = name
            farewell.add_done_callback(self._farewells.pop)
        return super().on_disconnect(sid)

    async def on_event(self, sid: str, data: object) -> None:
        """Let an event wait for its turn, if it is one that a page of ours sends."""
        event = read_event(data)
        if event is not None and sid in self._pages:
            self._pages[sid].turns.add(event)

    async def link_token_to_sid(self, sid: str, token: str, *, update_state: bool = True) -> None:
        """Find the page's state by the tab's token and by who is there."""
        socket = self._pages[sid].socket
        name = _state_name(token, socket)
        await self._hear_last_words(name)
        if await self._token_manager.is_token_connected(name):
            # A tab was copied, with its token: the copy gets one of its own.
            token = str(uuid.uuid4())
            name = _state_name(token, socket)
            await self.emit("new_token", token, to=sid)
        await super().link_token_to_sid(sid, name, update_state=update_state)

    def _build_static_router_data(self, sid: str, environ: dict[str, Any]) -> dict[str, Any]:
        """What states may know of the handshake. They are stored: of the cookies they hold the time zone alone."""
        known = super()._build_static_router_data(sid, environ)
        headers = known[RouteVar.HEADERS]
        kept = {"origin": headers.get("origin", ""), "cookie": f"{ZONE}={_cookie(environ, ZONE)}"}
        return known | {RouteVar.HEADERS: kept, RouteVar.CLIENT_IP: self._pages[sid].socket.address}

    def _leave(self, sid: str) -> None:
        sockets.closed(sid)
        page = self._pages.pop(sid, None)
        if page is not None:
            page.turns.drop()
            self._payers.leave(page.payer)

    async def _say_farewell(self, sid: str, page: _Page) -> None:
        if sid in self._pages:
            await page.turns.done()
            self._leave(sid)
        await self._forget_the_signed_out(page.socket, page.name)

    async def _hear_last_words(self, name: str) -> None:
        """A page that is loaded again must find what was typed there a moment ago."""
        farewells = [farewell for farewell, of_page in self._farewells.items() if of_page == name]
        if farewells:
            await asyncio.wait(farewells, timeout=MAX_TURN_SECONDS)

    async def _handle(self, sid: str, event: Message) -> None:
        """Have the framework handle an event and all that it leads to."""
        page = self._pages.get(sid)
        if page is None:
            return
        name, known = self.sid_to_token.get(sid, page.name), self._static_router_data.get(sid, page.known)
        if not name or known is None:
            return
        socket = page.socket
        if event["name"] in HYDRATES:
            await self._forget_the_signed_out(socket, name)
        place = event["router_data"]
        route = (self.app.router(place["pathname"]) if place.get("pathname") else None) or "404"
        where = place | known | {RouteVar.CLIENT_TOKEN: name, RouteVar.PATH: "/" + route.removeprefix("/")}
        where[RouteVar.HEADERS] = dict(known[RouteVar.HEADERS])
        handled = Event(name=event["name"], payload=event["payload"], router_data=where)
        await _until_done(await self.app.event_processor.enqueue(name, handled))
        if socket.is_over:
            await self._forget_the_signed_out(socket, name)

    async def _forget_the_signed_out(self, socket: Socket, name: str) -> None:
        """A session may have ended since its socket was opened: in another tab, or by itself. Then all shown goes."""
        is_over = False
        if socket.session and await call(find_principal, CITIZENS, socket.session) is None:
            socket.session, socket.citizen, is_over = "", None, True
        if socket.frame and await call(find_principal, FRAMES, socket.frame) is None:
            socket.frame, socket.citizen, is_over = "", None, True
        if socket.staff and await call(find_principal, STAFF, socket.staff) is None:
            socket.has_lost_rights = await call(has_lost_rights, socket.staff)
            socket.staff, is_over = "", True
        socket.is_over = False
        if is_over:
            async with self.app.state_manager.modify_state(BaseStateToken(ident=name, cls=rx.State)) as state:
                state.reset()


def watch_events(app: rx.App, trusted_proxies: int) -> None:
    """Have all events of an app come through our namespace."""
    assert app.sio is not None
    namespace = SessionEventNamespace(get_config().get_event_namespace(), app, trusted_proxies)
    app.sio.register_namespace(namespace)
    app._event_namespace = namespace
    app.sio.eio.max_http_buffer_size = MAX_MESSAGE_SIZE
    app.sio.packet_class.json.loads = _read_json
    app.frontend_exception_handler = _note_browsers_mistake
    app.backend_exception_handler = _note_mistake


def _note_browsers_mistake(exception: Exception) -> None:
    _browser_log.error("a browser says: %s", exception)


def _note_mistake(exception: Exception) -> None:
    _log.error("an event failed", exc_info=exception)


def _read_json(text: str) -> Any:
    """What is no JSON is an event that nobody listens to; the framework would write of each into the log."""
    try:
        return _sio_loads(text)
    except (ValueError, RecursionError):
        return ["nonsense"]


def _arriving(environ: dict[str, Any], trusted_proxies: int) -> Socket:
    url = context().public_url
    return Socket(
        session=_cookie(environ, session_cookie_name(url)),
        frame=_cookie(environ, frame_cookie_name(url)),
        staff=_cookie(environ, staff_cookie_name(url)),
        back=unquote(_cookie(environ, BACK)[:_MAX_BACK_LENGTH]),
        address=client_address(environ["asgi.scope"], trusted_proxies),
    )


def _cookie(environ: dict[str, Any], name: str) -> str:
    try:
        found = SimpleCookie(environ.get("HTTP_COOKIE", "")).get(name)
    except CookieError:
        return ""
    return found.value if found else ""


async def _person(socket: Socket) -> str:
    """Who signed in, if anybody did."""
    if socket.session and (citizen := await call(find_principal, CITIZENS, socket.session)):
        socket.citizen = citizen
        return f"citizen-{citizen.id}"
    if socket.frame and (citizen := await call(find_principal, FRAMES, socket.frame)):
        socket.citizen = citizen
        return f"citizen-{citizen.id}"
    if socket.staff and (official := await call(find_principal, STAFF, socket.staff)):
        return f"official-{official.id}"
    return ""


def _state_name(token: str, socket: Socket) -> str:
    return context().seal.page_name(token[:_MAX_TAB_TOKEN_LENGTH], socket.session, socket.staff, socket.frame)


async def _until_done(event: EventFuture) -> None:
    """Until it and all that it led to are handled, or given up because the page went elsewhere."""
    await asyncio.wait([event])
    for child in event.children:
        await _until_done(child)
