"""What a client says that it can read: languages and kinds of content."""

from collections.abc import Iterable

from starlette.datastructures import Headers
from starlette.types import Scope

from dimoslive.i18n import LANGUAGES

USUAL_LANGUAGE = "en"
"""Of a program that says nothing."""
JSON = ("application/json", "application/problem+json")
_MAX_RANGES = 40


def language_for(scope: Scope) -> str:
    """The best of ours by ``Accept-Language``."""
    return language_by(Headers(scope=scope).get("Accept-Language", ""))


def language_by(accept_language: str, usual: str = USUAL_LANGUAGE) -> str:
    """The same by the header's text."""
    wanted = [
        (weight, -place, tag.partition("-")[0].lower())
        for place, (tag, weight) in enumerate(_weighted(accept_language))
        if weight > 0
    ]
    for _weight, _place, language in sorted(wanted, reverse=True):
        if language in LANGUAGES:
            return language
        if language == "*":
            break
    return usual


def accepts_one(accept: str, kinds: Iterable[str] = JSON) -> bool:
    """Whether one of these may be sent; who says nothing takes everything."""
    if not accept.strip():
        return True
    weights: dict[str, float] = {}
    for name, weight in _weighted(accept):
        # A range with parameters of its own is as good as one without.
        kind = name.partition(";")[0].strip().lower()
        weights[kind] = max(weight, weights.get(kind, 0.0))
    return any(_weight_of(kind, weights) > 0 for kind in kinds)


def encoding_by(accept_encoding: str) -> str:
    """``br``, ``gzip`` or nothing."""
    weights = {name.lower(): weight for name, weight in _weighted(accept_encoding)}
    for name in ("br", "gzip"):
        if weights.get(name, 0.0) > 0:
            return name
    return ""


def _weight_of(kind: str, weights: dict[str, float]) -> float:
    """The most exact range decides."""
    for name in (kind, f"{kind.partition('/')[0]}/*", "*/*"):
        if name in weights:
            return weights[name]
    return 0.0


def _weighted(header: str) -> list[tuple[str, float]]:
    """The entries of a header and their weights; what cannot be read weighs nothing."""
    return [_entry(part) for part in header.split(",")[:_MAX_RANGES] if part.strip()]


def _entry(part: str) -> tuple[str, float]:
    name, *rest = part.split(";")
    weight = 1.0
    for parameter in rest:
        key, _, value = parameter.partition("=")
        if key.strip().lower() == "q":
            try:
                weight = float(value.strip()[:5])
            except ValueError:
                weight = 0.0
    return name.strip(), weight
