"""What is not ours, as protocols. `dimoslive.bootstrap` picks the real ones; tests pass their own."""

from collections.abc import AsyncIterator, Mapping
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.message import EmailMessage
from typing import Any, Literal, Protocol, TypeVar

from dimoslive.domain.people.personal_data import Afm
from dimoslive.domain.scheduling.periods import Period
from dimoslive.domain.webhooks.attempts import Attempt


class Clock(Protocol):
    """The only source of the present, and what waits are measured by."""

    def now(self) -> datetime:
        """The present instant, in UTC."""

    def monotonic(self) -> float:
        """Seconds since some instant: they go on evenly, also when the present is corrected."""

    async def sleep(self, seconds: float) -> None:
        """Return after so many seconds."""

    def timeout(self, seconds: float) -> AbstractAsyncContextManager[object]:
        """Ends what is done within, by `TimeoutError`, when it takes longer."""


class Mailer(Protocol):
    """Takes a finished message to its recipients."""

    async def send(self, message: EmailMessage) -> None:
        """Deliver or raise `MailRefused` (final) or `MailDelayed` (try again)."""


class DeliveryDelayed(Exception):
    """A message could not be handed over now; trying again may help: after ``wait``, or when its deliverer says."""

    def __init__(self, problem: str = "", *, wait: timedelta | None = None) -> None:
        super().__init__(problem)
        self.wait = wait


class DeliveryRefused(Exception):
    """A message is refused for good."""


class MailDelayed(DeliveryDelayed):
    """The mail server does not take the message now."""


class MailRefused(DeliveryRefused):
    """The mail server refuses this message for good."""


class Resolver(Protocol):
    """Finds the addresses of hosts."""

    async def resolve(self, host: str) -> list[str]:
        """All addresses of a host; none where there is no such name."""


class WebhookSender(Protocol):
    """Takes finished messages to receivers on the Internet that municipalities named."""

    async def send(self, url: str, headers: Mapping[str, str], body: bytes) -> Attempt:
        """Make one attempt; it raises nothing."""

    async def is_refused(self, host: str) -> bool:
        """Whether a host leads to an address that is never called. One that nobody knows yet is not refused."""


@dataclass(frozen=True, slots=True, repr=False)
class Identity:
    """What we keep of a provider's answer. Names as the provider writes them, blanks removed."""

    afm: Afm
    first_name: str
    last_name: str


@dataclass(frozen=True, slots=True, repr=False)
class OpenIdentity:
    """Whom an OpenID Connect provider means. It knows no AFM: issuer and subject are the person."""

    issuer: str
    subject: str
    email: str
    """Lower case; empty unless the provider answers for it."""
    first_name: str
    last_name: str


I_co = TypeVar("I_co", covariant=True)


class IdentityProvider(Protocol[I_co]):
    """An OAuth 2.0 provider that says who a person is."""

    def authorization_url(self, state: str, redirect_uri: str, language: str = "el") -> str:
        """Where to send the browser to sign in, in this language where the provider can be told.

        Call it in a thread: it may have to ask the provider. Raises `SignInUnavailable`.
        """

    async def fetch_identity(self, code: str, redirect_uri: str, state: str = "") -> I_co:
        """Exchange the code and read the person; ``state`` is that of the sign-in, for what was tied to it.

        Raises `SignInRefused` (bad or used code), `SignInUnavailable` (down, slow) or `SignInUnreadable`.
        """

    def logout_url(self, return_to: str) -> str:
        """Where to send the browser to end the provider's own session."""


@dataclass(frozen=True, slots=True, repr=False)
class RoomParticipant:
    """Whoever goes into a video room, under the name that the others see."""

    name: str
    is_official: bool


@dataclass(frozen=True, slots=True, repr=False)
class JoinLink:
    """A way into a room, for one participant: the address may carry a credential. ``builtin`` has no address."""

    kind: Literal["builtin", "jitsi", "teams"]
    url: str = ""


class VideoRooms(Protocol):
    """Makes a room at the moment of admission, and the links into it."""

    async def open_room(self, booking_reference: str, subject: str, period: Period) -> str:
        """A new room nobody can guess, as a key to store; up to 4000 characters. Raises `VideoUnavailable`.

        The provider may keep ``subject`` and the reference: no personal data.
        """

    def join_link(self, room: str, participant: RoomParticipant, closes_at: datetime, now: datetime) -> JoinLink:
        """The participant's own way in, good until the meeting closes where the provider can tell."""

    async def close_room(self, room: str) -> None:
        """Let nobody in any more. Closing a closed room is fine. Raises `VideoUnavailable`."""


@dataclass(frozen=True, slots=True)
class RequestQuota:
    """So many requests in a moving window, for each who is counted. ``name`` is the policy's, as answers say it."""

    name: str
    requests: int
    seconds: int


@dataclass(frozen=True, slots=True)
class CountedRequest:
    """A request was counted: whether it is within the quota, what is left, and in how many seconds there is more."""

    is_allowed: bool
    left: int
    more_in: int


class RequestLimiter(Protocol):
    """Counts requests in memory or in Redis, never in the database: a read must not take the one who writes there."""

    async def count(self, quota: RequestQuota, who: str) -> CountedRequest:
        """Count one; what is refused does not count."""


class RoomBus(Protocol):
    """Connects the sockets of a room, in one process or in several. What is said is not kept."""

    async def join(self, room: str, peer: str, entry: dict[str, str]) -> None:
        """Be present under a name, or change what is known of one."""

    async def join_if_unchanged(
        self, room: str, peer: str, entry: dict[str, str], seen: dict[str, dict[str, str]]
    ) -> bool:
        """Be present under a name, if those who are there are still those who were seen; False if not."""

    async def renew(self, room: str, peer: str, entry: dict[str, str]) -> None:
        """Still be present. To be said every few seconds: of whom nothing is heard is gone within a minute.

        An entry that is there stays as it is; one that was lost comes back.
        """

    async def leave(self, room: str, peer: str, entry: dict[str, str]) -> bool:
        """Be present no more; False if the name has no entry, or another one by now."""

    async def present(self, room: str) -> dict[str, dict[str, str]]:
        """Who is there: name to entry."""

    async def publish(self, room: str, message: dict[str, Any]) -> None:
        """Tell all sockets of the room, one's own too."""

    def subscribe(self, room: str) -> AbstractAsyncContextManager[AsyncIterator[dict[str, Any]]]:
        """What is said from now on."""
