"""A booking, as the services return it, and until when a citizen may change it."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from dimoslive.domain.booking.details import Details, ServedPerson
from dimoslive.domain.booking.statuses import _S, TRANSITIONS, BookingStatus
from dimoslive.domain.errors import TooLate, TooManyMoves
from dimoslive.domain.people.names import PersonName
from dimoslive.domain.scheduling.local_time import ATHENS
from dimoslive.domain.scheduling.mode import Mode
from dimoslive.domain.scheduling.periods import Period

MAX_REASON_LENGTH = 500
"""Of a cancellation."""


class BookingSource(StrEnum):
    """By whom and how it was booked."""

    CITIZEN = "citizen"
    PHONE = "phone"
    """By an official, for somebody on the telephone."""
    COUNTER = "counter"
    """By an official, for somebody at the counter."""
    API = "api"
    """By a program of the municipality."""


BY_MUNICIPALITY = frozenset({BookingSource.PHONE, BookingSource.COUNTER, BookingSource.API})
"""Nobody signed in for it: the name is as the municipality wrote it."""


@dataclass(frozen=True, slots=True)
class ChangeRules:
    """Until when, and how often, a citizen may change a booking."""

    move_until: timedelta = timedelta(hours=2)
    """How long before the start."""
    max_moves: int = 3
    cancel_until: timedelta = timedelta()
    """How long before the start."""


@dataclass(frozen=True, slots=True)
class BookedService:
    """What of a service belongs on a booking's page, in its mail and in its invitation."""

    municipality_id: int
    municipality_slug: str
    municipality_name: dict[str, str]
    department_name: dict[str, str]
    service_id: int
    service_slug: str
    service_name: dict[str, str]
    address: dict[str, str]
    municipality_phone: str
    municipality_email: str
    documents: dict[str, str]
    instructions: dict[str, str]
    zone: str = ATHENS
    is_sensitive: bool = False
    """Mails and calendars, which others may see, name neither it nor its department, nor what a booking is about."""
    mail_note: dict[str, str] = field(default_factory=dict)
    """What stands at the end of mails of a booking that takes place."""


@dataclass(frozen=True, slots=True)
class Booking:
    """A booking as the services return it. Texts of the service are by language: ``{"el": …, "en": …}``."""

    id: int
    reference: str
    status: BookingStatus
    mode: Mode
    period: Period
    service: BookedService
    citizen_id: int
    details: Details
    language: str
    visitor_zone: str
    sequence: int
    """Rises with each change that calendars must hear of."""
    reschedule_count: int
    created_at: datetime
    change_rules: ChangeRules = ChangeRules()
    person: PersonName = field(default_factory=PersonName, compare=False)
    """The one in the details, in two parts where somebody gave two. Events do not keep it: the details say the same."""
    signed_in_name: str = field(default="", repr=False)
    """Who booked, as TAXISnet names them. The name in the details may be anybody's: it is typed for all but oneself."""
    cancel_reason: str = field(default="", repr=False)
    """What the municipality wrote to the citizen when it cancelled; a citizen's own reason is not repeated to them."""
    is_declared: bool = True
    """Whether the person made the declaration, not only heard it from an official."""
    place: dict[str, str] = field(default_factory=dict)
    """What stands on the desk's door, by language; often nothing."""
    changed_at: datetime | None = field(default=None, compare=False)
    """When anything of it changed last; of an event, when that happened."""
    desk_delay: timedelta = timedelta()
    """By how much its desk said to be late: the door of its meeting stays open that much longer."""

    @property
    def has_account(self) -> bool:
        """Whether it is a signed-in citizen's; an official's booking for somebody is opened by its links alone."""
        return self.citizen_id != 0

    @property
    def is_for_another(self) -> bool:
        """Whether the name in the details was typed, and nobody has confirmed it."""
        return self.details.served_person is not ServedPerson.SELF


def check_can_cancel(
    status: BookingStatus, starts_at: datetime, now: datetime, rules: ChangeRules | None = None
) -> None:
    """A citizen may cancel until the start, or as long before it as the service says; raises `TooLate`."""
    until = starts_at - (rules or ChangeRules()).cancel_until
    if _S.CANCELLED_BY_CITIZEN not in TRANSITIONS[status] or now >= until:
        raise TooLate()


def check_can_move(
    status: BookingStatus, starts_at: datetime, reschedule_count: int, now: datetime, rules: ChangeRules | None = None
) -> None:
    """A citizen may move until two hours before the start, three times; raises `TooLate` or `TooManyMoves`."""
    rules = rules or ChangeRules()
    if status is not _S.BOOKED or now > starts_at - rules.move_until:
        raise TooLate()
    if reschedule_count >= rules.max_moves:
        raise TooManyMoves(times=rules.max_moves)
