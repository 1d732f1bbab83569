"""What endpoints are given with a request: the services' parts, who knocks, and with which session."""

from typing import Annotated

from fastapi import Depends, Request
from starlette.requests import HTTPConnection

from dimoslive.context import Parts
from dimoslive.cookies import session_cookie_name
from dimoslive.domain.people.client_address import counted_address
from dimoslive.settings import Settings


def client_address(request: HTTPConnection, settings: Settings) -> str:
    """The address to count attempts by."""
    peer = request.client.host if request.client else ""
    return counted_address(peer, request.headers.getlist("X-Forwarded-For"), settings.trusted_proxies)


# Coroutines, because FastAPI would take a thread for anything else.
async def _parts(request: Request) -> Parts:
    parts = request.app.state.parts
    assert isinstance(parts, Parts)
    return parts


async def _settings(request: Request) -> Settings:
    settings = request.app.state.settings
    assert isinstance(settings, Settings)
    return settings


GivenParts = Annotated[Parts, Depends(_parts)]
GivenSettings = Annotated[Settings, Depends(_settings)]


async def _address(request: Request, settings: GivenSettings) -> str:
    return client_address(request, settings)


async def _session_token(request: Request, parts: GivenParts) -> str:
    return request.cookies.get(session_cookie_name(parts.public_url), "")


ClientAddress = Annotated[str, Depends(_address)]
SessionToken = Annotated[str, Depends(_session_token)]
"""The session cookie's value, empty without one."""
