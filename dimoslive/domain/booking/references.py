"""The booking reference, to be read out on the telephone."""

import re

# Crockford's base 32: no I, L, O, U, so nothing is mistaken for something else when spoken or written by hand.
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_LOOKALIKES = str.maketrans("ILO", "110")


def make_reference(randomness: int) -> str:
    """Eight characters from 40 random bits: ``K7PM3XQ9``."""
    return "".join(_ALPHABET[(randomness >> shift) & 31] for shift in range(35, -1, -5))


def parse_reference(text: str) -> str | None:
    """The reference as stored, from what a person typed or a link carried; ``None`` if it cannot be one."""
    compact = re.sub(r"[\s-]", "", text).upper().translate(_LOOKALIKES)
    return compact if re.fullmatch(f"[{_ALPHABET}]{{8}}", compact) else None


def show_reference(reference: str) -> str:
    """In two groups, easier to read out: ``K7PM-3XQ9``."""
    return f"{reference[:4]}-{reference[4:]}"
