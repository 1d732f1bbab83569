"""The address by which a client is counted."""

from collections.abc import Mapping
from ipaddress import ip_address, ip_network
from typing import Any

_MAX_ADDRESS_LENGTH = 45
"""An IPv6 address in full; what is longer was never one."""


def client_address(scope: Mapping[str, Any], trusted_proxies: int) -> str:
    """The address to count a connection by, which is described as in ASGI."""
    return _household(sent_from(scope, trusted_proxies))


def sent_from(scope: Mapping[str, Any], trusted_proxies: int) -> str:
    """The very address that a connection came from, as it is written.

    ``X-Forwarded-For`` counts as far as the operator's own proxies wrote it.
    """
    written = [value.decode("latin-1") for name, value in scope["headers"] if name.lower() == b"x-forwarded-for"]
    hops = [hop.strip() for line in written for hop in line.split(",")]
    if trusted_proxies and hops:
        # Each proxy adds whom it saw at the end; what stands further left may be anybody's invention.
        return str(hops[-min(trusted_proxies, len(hops))])
    return str((scope.get("client") or [""])[0])


def _household(address: str) -> str:
    """One household or office: an IPv6 network of 64 bits gives its owner more addresses than could be counted."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return address[:_MAX_ADDRESS_LENGTH]
    if parsed.version == 4:
        return str(parsed)
    return str(parsed.ipv4_mapped or ip_network((int(parsed), 64), strict=False))
