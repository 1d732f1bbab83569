"""What happens and may have to be told: each event with its subject, its municipality and the facts of the moment."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, ClassVar, Protocol

from dimoslive.domain.booking.booking import Booking
from dimoslive.domain.booking.reminders import ReminderKind
from dimoslive.domain.scheduling.mode import Mode
from dimoslive.domain.scheduling.periods import Period


@dataclass(frozen=True, slots=True)
class Subject:
    """What an event is about: a kind of thing, and which one."""

    kind: str
    id: int


class Event(Protocol):
    """Something that happened. ``schema_version`` rises when the facts it carries change their form."""

    @property
    def name(self) -> str:
        """Its name, for good: it is stored."""

    @property
    def schema_version(self) -> int:
        """The form of its facts."""

    @property
    def subject(self) -> Subject:
        """What it is about."""

    @property
    def municipality_id(self) -> int | None:
        """Whose it is; ``None`` if it is no municipality's."""


@dataclass(frozen=True, slots=True, repr=False)
class BookingEvent:
    """Something happened to a booking, which is given as it was right after."""

    name: ClassVar[str]
    schema_version: ClassVar[int] = 1

    booking: Booking

    @property
    def subject(self) -> Subject:
        """The booking."""
        return booking_subject(self.booking.id)

    @property
    def municipality_id(self) -> int:
        """The municipality of its service."""
        return self.booking.service.municipality_id


@dataclass(frozen=True, slots=True, repr=False)
class BookingConfirmed(BookingEvent):
    """A held time became a booking."""

    name: ClassVar[str] = "booking.confirmed"


@dataclass(frozen=True, slots=True, repr=False)
class BookingRescheduled(BookingEvent):
    """A booking got another time or mode. What it had before is not known of events from before it was noted."""

    name: ClassVar[str] = "booking.rescheduled"

    previous_period: Period | None = None
    previous_mode: Mode | None = None
    reason: str = ""
    """Of the municipality, for the citizen to read."""


@dataclass(frozen=True, slots=True, repr=False)
class BookingDetailsChanged(BookingEvent):
    """A booking was confirmed anew at its time, with other details; or an official changed them."""

    name: ClassVar[str] = "booking.details_changed"

    by_municipality: bool = False
    reason: str = ""
    must_move: bool = False
    """Nothing changed yet: the citizen is to choose another time."""


@dataclass(frozen=True, slots=True, repr=False)
class BookingCancelled(BookingEvent):
    """A booking was cancelled; its status says by whom."""

    name: ClassVar[str] = "booking.cancelled"


@dataclass(frozen=True, slots=True, repr=False)
class BookingSentAgain(BookingEvent):
    """The citizen is to get the confirmation once more, with new links; nothing changed."""

    name: ClassVar[str] = "booking.sent_again"


@dataclass(frozen=True, slots=True, repr=False)
class BookingReminded(BookingEvent):
    """The citizen is to be reminded of a booking that stands; nothing changed."""

    name: ClassVar[str] = "booking.reminded"

    kind: ReminderKind


@dataclass(frozen=True, slots=True, repr=False)
class EarlierTimeOffered(BookingEvent):
    """An earlier time is kept for the booking until an instant; nothing changed yet."""

    name: ClassVar[str] = "booking.earlier_offered"

    period: Period
    until: datetime


@dataclass(frozen=True, slots=True, repr=False)
class AdministratorEntered:
    """Somebody may set up a municipality from now on; ``email`` is where the way in is sent, empty for nowhere."""

    name: ClassVar[str] = "administrator.entered"
    schema_version: ClassVar[int] = 1

    official_id: int
    municipality_id: int
    municipality_slug: str
    municipality_name: dict[str, str]
    """By language."""
    person: str
    email: str
    by_afm: bool
    """Recognised by the AFM, and not by an address for mails."""

    @property
    def subject(self) -> Subject:
        """The official."""
        return Subject("official", self.official_id)


@dataclass(frozen=True, slots=True)
class ProgramsTold:
    """What programs are told, as the facts of which their message is made. It names no person.

    ``only_endpoint`` is whom alone it concerns, 0 for all who want to hear of it.
    """

    name: ClassVar[str] = "programs.told"
    schema_version: ClassVar[int] = 1

    type: str
    happened_at: datetime
    municipality_id: int
    data: Mapping[str, Any]
    booking_id: int = 0
    only_endpoint: int = 0

    @property
    def subject(self) -> Subject:
        """The booking, or the endpoint that is tried."""
        return booking_subject(self.booking_id) if self.booking_id else Subject("webhook_endpoint", self.only_endpoint)


@dataclass(frozen=True, slots=True)
class WebhookSwitchedOff:
    """An endpoint is told nothing any more, because it asked for that or does not answer."""

    name: ClassVar[str] = "webhook.switched_off"
    schema_version: ClassVar[int] = 1

    endpoint_id: int
    municipality_id: int
    municipality_slug: str
    endpoint_name: str
    because: str

    @property
    def subject(self) -> Subject:
        """The endpoint."""
        return Subject("webhook_endpoint", self.endpoint_id)


class KeyNews(StrEnum):
    """Of what the administrators of a municipality are warned about a key of its programs."""

    ENDS_SOON = "ends_soon"
    UNUSED = "unused"
    UNUSED_ENDED = "unused_ended"


@dataclass(frozen=True, slots=True, repr=False)
class KeyWarned:
    """One administrator is to be told of a key; ``days`` are left until the end of its ``last_day``."""

    name: ClassVar[str] = "key.warned"
    schema_version: ClassVar[int] = 1

    key_id: int
    key_name: str
    news: KeyNews
    days: int
    last_day: str
    municipality_id: int
    municipality_slug: str
    municipality_name: dict[str, str]
    """By language."""
    email: str
    language: str

    @property
    def subject(self) -> Subject:
        """The key."""
        return Subject("key", self.key_id)


def booking_subject(booking_id: int) -> Subject:
    """A booking as a subject."""
    return Subject("booking", booking_id)
