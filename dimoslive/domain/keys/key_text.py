"""The text of a key, ``mdl_<id>_<secret><check>``: made, read, and told from a typo without asking the database."""

import re
import zlib
from dataclasses import dataclass
from hashlib import sha256

PREFIX = "mdl_"
"""By which scanners of leaked secrets know one."""
HANDLE_BITS, SECRET_BITS = 47, 256
_DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_HANDLE, _SECRET, _CHECK = 8, 43, 4
_FORM = re.compile(f"{PREFIX}([0-9A-Za-z]{{{_HANDLE}}})_[0-9A-Za-z]{{{_SECRET}}}([0-9A-Za-z]{{{_CHECK}}})")


@dataclass(frozen=True, slots=True)
class KeyText:
    """A key that has the right form: ``handle`` finds it, ``secret_hash`` is what is kept of it."""

    handle: str
    secret_hash: str
    last_four: str


def make_handle(randomness: int) -> str:
    """The part that finds a key, of 47 random bits."""
    return _base62(randomness, _HANDLE)


def make_key_text(handle: str, randomness: int) -> str:
    """A key of its handle, and of 256 random bits that nobody guesses."""
    begin = f"{PREFIX}{handle}_{_base62(randomness, _SECRET)}"
    return begin + _check(begin)


def parse_key_text(text: str) -> KeyText | None:
    """What is in a key that was sent; None where it is none, or was typed wrong."""
    found = _FORM.fullmatch(text)
    if found is None or _check(text[:-_CHECK]) != found[2]:
        return None
    # The secret is random: there is nothing for a slow hash to slow down.
    return KeyText(found[1], sha256(text.encode()).hexdigest(), text[-4:])


def _check(text: str) -> str:
    return _base62(zlib.crc32(text.encode()) % 62**_CHECK, _CHECK)


def _base62(number: int, length: int) -> str:
    digits = []
    for _ in range(length):
        number, digit = divmod(number, 62)
        digits.append(_DIGITS[digit])
    return "".join(reversed(digits))
