"""What endpoints are given with a request: the services' parts, who knocks, and with which session."""

from ipaddress import ip_address, ip_network
from typing import Annotated

from fastapi import Depends, Request
from starlette.requests import HTTPConnection

from dimoslive.services.cookies import session_cookie_name
from dimoslive.services.parts import Parts
from dimoslive.settings import Settings


def client_address(request: HTTPConnection, settings: Settings) -> str:
    """The address to count attempts by. ``X-Forwarded-For`` counts as far as the operator's own proxies wrote it."""
    hops = [hop.strip() for line in request.headers.getlist("X-Forwarded-For") for hop in line.split(",")]
    if settings.trusted_proxies and hops:
        # Each proxy adds whom it saw at the end; what stands further left may be anybody's invention.
        return _counted(hops[-min(settings.trusted_proxies, len(hops))])
    return _counted(request.client.host if request.client else "")


def _counted(address: str) -> str:
    """One household or office: an IPv6 network of 64 bits gives its owner more addresses than could be counted."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return address
    if parsed.version == 4:
        return str(parsed)
    return str(parsed.ipv4_mapped or ip_network((parsed, 64), strict=False))


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
