"""What is not ours, for tests: a mail server that remembers, an identity provider that knows whom the test names."""

from collections.abc import Collection, Mapping
from email.message import EmailMessage
from urllib.parse import urlencode

from dimoslive.domain.errors import SignInRefused
from dimoslive.domain.people.personal_data import Afm
from dimoslive.domain.webhooks.attempts import Attempt
from dimoslive.ports import Identity


class RecordingMailer:
    """A `Mailer` that keeps what it is given. ``problems`` are raised first, one a message; None lets one through."""

    def __init__(self, *problems: Exception | None) -> None:
        self.sent: list[EmailMessage] = []
        self.problems = list(problems)

    async def send(self, message: EmailMessage) -> None:
        """Take the message or fail as told."""
        problem = self.problems.pop(0) if self.problems else None
        if problem is not None:
            raise problem
        self.sent.append(message)


class RecordingReceiver:
    """A `WebhookSender` whose receiver keeps what it is sent, and gives its ``answers`` first, one a message."""

    def __init__(self, *answers: Attempt, refused_hosts: Collection[str] = ()) -> None:
        self.received: list[tuple[str, Mapping[str, str], bytes]] = []
        self.answers, self.refused_hosts = list(answers), refused_hosts

    async def send(self, url: str, headers: Mapping[str, str], body: bytes) -> Attempt:
        """Take the message, and answer as told."""
        self.received.append((url, headers, body))
        return self.answers.pop(0) if self.answers else Attempt(status=204)

    async def is_refused(self, host: str) -> bool:
        """Those that were named."""
        return host in self.refused_hosts


class KnownPersons:
    """An `IdentityProvider`: the code of the sign-in names the person."""

    def __init__(self, **persons: Identity) -> None:
        self.persons = {"eleni": Identity(Afm("090000045"), "ΕΛΕΝΗ", "ΠΑΠΑΔΟΠΟΥΛΟΥ")} | persons
        self._redirect_uris: set[str] = set()

    def authorization_url(self, state: str, redirect_uri: str, language: str = "el") -> str:
        """Where to sign in."""
        self._redirect_uris.add(redirect_uri)
        query = {"state": state, "redirect_uri": redirect_uri, "language": language}
        return "https://identity.example/authorize?" + urlencode(query)

    async def fetch_identity(self, code: str, redirect_uri: str, state: str = "") -> Identity:  # noqa: ARG002  # the port's
        """The person whom the code names, if the address is one that a sign-in began with."""
        if code not in self.persons or redirect_uri not in self._redirect_uris:
            raise SignInRefused()
        return self.persons[code]

    def logout_url(self, return_to: str) -> str:
        """Where to sign out."""
        return "https://identity.example/logout?" + urlencode({"url": return_to})
