"""Headers that arrive as they were written: short plain lines as they are, all others as encoded words (RFC 2047)."""

from base64 import b64encode
from collections.abc import Iterator, Mapping
from email.headerregistry import Address, HeaderRegistry, UniqueAddressHeader, UniqueUnstructuredHeader
from email.message import EmailMessage
from email.policy import SMTP, Policy
from typing import Any

from dimoslive.integrations.wording import one_line

_MAX_LINE_LENGTH = 76
_MAX_WORD_LENGTH = 75
_FRAME = len("=?utf-8?b??=")


class _Subject(UniqueUnstructuredHeader):
    """Written as one run of encoded words.

    The standard library folds word by word, and Python 3.11 loses blanks where Greek meets Latin or a comma.
    """

    @classmethod
    def parse(cls, value: str, kwds: dict[str, Any]) -> None:
        """Take the value word for word: what looks like an encoded word was typed so."""
        super().parse(value, kwds)
        kwds["decoded"] = value

    def fold(self, *, policy: Policy) -> str:
        """The header's lines."""
        text = str(self)
        words = (
            [text] if _is_plain(text, _MAX_LINE_LENGTH - len("Subject: ")) else list(_encoded(text, len("Subject: ")))
        )
        return _lines("Subject:", words, policy)


class _From(UniqueAddressHeader):
    """The same for the name of the sender, which is one."""

    def fold(self, *, policy: Policy) -> str:
        """The header's lines."""
        [sender] = self.addresses
        name, plain = sender.display_name, str(sender)
        if _is_plain(plain, _MAX_LINE_LENGTH - len("From: ")):
            return _lines("From:", [plain], policy)
        # A name that fits into one word is not cut: it begins a line of its own.
        fits = len(name.encode()) <= _bytes_in(_MAX_WORD_LENGTH)
        words = [_word(name)] if fits else list(_encoded(name, len("From: ")))
        return _lines("From:", [*words, f"<{sender.addr_spec}>"], policy)


_REGISTRY = HeaderRegistry()
_REGISTRY.map_to_type("subject", _Subject)  # type: ignore[arg-type]  # the registry itself adds the BaseHeader
_REGISTRY.map_to_type("from", _From)  # type: ignore[arg-type]  # as above
POLICY = SMTP.clone(header_factory=_REGISTRY)


def write_headers(message: EmailMessage, headers: Mapping[str, str]) -> None:
    """Set each header, in a form in which no value can begin another header."""
    for name, value in headers.items():
        message[name] = one_line(value)


def as_one_address(name: str, address: str) -> str:
    """A name and a mail address as one address, the name quoted where a comma in it would make it two."""
    return str(Address(display_name=one_line(name), addr_spec=address))


def _is_plain(text: str, max_length: int) -> bool:
    return text.isascii() and len(text) <= max_length and "=?" not in text


def _encoded(text: str, taken: int) -> Iterator[str]:
    """The text as encoded words, whole characters in each; the first shares its line with ``taken`` characters."""
    room, rest = _bytes_in(min(_MAX_WORD_LENGTH, _MAX_LINE_LENGTH - taken)), text
    while len(rest.encode()) > room:
        cut = len(rest.encode()[:room].decode(errors="ignore"))
        # After a blank, if there is one: some programs show one between two encoded words of a name.
        cut = rest.rfind(" ", 0, cut) + 1 or cut
        yield _word(rest[:cut])
        room, rest = _bytes_in(_MAX_WORD_LENGTH), rest[cut:]
    yield _word(rest)


def _bytes_in(word: int) -> int:
    """How many bytes fit into an encoded word so long: three in four characters of base64."""
    return (word - _FRAME) // 4 * 3


def _word(chunk: str) -> str:
    return f"=?utf-8?b?{b64encode(chunk.encode()).decode()}?="


def _lines(name: str, words: list[str], policy: Policy) -> str:
    lines = [name]
    for word in words:
        if len(lines[-1]) + 1 + len(word) > _MAX_LINE_LENGTH:
            lines.append("")
        lines[-1] += f" {word}"
    return policy.linesep.join(lines) + policy.linesep
