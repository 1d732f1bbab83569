"""A sign-in under way: the browser holds a signed state for each that it began in the last minutes."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from dimoslive.context import AppContext

SIGN_IN_LENGTH = timedelta(minutes=15)
"""How long a browser may stay at the provider."""
MAX_SIGN_IN_STATES = 5
"""Sign-ins that one browser may have begun at once, in as many tabs."""


def state_key(state: str) -> str:
    """Under what a browser keeps this sign-in's state: two tabs that sign in do not disturb each other."""
    return state[:8]


def states_to_drop(context: AppContext, kept: Mapping[str, str]) -> list[str]:
    """The names of those states that make room for one more: what is none of ours, then the oldest."""
    read = ((name, read_sign_in_state(context, text)) for name, text in kept.items())
    ours = {name: state for name, state in read if state}
    newest = sorted(ours, key=lambda name: ours[name].issued, reverse=True)[: MAX_SIGN_IN_STATES - 1]
    return [name for name in kept if name not in newest]


@dataclass(frozen=True, slots=True)
class SignInUnderWay:
    """What was said at the beginning; ``realm`` is its key."""

    state: str
    return_to: str
    issued: int
    realm: str


def read_sign_in_state(context: AppContext, sign_in_state: str) -> SignInUnderWay | None:
    """What a browser brings back, if we signed it and it is not too old."""
    words = context.seal.read_signed(sign_in_state) if sign_in_state else None
    if words is None or len(words) != 4:
        return None
    state, return_to, issued, realm = words
    age = context.clock.now().timestamp() - int(issued)
    return SignInUnderWay(state, return_to, int(issued), realm) if age <= SIGN_IN_LENGTH.total_seconds() else None
