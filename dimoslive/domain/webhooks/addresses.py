"""Which addresses the server calls when somebody else wrote them down: none inside its own network."""

import re
from collections.abc import Collection, Iterable, Iterator
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

import idna

from dimoslive.domain.errors import InvalidInput

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

MAX_URL_LENGTH = 300
HTTPS_PORT = 443
# What follows the host is sent as it is: signs that a request line may hold.
_URL = re.compile(r"https://(?P<site>[^/?#\\\s]+)(?P<rest>([/?][!\"$-\[\]-~]*)?)", re.IGNORECASE)
_PORT = re.compile(r"[0-9]{1,5}", re.ASCII)
_INSIDE = (".localhost", ".local", ".internal")
_LABEL = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?<!-)")
# By themselves not global, though Python 3.11 takes some of them for it.
_NEVER_GLOBAL = tuple(
    map(IPv4Network, ("0.0.0.0/8", "100.64.0.0/10", "192.0.0.0/24", "192.88.99.0/24", "198.18.0.0/15", "240.0.0.0/4"))
) + tuple(
    map(
        IPv6Network, ("100::/64", "2001::/23", "2001:db8::/32", "3fff::/20", "5f00::/16", "64:ff9b:1::/48", "fec0::/10")
    )
)
_NAT64 = IPv6Network("64:ff9b::/96")
_TEREDO = IPv6Network("2001::/32")
_COMPATIBLE = IPv6Network("::/96")


def parse_webhook_url(text: str, *, own_host: str, ports: Collection[int]) -> str:
    """The address of a receiver, in ASCII; raises `InvalidInput` with what is wrong."""
    text = text.strip()
    if len(text) > MAX_URL_LENGTH:
        raise InvalidInput("url", "too_long", max_length=MAX_URL_LENGTH)
    found = _URL.fullmatch(text)
    if found is None:
        raise InvalidInput("url", "webhook_not_https")
    if "@" in found["site"]:
        raise InvalidInput("url", "webhook_with_user")
    name, colon, port = found["site"].partition(":")
    host = _host(name)
    if not host or is_numeric(host) or (colon and not _PORT.fullmatch(port)):
        raise InvalidInput("url", "webhook_not_a_name")
    if host == own_host.lower().rstrip(".") or host.endswith(_INSIDE):
        raise InvalidInput("url", "webhook_refused")
    number = int(port or HTTPS_PORT)
    if number not in ports:
        raise InvalidInput("url", "webhook_port", ports=", ".join(str(port) for port in sorted(ports)))
    rest = found["rest"] if found["rest"].startswith("/") else f"/{found['rest']}"
    return f"https://{host}{f':{number}' if number != HTTPS_PORT else ''}{rest}"


def is_numeric(host: str) -> bool:
    """Whether some resolver takes the name for an address: ``2130706433``, ``0x7f.1``, ``0177.0.0.1``."""
    last = host.rstrip(".").rpartition(".")[2]
    return bool(re.fullmatch(r"[0-9]+|0x[0-9a-f]*", last, re.IGNORECASE)) or ":" in host


def is_allowed(address: str, admitted: Iterable[Network] = ()) -> bool:
    """Whether a resolved address may be called. ``admitted`` are the operator's own networks."""
    try:
        found = ip_address(address.partition("%")[0])
    except ValueError:
        return False
    meant = list(_meanings(found))
    if any(one.is_loopback or one.is_link_local or one.is_unspecified or one.is_multicast for one in meant):
        return False
    networks = tuple(admitted)
    return all(_is_global(one) or any(one.version == net.version and one in net for net in networks) for one in meant)


def _meanings(address: Address) -> Iterator[Address]:
    """The address, and each older one that is wrapped in it: a way to it leads there. A mere wrapping is left out."""
    if isinstance(address, IPv4Address):
        yield address
        return
    low = IPv4Address(int(address) & 0xFFFFFFFF)
    if address.ipv4_mapped is not None:
        yield address.ipv4_mapped
    elif address in _NAT64:
        yield low
    elif address.sixtofour is not None:
        yield address.sixtofour
    elif address in _TEREDO:
        server, client = address.teredo or (low, low)
        yield from (server, client)
    elif address in _COMPATIBLE and int(address) > 1:
        yield low
    else:
        yield address


def _is_global(address: Address) -> bool:
    if any(address.version == network.version and address in network for network in _NEVER_GLOBAL):
        return False
    return address.is_global and not address.is_reserved and not address.is_private


def _host(host: str) -> str:
    """In lower case, in ASCII, with a dot in it; empty for what is no name of a host on the Internet."""
    host = host.rstrip(".")
    try:
        host = host.lower() if host.isascii() else idna.encode(host, uts46=True).decode()
    except idna.IDNAError:
        return ""
    labels = host.split(".")
    is_name = len(host) <= 253 and len(labels) > 1 and all(map(_LABEL.fullmatch, labels))
    return host if is_name else ""
