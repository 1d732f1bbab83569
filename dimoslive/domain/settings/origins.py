"""Sites that may show a municipality's pages in a frame."""

import re
from collections.abc import Iterable
from functools import lru_cache

import idna
from publicsuffixlist import PublicSuffixList

from dimoslive.domain.errors import InvalidInput

MAX_ORIGINS = 20
MAX_ORIGIN_LENGTH = 300
_LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_ORIGIN = re.compile(
    rf"https://(?P<wide>\*\.)?(?P<host>(?:{_LABEL}\.)+[a-z](?:[a-z0-9-]{{0,61}}[a-z0-9])?)(?::(?P<port>[1-9][0-9]{{0,4}}))?"
)
_ADDRESS = re.compile(
    r"(?:[a-z]+://)?(?:[^/?#@]*@)?(?P<host>[^/?#:@]+)(?::(?P<port>[0-9]{1,5}))?(?:[/?#].*)?", re.IGNORECASE | re.DOTALL
)
"""As people copy one, with or without what is before and behind the host."""
_USUAL_PORT = 443
_ANY_ORIGIN = re.compile(r"https?://[a-z0-9.-]{1,253}(?::[0-9]{1,5})?(?=/|$)")


def parse_origin(text: str) -> str:
    """``https://host``, with a port if need be, or ``https://*.town.gr`` for all sites of one town.

    Raises `InvalidInput` on ``origin``.
    """
    typed = text.strip()
    origin = typed.lower().removesuffix("/").removesuffix(f":{_USUAL_PORT}")
    found = _ORIGIN.fullmatch(origin) if len(origin) <= MAX_ORIGIN_LENGTH else None
    if found is None or int(found["port"] or 0) > 65535 or (found["wide"] and _is_of_many(found["host"])):
        raise InvalidInput("origin", "not_an_origin", line=typed[:100])
    return origin


def nearest_origin(text: str) -> str:
    """What somebody may have meant: ``http://town.gr/page`` is ``https://town.gr``; empty if that is none either."""
    found = _ADDRESS.fullmatch(text.strip()[:2000])
    if found is None:
        return ""
    port = f":{found['port']}" if found["port"] and int(found["port"]) not in (80, _USUAL_PORT) else ""
    try:
        return parse_origin(f"https://{idna.encode(found['host'], uts46=True).decode()}{port}")
    except (idna.IDNAError, InvalidInput):
        return ""


def is_listed(origin: str, listed: Iterable[str]) -> bool:
    """As browsers understand ``frame-ancestors``: a star stands for one name or more, never for none."""
    return any(_covers(one, origin) for one in listed)


def read_origin(address: str) -> str:
    """The origin of an address that a browser names, such as a referrer; empty for what is none."""
    found = _ANY_ORIGIN.match(address.lower())
    return found[0].removesuffix(f":{_USUAL_PORT}") if found else ""


def _covers(listed: str, origin: str) -> bool:
    start, star, end = listed.partition("*")
    if not star:
        return origin == listed
    return origin.startswith(start) and origin.endswith(end) and len(origin) >= len(listed)


def _is_of_many(host: str) -> bool:
    """Whether anybody can have a name below it, as below ``gov.gr``: then all of them are none of one town's."""
    return _suffixes().privatesuffix(host) is None


@lru_cache
def _suffixes() -> PublicSuffixList:
    return PublicSuffixList()
