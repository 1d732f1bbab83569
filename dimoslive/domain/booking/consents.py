"""The declaration a citizen makes when booking, and what is kept of it."""

import re
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from dimoslive.domain.scheduling.mode import Mode

DECLARATION_VERSION = "2026-12"
"""The version shown now. A changed text is a new version; the old ones stay, for the bookings that name them."""
_SUPPLEMENTED = re.compile(r"([0-9]{4}-[0-9]{2})\+([a-z0-9-]{1,80})\.([1-9][0-9]{0,8})")


@dataclass(frozen=True, slots=True)
class Declaration:
    """One wording of the declaration: the platform's, as Markdown, and after it a municipality's own, as it typed it.

    With a supplement the version names that too: ``2026-12+kavala.3``.
    """

    version: str
    language: str
    mode: Mode
    text: str
    supplement: str = ""

    @property
    def whole(self) -> str:
        """All that is declared."""
        return f"{self.text}\n{self.supplement}\n" if self.supplement else self.text

    @property
    def sha256(self) -> str:
        """The hash of the whole text in UTF-8, as 64 hexadecimal digits."""
        return sha256(self.whole.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Supplement:
    """What a municipality adds to the declaration: its number among that municipality's own, and the text by language.

    An empty text adds nothing: an earlier one was taken back.
    """

    slug: str
    number: int
    text: dict[str, str]

    @property
    def sha256(self) -> str:
        """The hash of both languages."""
        return sha256("\n\n".join(self.text[language] for language in ("el", "en")).encode()).hexdigest()

    def added_to(self, declaration: Declaration) -> Declaration:
        """The platform's declaration with this after it."""
        text = self.text[declaration.language]
        if not text:
            return declaration
        version = version_label(declaration.version, self.slug, self.number)
        return Declaration(version, declaration.language, declaration.mode, declaration.text, text)


def version_label(declaration_version: str, slug: str, number: int) -> str:
    """``2026-12+kavala.3``."""
    return f"{declaration_version}+{slug}.{number}"


def read_version(label: str) -> tuple[str, str, int]:
    """The platform's version, the municipality's slug, and the number of its supplement; "" and 0 without one."""
    found = _SUPPLEMENTED.fullmatch(label)
    return (found[1], found[2], int(found[3])) if found else (label, "", 0)


@dataclass(frozen=True, slots=True)
class Consent:
    """That a declaration was made: enough to find the wording again and to prove that it was this one."""

    version: str
    text_sha256: str
    language: str
    given_at: datetime
