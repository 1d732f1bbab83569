"""The meeting's wire, defined once: all that a browser and the server say to each other.

What it means is in docs/meeting-protocol.md. `make protocol` writes the browser's types from here. A field whose
default is None is left out when there is nothing to say; any other is always there.
"""

import json
from enum import IntEnum, StrEnum
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StrictInt, StringConstraints, TypeAdapter

from dimoslive.domain.errors import (
    DeclarationNeeded,
    MeetingCancelled,
    MeetingOver,
    NotAMeeting,
    NotFound,
    NotSignedIn,
    TooEarly,
)
from dimoslive.domain.meeting.meeting import IdentityDocument, Outcome, Role

MAX_MESSAGE_SIZE = 64 * 1024
"""Bytes of a frame."""
MAX_BRACKETS = 100
"""Opening brackets and braces in a frame; descriptions and candidates of browsers have a few dozen at most. What is
nested a thousand deep can be read but not written, and what has many takes a multiple of its length."""
MAX_NUMBER = 2**53
"""Up to here browsers know integers exactly."""
MAX_PROBE_SIZE = 2_000_000
"""Bytes of a probe from here."""
PING_EVERY_MS = 1000
CLIENT_ID_PATTERN = "^[0-9a-f]{32}$"


class CloseCode(IntEnum):
    """Why the server closes a socket. After `REPLACED` and `REFUSED` the browser does not open another."""

    NORMAL = 1000
    GOING_AWAY = 1001
    WRONG_KIND = 1003
    TOO_MANY = 1008
    TOO_LARGE = 1009
    TRY_AGAIN = 1013
    REPLACED = 4000
    REFUSED = 4001


class _Message(BaseModel):
    model_config = ConfigDict(frozen=True, json_schema_serialization_defaults_required=True)

    type: str

    def frame(self) -> str:
        """The message as it goes over the wire."""
        # Half of a character pair, escaped in one browser's message, stays escaped on its way to the other.
        return json.dumps({"type": self.type, **self.model_dump(exclude_defaults=True)})


def _is_true(said: object) -> bool:
    return said is True


def _known_number(said: object) -> int:
    # Python takes true for the number one.
    if isinstance(said, int) and not isinstance(said, bool) and abs(said) <= MAX_NUMBER:
        return said
    return 0


RandomId = Annotated[str, StringConstraints(pattern=CLIENT_ID_PATTERN)]
Switch = Annotated[bool, BeforeValidator(_is_true)]
"""On if it is said so; anything else is off."""


# From the browser


class Hello(_Message):
    """The first message: which tab this is, and which load of the page."""

    type: Literal["hello"] = "hello"
    client_id: RandomId
    page: RandomId
    take_over: Switch = False


class SendSignal(_Message):
    """For the peer ``to``. What two browsers say of their connection is theirs: the server reads nothing of it."""

    type: Literal["signal"] = "signal"
    to: str
    data: dict[str, Any]


class Ping(_Message):
    """Asks whether the server is there."""

    type: Literal["ping"] = "ping"
    n: Annotated[int, BeforeValidator(_known_number)] = 0


class Bye(_Message):
    """Leaves on purpose."""

    type: Literal["bye"] = "bye"


class Admit(_Message):
    """Lets the waiting citizen in."""

    type: Literal["admit"] = "admit"


class AskDocument(_Message):
    """Asks the citizen's browser to turn document mode on or off."""

    type: Literal["ask_document"] = "ask_document"
    is_on: Switch = False


class RecordIdentity(_Message):
    """Identity was shown, by this kind of document."""

    type: Literal["identity"] = "identity"
    document: IdentityDocument


class AskPhone(_Message):
    """Asks for the citizen's number, to go on by telephone."""

    type: Literal["phone"] = "phone"


class InviteGuest(_Message):
    """Asks for a third person's link. What is wrong with a name is answered by `Problem`."""

    type: Literal["invite"] = "invite"
    name: str


class WithdrawGuest(_Message):
    """Takes the invite of that guest back."""

    type: Literal["withdraw"] = "withdraw"
    guest: StrictInt


class EndMeeting(_Message):
    """Ends the meeting for all."""

    type: Literal["end"] = "end"
    outcome: Outcome


OfficialCommand = Admit | AskDocument | RecordIdentity | AskPhone | InviteGuest | WithdrawGuest | EndMeeting
BrowserMessage = Hello | SendSignal | Ping | Bye | OfficialCommand

from_browser: TypeAdapter[BrowserMessage] = TypeAdapter(Annotated[BrowserMessage, Field(discriminator="type")])


# From the server


class Peer(BaseModel):
    """An admitted participant. Officials alone are told ``is_confirmed``: by TAXISnet, or by the mail's link alone."""

    peer: str
    role: Role
    name: str
    is_confirmed: bool | None = None


class JoinLink(BaseModel):
    """The way into the room of another provider, who carries the pictures."""

    kind: Literal["jitsi", "teams"]
    url: str


class Guest(BaseModel):
    """Who is invited."""

    id: int
    name: str


class Welcome(_Message):
    """The answer to `Hello`. ``peers`` is empty while waiting."""

    type: Literal["welcome"] = "welcome"
    peer: str
    role: Role
    state: Literal["waiting", "admitted"]
    peers: list[Peer]
    join_link: JoinLink | None


class Waiting(_Message):
    """How things stand for whoever waits. A guest hears ``is_official_here`` alone."""

    type: Literal["waiting"] = "waiting"
    ahead: int | None = None
    delay_minutes: int | None = None
    is_official_here: bool


class WaitingRoom(_Message):
    """For the official who waits: whether the citizen does, and since when."""

    type: Literal["waiting_room"] = "waiting_room"
    is_present: bool
    since: str | None
    is_confirmed: bool
    is_sent_back: bool


class Admitted(_Message):
    """From now on signals are relayed."""

    type: Literal["admitted"] = "admitted"
    peers: list[Peer]
    join_link: JoinLink | None


class PeerJoined(_Message):
    """Somebody else was admitted."""

    type: Literal["peer_joined"] = "peer_joined"
    peer: Peer


class PeerLeft(_Message):
    """One of the admitted has gone."""

    type: Literal["peer_left"] = "peer_left"
    peer: str


class Signal(_Message):
    """What the peer ``from`` sent by `SendSignal`."""

    model_config = ConfigDict(serialize_by_alias=True, validate_by_name=True)

    type: Literal["signal"] = "signal"
    sender: str = Field(alias="from")
    data: dict[str, Any]


class DocumentAsked(_Message):
    """For the citizen: turn document mode on or off."""

    type: Literal["ask_document"] = "ask_document"
    is_on: bool


class IdentityRecorded(_Message):
    """For officials: identity was shown, by this kind of document."""

    type: Literal["identity"] = "identity"
    document: IdentityDocument


class Phone(_Message):
    """The official will call. The official alone is told the number."""

    type: Literal["phone"] = "phone"
    number: str | None = None
    shown: str | None = None


class Guests(_Message):
    """For officials: who is invited."""

    type: Literal["guests"] = "guests"
    guests: list[Guest]


class Invited(_Message):
    """For the official who asked: the page of the guest, who is told it in no other way."""

    type: Literal["invited"] = "invited"
    id: int
    name: str
    path: str


class AlreadyJoined(_Message):
    """The same person is in on another device: `Hello` with ``take_over`` takes its place."""

    type: Literal["already_joined"] = "already_joined"


class Replaced(_Message):
    """Another device took the place."""

    type: Literal["replaced"] = "replaced"


class Ended(_Message):
    """The meeting is over. Officials alone are told how."""

    type: Literal["ended"] = "ended"
    outcome: Outcome | None


class Refused(_Message):
    """Nothing more is to be had here: the code of an error says why."""

    type: Literal["refused"] = "refused"
    code: str


class Problem(_Message):
    """What was just asked for cannot be done; the conversation goes on."""

    type: Literal["problem"] = "problem"
    code: str


class Pong(_Message):
    """The answer to the `Ping` of this number."""

    type: Literal["pong"] = "pong"
    n: int


ServerMessage = (
    Welcome | Waiting | WaitingRoom | Admitted | PeerJoined | PeerLeft | Signal | DocumentAsked | IdentityRecorded
    | Phone | Guests | Invited | AlreadyJoined | Replaced | Ended | Refused | Problem | Pong
)  # fmt: skip

from_server: TypeAdapter[ServerMessage] = TypeAdapter(Annotated[ServerMessage, Field(discriminator="type")])


# Over HTTP


class AccessState(StrEnum):
    """Whether somebody may join, or why not: by the codes of the errors."""

    OPEN = "open"
    TOO_EARLY = TooEarly.code
    MEETING_OVER = MeetingOver.code
    MEETING_CANCELLED = MeetingCancelled.code
    NOT_A_MEETING = NotAMeeting.code
    NOT_FOUND = NotFound.code
    NOT_SIGNED_IN = NotSignedIn.code
    DECLARATION_NEEDED = DeclarationNeeded.code


class IceServer(BaseModel):
    """One of those that ``RTCPeerConnection`` takes."""

    urls: list[str]
    username: str | None = None
    credential: str | None = None


class Access(BaseModel):
    """May whoever asks join, when, and what the page shows. Who has no right hears the state alone."""

    state: AccessState
    reference: str | None = None
    number: str | None = None
    role: Role | None = None
    service: str | None = None
    municipality: str | None = None
    citizen_name: str | None = None
    served_person: str | None = None
    served_name: str | None = None
    guest_name: str | None = None
    subject: str | None = None
    help_needed: str | None = None
    starts_at: str | None = None
    ends_at: str | None = None
    opens_at: str | None = None
    closes_at: str | None = None
    now: str | None = None
    when: str | None = None
    ice_servers: list[IceServer] | None = None
