"""Ids as addresses and forms say them."""

_MAX_DIGITS = 9


def read_id(text: str) -> int | None:
    """None where nothing is said; what is no id is the id of nothing, so that a filter never widens."""
    if not text:
        return None
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= _MAX_DIGITS else 0
