"""Limits on the public doors: generous for a town hall behind one address, tight enough for a script."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from enum import Enum
from ipaddress import ip_address, ip_network

from dimoslive.context import Parts
from dimoslive.db.engine import transaction
from dimoslive.db.queries.limits import count_attempt
from dimoslive.domain.errors import TooManyAttempts


@dataclass(frozen=True, slots=True)
class Limit:
    """So many attempts at a door in so long."""

    door: str
    attempts: int
    within: timedelta


class Door(Enum):
    """The doors, with their limits for one person or address."""

    SIGN_IN = Limit("sign_in", 120, timedelta(minutes=10))
    HOLD = Limit("hold", 60, timedelta(minutes=10))
    BOOK = Limit("book", 20, timedelta(minutes=10))
    LINK = Limit("link", 120, timedelta(minutes=10))
    # Thirty pages of one town hall whose sockets do not open, each trying again every five seconds for all the time.
    MEETING = Limit("meeting", 3600, timedelta(minutes=10))
    PROBE = Limit("probe", 800, timedelta(minutes=10))
    # Counted for each address mailed, over all persons: what is more waits, so that nobody's mailbox can be filled.
    MAIL = Limit("mail", 6, timedelta(minutes=10))
    MAIL_OF_A_DAY = Limit("mail_day", 30, timedelta(days=1))
    PUBLIC_JSON = Limit("public_json", 600, timedelta(minutes=1))


_LONGEST_ADDRESS = 45
"""An IPv6 address in full; what is longer was never one."""


def limit_attempts(parts: Parts, door: Door, who: str) -> None:
    """Count an attempt; raises `TooManyAttempts` beyond the limit."""
    limit = door.value
    with transaction(parts.db) as tx:
        count = count_attempt(tx, limit.door, who, parts.clock.now(), limit.within)
    if count > limit.attempts:
        raise TooManyAttempts(minutes=int(limit.within.total_seconds() // 60))


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
        return address[:_LONGEST_ADDRESS]
    if parsed.version == 4:
        return str(parsed)
    return str(parsed.ipv4_mapped or ip_network((int(parsed), 64), strict=False))
