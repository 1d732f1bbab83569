"""The bytes of a file as text: the encodings in which Greek computers save one, and how they are told apart."""

import re
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from enum import StrEnum

from dimoslive.domain.errors import InvalidInput


class Encoding(StrEnum):
    """The name is the one by which Python knows it."""

    UTF_8 = "utf-8"
    UTF_16 = "utf-16"
    WINDOWS_1253 = "windows-1253"
    ISO_8859_7 = "iso-8859-7"


# The two Greek encodings of one byte a letter agree in nearly all letters. «Ά» is A2 in the first and B6 in the
# second, where A2 is a quotation mark; in the first B6 is «¶», which stands before no letter.
_LETTER = b"[\xb8-\xba\xbc\xbe-\xfe]"
_WINDOWS_ALPHA = re.compile(b"\xa2(?=" + _LETTER + b")")
_ISO_ALPHA = re.compile(b"\xb6(?=" + _LETTER + b")")
_WINDOWS_ALONE = re.compile(b"[\x80-\x9f]")
"""Quotation marks, dashes and the euro in the first, control characters in the second."""


def decode(content: bytes, encoding: Encoding | None = None) -> tuple[str, Encoding]:
    """The text, in the encoding named or found; raises `InvalidInput` if the bytes are no text in it."""
    found = encoding or _encoding_of(content)
    try:
        # The codec's own mark is no part of the text, whoever chose the encoding.
        return content.decode("utf-8-sig" if found is Encoding.UTF_8 else found.value), found
    except UnicodeDecodeError:
        raise InvalidInput("file", "not_in_encoding", encoding=found.value) from None


def _encoding_of(content: bytes) -> Encoding:
    if content.startswith(BOM_UTF8):
        return Encoding.UTF_8
    if content.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        return Encoding.UTF_16
    if _is_text(content, Encoding.UTF_8):
        return Encoding.UTF_8
    return _greek_encoding_of(content)


def _greek_encoding_of(content: bytes) -> Encoding:
    is_iso = len(_ISO_ALPHA.findall(content)) > len(_WINDOWS_ALPHA.findall(content))
    if is_iso and not _WINDOWS_ALONE.search(content):
        return Encoding.ISO_8859_7
    # Some bytes are a character in one of them alone.
    if not _is_text(content, Encoding.WINDOWS_1253) and _is_text(content, Encoding.ISO_8859_7):
        return Encoding.ISO_8859_7
    return Encoding.WINDOWS_1253


def _is_text(content: bytes, encoding: Encoding) -> bool:
    try:
        content.decode(encoding.value)
    except UnicodeDecodeError:
        return False
    return True
