"""From which networks a key may be used."""

from collections.abc import Sequence
from ipaddress import IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

from dimoslive.domain.errors import InvalidInput

MAX_NETWORKS = 20
MAX_NETWORKS_LENGTH = 1000


def parse_networks(text: str, field: str = "networks") -> tuple[str, ...]:
    """One a line, such as ``192.0.2.0/24``; a single address is a network of one.

    Raises `InvalidInput` that names the first line that is none.
    """
    networks = tuple(dict.fromkeys(_network(line, field) for line in text.split()))
    if len(networks) > MAX_NETWORKS:
        raise InvalidInput(field, "too_many_networks", most=MAX_NETWORKS)
    return networks


def is_within(address: str, networks: Sequence[str]) -> bool:
    """Whether an address lies in one of them. What is no address lies in none."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return False
    if isinstance(parsed, IPv6Address) and parsed.ipv4_mapped is not None:
        parsed = parsed.ipv4_mapped
    return any(parsed in ip_network(network) for network in networks)


def _network(line: str, field: str) -> str:
    try:
        network: IPv4Network | IPv6Network = ip_network(line, strict=False)
    except ValueError:
        raise InvalidInput(field, "not_a_network", line=line[:100]) from None
    return str(network)
