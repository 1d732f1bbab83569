"""The declaration a citizen makes when booking, and what is kept of it."""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from dimoslive.domain.scheduling.mode import Mode

DECLARATION_VERSION = "2026-12"
"""The version shown now. A changed text is a new version; the old ones stay, for the bookings that name them."""


@dataclass(frozen=True, slots=True)
class Declaration:
    """One wording of the declaration, as Markdown."""

    version: str
    language: str
    mode: Mode
    text: str

    @property
    def sha256(self) -> str:
        """The hash of the text in UTF-8, as 64 hexadecimal digits."""
        return sha256(self.text.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Consent:
    """That a declaration was made: enough to find the wording again and to prove that it was this one."""

    version: str
    text_sha256: str
    language: str
    given_at: datetime
