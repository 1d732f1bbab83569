"""What endpoints are given with a request: the services' parts, who knocks, and with which session."""

from typing import Annotated

from fastapi import Depends, Request
from starlette.requests import HTTPConnection

from dimoslive.context import AppContext
from dimoslive.cookies import session_cookie_name
from dimoslive.domain.people.client_address import counted_address
from dimoslive.settings import Settings


def client_address(request: HTTPConnection, settings: Settings) -> str:
    """The address to count attempts by."""
    peer = request.client.host if request.client else ""
    return counted_address(peer, request.headers.getlist("X-Forwarded-For"), settings.trusted_proxies)


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
    return client_address(request, settings)


async def _session_token(request: Request, context: ContextDep) -> str:
    return request.cookies.get(session_cookie_name(context.public_url), "")


ClientAddress = Annotated[str, Depends(_address)]
SessionToken = Annotated[str, Depends(_session_token)]
"""The session cookie's value, empty without one."""
