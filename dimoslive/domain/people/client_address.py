"""The address by which a client is counted."""

from collections.abc import Iterable
from ipaddress import ip_address, ip_network

_MAX_ADDRESS_LENGTH = 45
"""An IPv6 address in full; what is longer was never one."""


def counted_address(peer: str, forwarded: Iterable[str], trusted_proxies: int) -> str:
    """The address to count by. ``X-Forwarded-For`` counts as far as the operator's own proxies wrote it."""
    hops = [hop.strip() for line in forwarded for hop in line.split(",")]
    if trusted_proxies and hops:
        # Each proxy adds whom it saw at the end; what stands further left may be anybody's invention.
        return _household(hops[-min(trusted_proxies, len(hops))])
    return _household(peer)


def _household(address: str) -> str:
    """One household or office: an IPv6 network of 64 bits gives its owner more addresses than could be counted."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return address[:_MAX_ADDRESS_LENGTH]
    if parsed.version == 4:
        return str(parsed)
    return str(parsed.ipv4_mapped or ip_network((int(parsed), 64), strict=False))
