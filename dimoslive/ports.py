"""What is not ours, as protocols. `dimoslive.bootstrap` picks the real ones; tests pass their own."""

from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from typing import Protocol

from dimoslive.domain.personal_data import Afm


class Clock(Protocol):
    """The only source of the present."""

    def now(self) -> datetime:
        """The present instant, in UTC."""


class Mailer(Protocol):
    """Takes a finished message to its recipients."""

    async def send(self, message: EmailMessage) -> None:
        """Deliver or raise `MailRefused` (final) or `MailDelayed` (try again)."""


class MailDelayed(Exception):
    """The message could not be handed over now; trying again may help."""


class MailRefused(Exception):
    """The server refuses this message for good."""


@dataclass(frozen=True, slots=True, repr=False)
class Identity:
    """What we keep of a provider's answer. Names as the provider writes them, blanks removed."""

    afm: Afm
    first_name: str
    last_name: str


class IdentityProvider(Protocol):
    """An OAuth 2.0 provider that says who a person is."""

    def authorization_url(self, state: str, redirect_uri: str) -> str:
        """Where to send the browser to sign in."""

    async def fetch_identity(self, code: str, redirect_uri: str) -> Identity:
        """Exchange the code and read the person.

        Raises `SignInRefused` (bad or used code), `SignInUnavailable` (down, slow) or `SignInUnreadable`.
        """

    def logout_url(self, return_to: str) -> str:
        """Where to send the browser to end the provider's own session."""
