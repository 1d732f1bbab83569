"""Handlers are public endpoints: each is made by one of these guards, and nothing else may be one.

A guard names the permission that its handler is for. It finds out who is asking from the server's session, runs the
handler, turns refusals into a sentence in the visitor's language, and counts the answer, which is what lets the pressed
button go.
"""

import functools
import inspect
import logging
import secrets
from collections.abc import Awaitable, Callable
from datetime import timedelta
from http.cookies import CookieError, SimpleCookie
from typing import Any, Literal
from urllib.parse import unquote

import reflex as rx

from dimoslive.cookies import ZONE
from dimoslive.domain.errors import DomainError, HeldTooLong, NotFound, Paused
from dimoslive.domain.people.permissions import ALLOWED, Permission, Role, can
from dimoslive.domain.people.principals import Anonymous, Citizen, LinkHolder, Official, Principal, StaffRole
from dimoslive.domain.scheduling.local_time import ATHENS, is_known_zone
from dimoslive.i18n import texts_of
from dimoslive.i18n.dates import clock
from dimoslive.i18n.when import in_zone
from dimoslive.services.audit.note_out_of_reach import note_out_of_reach
from dimoslive.services.embed.find_framed import find_framed
from dimoslive.services.identity.auth_realm import CITIZENS, STAFF
from dimoslive.services.identity.sessions import find_principal
from dimoslive.services.identity.staff_session import has_lost_rights
from dimoslive.ui.shared.call import call
from dimoslive.ui.shared.embedding import embedded_slug, is_embedded
from dimoslive.ui.shared.event_shape import fits
from dimoslive.ui.shared.sockets import socket_of
from dimoslive.urls import embed_path, embedded_page, language_of, my_bookings_path, sign_in_path

Policy = Literal["anyone", "citizen", "holder", "official"]
_WHO: dict[Policy, frozenset[Role]] = {
    "anyone": frozenset({Anonymous}),
    "citizen": frozenset({Citizen}),
    "holder": frozenset({Citizen, LinkHolder}),
    "official": frozenset(StaffRole),
}
Handler = Callable[..., Awaitable[Any]]
_log = logging.getLogger(__name__)


class NothingNamed(NotFound):
    """The page's address does not say which: nobody has reached for anything."""


class PageState(rx.State, mixin=True):
    """What every page's state has: the refusal to show, and how many presses were answered."""

    problem: str = ""
    problem_link: str = ""
    """Where the refusal can be mended, if there is such a place."""
    ack_count: int = 0
    is_loaded: bool = False
    """Whether the page's content has come; until then its place is kept."""
    focus_target: str = ""
    focus_version: int = 0
    """The element that takes the focus when the version changes."""

    def _language(self) -> str:
        return language_of(self.router.url.path)

    def _focus(self, element_id: str) -> None:
        self.focus_target, self.focus_version = element_id, self.focus_version + 1

    async def _keep_last_words(self, owner: Citizen, given: dict[str, Any]) -> None:
        """The session ended as somebody typed: what they had typed is theirs, and is there when they sign in again."""

    async def _keep_staff_words(self, given: dict[str, Any]) -> None:
        """The same for an official, whose page comes back in the same window."""

    def _refuse(self, refusal: DomainError) -> None:
        """Say it in the visitor's language; where an existing booking is in the way, lead to it."""
        language = self._language()
        params = dict(refusal.params)
        if isinstance(refusal, HeldTooLong):
            # A person must not come back a few seconds early.
            at, zone = refusal.at + timedelta(minutes=1) - timedelta.resolution, visitor_zone(self)
            params["time"] = in_zone(clock(at, language, zone), at, zone, zone, ATHENS, texts_of(language))
        if isinstance(refusal, Paused):
            params["message"] = refusal.messages.get(language, "")
        self.problem = texts_of(language)(f"error.{refusal.code}", **params)
        reference = refusal.params.get("reference")
        self.problem_link = my_bookings_path(language, str(reference)) if reference else ""


def session_token(state: rx.State) -> str:
    """The session cookie that the browser's socket came with."""
    return socket_of(state).session


def staff_token(state: rx.State) -> str:
    """The staff session's cookie."""
    return socket_of(state).staff


def visitor_zone(state: rx.State) -> str:
    """The zone of the visitor's browser; Greek time if it is unknown."""
    try:
        cookie = SimpleCookie(state.router.headers.cookie).get(ZONE)
    except CookieError:
        return ATHENS
    zone = unquote(cookie.value) if cookie else ""
    return zone if is_known_zone(zone) else ATHENS


def for_anyone(permission: Permission) -> Callable[[Handler], Any]:
    """A handler that needs no sign-in."""
    return _guard("anyone", permission)


def for_citizen(permission: Permission) -> Callable[[Handler], Any]:
    """A handler whose first argument is the `Citizen`; without a sign-in it leads to one and back."""
    return _guard("citizen", permission)


def for_holder(permission: Permission) -> Callable[[Handler], Any]:
    """A handler whose first argument is whoever may act on the page's booking, as its state's ``_holder`` finds out."""
    return _guard("holder", permission)


def for_official(permission: Permission) -> Callable[[Handler], Any]:
    """A handler whose first argument is the `Official`; services check the municipality."""
    return _guard("official", permission)


def background(handler: Handler) -> Handler:
    """A handler that the page runs by itself: it takes away no message and releases no pressed button."""
    handler._is_background = True
    return handler


def keeps_last_words(handler: Handler) -> Handler:
    """A handler that has its turn even when its page is gone by then: it keeps what somebody typed there."""
    handler._keeps_last_words = True
    return handler


def _guard(policy: Policy, permission: Permission) -> Callable[[Handler], Any]:
    if not _WHO[policy] & ALLOWED[permission]:
        raise ValueError(f"a handler for {policy} names {permission}, which none of them has")
    return functools.partial(_guarded, policy=policy, permission=permission)


def _guarded(handler: Handler, policy: Policy, permission: Permission) -> Any:
    is_press = not getattr(handler, "_is_background", False)

    @functools.wraps(handler)
    async def guarded(self: Any, *args: Any, **kwargs: Any) -> Any:
        principal: Principal | None = None
        if is_press:
            self.problem, self.problem_link = "", ""
        try:
            if not fits(guarded, dict(zip(taken, args, strict=False)) | kwargs):
                # No button of ours sends this.
                return None
            if policy == "anyone":
                return await handler(self, *args, **kwargs)
            principal = await _find_principal(self, policy)
            if principal is None:
                await _keep_words(self, policy, dict(zip(taken, args, strict=False)) | kwargs)
                return rx.redirect(await _sign_in_and_back(self, policy))
            if not can(principal, permission):
                raise NotFound()  # noqa: TRY301  # a refusal like those of the handler
            return await handler(self, principal, *args, **kwargs)
        except DomainError as refusal:
            is_out_of_reach = isinstance(refusal, NotFound) and not isinstance(refusal, NothingNamed)
            if is_out_of_reach and isinstance(principal, Official):
                note_out_of_reach(principal, handler.__qualname__)
            self._refuse(refusal)
        except Exception:  # noqa: BLE001  # the visitor gets a code, the log gets the rest
            say_unexpected(self, handler.__qualname__)
        finally:
            _count_ack(self, is_press=is_press)
        return None

    # The browser may send what the handler takes after `self` and the principal, and nothing else.
    signature = inspect.signature(handler)
    names = list(signature.parameters)
    dropped = set() if policy == "anyone" else {names[1]}
    kept = [p for name, p in signature.parameters.items() if name not in dropped]
    taken = [parameter.name for parameter in kept[1:]]
    guarded.__signature__ = signature.replace(parameters=kept)
    guarded.__annotations__ = {name: kind for name, kind in handler.__annotations__.items() if name not in dropped}
    del guarded.__wrapped__
    guarded._permission = permission
    return rx.event(guarded)


def say_unexpected(state: PageState, name: str) -> None:
    """While an exception is handled: the visitor gets a code, the log gets the rest."""
    code = secrets.token_hex(4)
    _log.exception("handler %s failed, code %s", name, code)
    state.problem = texts_of(state._language())("error.unexpected", code=code)


def _count_ack(state: PageState, *, is_press: bool) -> None:
    """What a page runs by itself counts for nothing, and sends nothing over the wire."""
    if is_press:
        state.ack_count += 1


async def _find_principal(state: PageState, policy: Policy) -> Principal | None:
    if policy == "holder":
        return await state._holder()
    if policy == "official":
        return await call(find_principal, STAFF, staff_token(state))
    return await _find_citizen(state)


async def _find_citizen(state: PageState) -> Citizen | None:
    """By the session; in a frame of another site for the frame's municipality alone, whatever session it is."""
    if not is_embedded(state):
        return await call(find_principal, CITIZENS, session_token(state))
    socket = socket_of(state)
    return await call(find_framed, embedded_slug(state), session=socket.session, frame=socket.frame)


async def _keep_words(state: PageState, policy: Policy, given: dict[str, Any]) -> None:
    """What was typed is there after the new sign-in."""
    if policy == "official":
        await state._keep_staff_words(given)
    elif owner := socket_of(state).citizen:
        await state._keep_last_words(owner, given)


async def _sign_in_and_back(state: PageState, policy: Policy) -> str:
    """The way to the sign-in, which says so if there was a session until now, or its rights are gone."""
    if is_embedded(state):
        return _sign_in_panel(state)
    url, socket = state.router.url, socket_of(state)
    is_staff = policy == "official"
    socket.is_over = bool(socket.staff if is_staff else socket.session)
    if is_staff and socket.staff:
        socket.has_lost_rights = await call(has_lost_rights, socket.staff)
    here = url.path + (f"?{url.query}" if url.query else "")
    socket.has_told_end |= socket.is_over
    ended = "session_over" if socket.has_told_end else ""
    problem = "rights_changed" if is_staff and socket.has_lost_rights else ended
    return sign_in_path(state._language(), for_staff=is_staff, problem=problem, return_to=here)


def _sign_in_panel(state: PageState) -> str:
    """In a frame the panel of the first page: what was chosen stands in its address, and what was typed is kept."""
    socket, query = socket_of(state), state.router.url.query_parameters
    socket.is_over = bool(socket.session or socket.frame)
    socket.has_told_end |= socket.is_over
    asked = {"m": embedded_slug(state), "step": embedded_page(state.router.url.path)}
    asked |= {name: query.get(name, "")[:80] for name in ("service", "mode")}
    return embed_path("services", state._language(), **asked, problem="session_over" if socket.has_told_end else "")


__all__ = [
    "Citizen",
    "NothingNamed",
    "Official",
    "PageState",
    "background",
    "for_anyone",
    "for_citizen",
    "for_holder",
    "for_official",
    "keeps_last_words",
    "say_unexpected",
    "session_token",
    "staff_token",
    "visitor_zone",
]
