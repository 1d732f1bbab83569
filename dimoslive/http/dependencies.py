"""What endpoints are given with a request: the services' context, who asks, and for what they let them in.

Each route names a permission by one of the dependencies that carry one. Who is asking comes from the server's session.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import Depends, HTTPException, Request

from dimoslive.context import AppContext
from dimoslive.cookies import frame_cookie_name, session_cookie_name, staff_cookie_name
from dimoslive.domain.errors import NotFound
from dimoslive.domain.people.client_address import client_address
from dimoslive.domain.people.permissions import Permission, can
from dimoslive.domain.people.principals import Anonymous, Citizen, Official
from dimoslive.http.same_origin import is_from_our_page
from dimoslive.services.audit.note_out_of_reach import note_out_of_reach
from dimoslive.services.embed.find_framed import find_framed
from dimoslive.services.identity.auth_realm import CITIZENS, STAFF
from dimoslive.services.identity.sessions import find_principal
from dimoslive.settings import Settings
from dimoslive.urls import desk_path, language_of, sign_in_path


# Coroutines, because FastAPI would take a thread for anything else.
async def _context(request: Request) -> AppContext:
    context = request.app.state.context
    assert isinstance(context, AppContext)
    return context


async def _settings(request: Request) -> Settings:
    settings = request.app.state.settings
    assert isinstance(settings, Settings)
    return settings


ContextDep = Annotated[AppContext, Depends(_context)]
SettingsDep = Annotated[Settings, Depends(_settings)]


async def _address(request: Request, settings: SettingsDep) -> str:
    return client_address(request.scope, settings.trusted_proxies)


ClientAddress = Annotated[str, Depends(_address)]
"""The address to count attempts by."""


@dataclass(frozen=True, slots=True)
class _ForAnyone:
    permission: Permission

    async def __call__(self) -> None:
        """Nothing to find out."""


@dataclass(frozen=True, slots=True)
class _ForCitizen:
    permission: Permission

    def __call__(self, request: Request, context: ContextDep) -> Citizen:
        """Without a session, whatever is asked for is as unknown as what never was."""
        token = request.cookies.get(session_cookie_name(context.public_url), "")
        citizen = find_principal(context, CITIZENS, token)
        if citizen is None or not can(citizen, self.permission):
            raise NotFound()
        return citizen


@dataclass(frozen=True, slots=True)
class _ForFramed:
    permission: Permission

    def __call__(self, request: Request, context: ContextDep) -> Citizen:
        """Whoever is signed in in a frame, for the municipality that the address names; else nothing is known."""
        cookies, url = request.cookies, context.public_url
        citizen = find_framed(
            context,
            request.query_params.get("m", "")[:80],
            session=cookies.get(session_cookie_name(url), ""),
            frame=cookies.get(frame_cookie_name(url), ""),
        )
        if citizen is None or not can(citizen, self.permission):
            raise NotFound()
        return citizen


async def from_our_page(request: Request, context: ContextDep) -> None:
    """A dependency of what our own pages alone may ask: browsers may send a cookie of ours with others' requests."""
    if not is_from_our_page(request, context):
        raise HTTPException(403)


@dataclass(frozen=True, slots=True)
class _ForOfficial:
    permission: Permission

    def __call__(self, request: Request, context: ContextDep) -> Iterator[Official]:
        """Without a session it leads to the sign-in and, where a page was asked for, back."""
        token = request.cookies.get(staff_cookie_name(context.public_url), "")
        official = find_principal(context, STAFF, token)
        if official is None:
            raise HTTPException(303, headers={"Location": _sign_in_and_back(request)})
        try:
            yield self._allowed(official)
        except NotFound:
            note_out_of_reach(official, request.scope["route"].path)
            raise

    def _allowed(self, official: Official) -> Official:
        if not can(official, self.permission):
            raise NotFound()
        return official


def _sign_in_and_back(request: Request) -> str:
    """What was posted is not posted again: then the way back is to the day."""
    language = language_of(request.url.path)
    here = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    return sign_in_path(language, for_staff=True, return_to=here if request.method == "GET" else desk_path(language))


def for_anyone(permission: Permission) -> Any:
    """A dependency of a route that needs no sign-in."""
    if not can(Anonymous(), permission):
        raise ValueError(f"a route for anyone names {permission}, which not everybody has")
    return Depends(_ForAnyone(permission))


def for_citizen(permission: Permission) -> Any:
    """A dependency that gives the route the `Citizen`; raises `NotFound` without one."""
    return Depends(_ForCitizen(permission))


def for_framed(permission: Permission) -> Any:
    """A dependency that gives the route the citizen of a frame; together with `from_our_page`."""
    return Depends(_ForFramed(permission))


def for_official(permission: Permission) -> Any:
    """A dependency that gives the route the `Official`; services check the municipality."""
    return Depends(_ForOfficial(permission))
