"""Sites that may show a municipality's pages in a frame."""

import re
from collections.abc import Iterable

from dimoslive.domain.errors import InvalidInput

MAX_ORIGINS = 20
MAX_ORIGINS_LENGTH = 6000
_LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_ORIGIN = re.compile(rf"https://(?:\*\.)?(?:{_LABEL}\.)+[a-z](?:[a-z0-9-]{{0,61}}[a-z0-9])(?::([1-9][0-9]{{0,4}}))?")
_WIDE = re.compile(r"https://\*\.[^.]+")
"""A wildcard for all of a country's names, or for those of a whole kind, is none of one town's."""
_USUAL_PORT = 443
_ANY_ORIGIN = re.compile(r"https?://[a-z0-9.-]{1,253}(?::[0-9]{1,5})?(?=/|$)")


def parse_origins(text: str) -> tuple[str, ...]:
    """One a line: ``https://host``, with a port if need be, or ``https://*.town.gr``; sorted, each once.

    Raises `InvalidInput` on ``frame_origins``, which names the first line that is none.
    """
    origins = sorted({_origin(line) for line in text.split()})
    if len(origins) > MAX_ORIGINS:
        raise InvalidInput("frame_origins", "too_many_origins", most=MAX_ORIGINS)
    return tuple(origins)


def _origin(line: str) -> str:
    origin = line.lower().removesuffix("/").removesuffix(f":{_USUAL_PORT}")
    found = _ORIGIN.fullmatch(origin)
    if found is None or _WIDE.fullmatch(origin.rpartition(":")[0] if found[1] else origin):
        raise InvalidInput("frame_origins", "not_an_origin", line=line[:100])
    if found[1] and int(found[1]) > 65535:
        raise InvalidInput("frame_origins", "not_an_origin", line=line[:100])
    return origin


def is_listed(origin: str, listed: Iterable[str]) -> bool:
    """Whether a site is one of those, or lies under one of their wildcards, as browsers read them."""
    return any(_matches(origin, one) for one in listed)


def read_origin(address: str) -> str:
    """The origin of an address that a browser names, such as a referrer; empty for what is none."""
    found = _ANY_ORIGIN.match(address.lower())
    return found[0].removesuffix(f":{_USUAL_PORT}") if found else ""


def _matches(origin: str, listed: str) -> bool:
    if "*" not in listed:
        return origin == listed
    start, _, end = listed.partition("*")
    return origin.startswith(start) and origin.endswith(end) and len(origin) > len(start) + len(end)
