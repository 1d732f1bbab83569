"""A booking, its statuses and the moves between them."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from dimoslive.domain.errors import TooLate, TooManyMoves
from dimoslive.domain.scheduling.local_time import ATHENS
from dimoslive.domain.scheduling.periods import Period
from dimoslive.domain.scheduling.slots import Mode

LONGEST_REASON = 500
"""Of a cancellation."""


class BookingStatus(StrEnum):
    """Where a booking stands."""

    HELD = "held"
    BOOKED = "booked"
    WAITING = "waiting"
    IN_SERVICE = "in_service"
    SERVED = "served"
    NOT_SERVED = "not_served"
    """The meeting took place, but the person could not be served."""
    NO_SHOW = "no_show"
    CANCELLED_BY_CITIZEN = "cancelled_by_citizen"
    CANCELLED_BY_MUNICIPALITY = "cancelled_by_municipality"
    EXPIRED = "expired"


_S = BookingStatus

ALLOWED_MOVES: dict[BookingStatus, frozenset[BookingStatus]] = {
    _S.HELD: frozenset({_S.BOOKED, _S.EXPIRED}),
    _S.BOOKED: frozenset(
        {
            _S.WAITING,
            _S.IN_SERVICE,
            _S.NOT_SERVED,
            _S.NO_SHOW,
            _S.CANCELLED_BY_CITIZEN,
            _S.CANCELLED_BY_MUNICIPALITY,
        }
    ),
    _S.WAITING: frozenset(
        {_S.IN_SERVICE, _S.NOT_SERVED, _S.NO_SHOW, _S.CANCELLED_BY_CITIZEN, _S.CANCELLED_BY_MUNICIPALITY}
    ),
    _S.IN_SERVICE: frozenset({_S.SERVED, _S.NOT_SERVED, _S.NO_SHOW, _S.WAITING}),
    _S.SERVED: frozenset(),
    _S.NOT_SERVED: frozenset(),
    # The person may still turn up after all.
    _S.NO_SHOW: frozenset({_S.WAITING, _S.IN_SERVICE}),
    _S.CANCELLED_BY_CITIZEN: frozenset(),
    _S.CANCELLED_BY_MUNICIPALITY: frozenset(),
    _S.EXPIRED: frozenset(),
}

OCCUPYING = frozenset({_S.HELD, _S.BOOKED, _S.WAITING, _S.IN_SERVICE})
"""Statuses whose bookings keep their desk."""

CANCELLED = frozenset({_S.CANCELLED_BY_CITIZEN, _S.CANCELLED_BY_MUNICIPALITY})


class ServedPerson(StrEnum):
    """For whom the booking is made."""

    SELF = "self"
    OTHER = "other"
    BUSINESS = "business"


@dataclass(frozen=True, slots=True, repr=False)
class Details:
    """What the fourth step asks, parsed. ``phone`` is E.164; ``name`` is the person or business served.

    It has no repr of its own, so that no log line can print a person.
    """

    served_person: ServedPerson
    name: str
    email: str
    phone: str
    subject: str
    address: str = ""
    help_needed: str = ""


@dataclass(frozen=True, slots=True)
class ChangeRules:
    """Until when, and how often, a citizen may change a booking."""

    move_until: timedelta = timedelta(hours=2)
    """How long before the start."""
    max_moves: int = 3


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
    moves: int
    created_at: datetime
    change_rules: ChangeRules = ChangeRules()
    signed_in_name: str = field(default="", repr=False)
    """Who booked, as TAXISnet names them. The name in the details may be anybody's: it is typed for all but oneself."""

    @property
    def is_for_another(self) -> bool:
        """Whether the name in the details was typed, and nobody has confirmed it."""
        return self.details.served_person is not ServedPerson.SELF


def check_can_cancel(status: BookingStatus, starts_at: datetime, now: datetime) -> None:
    """A citizen may cancel until the start; raises `TooLate`."""
    if _S.CANCELLED_BY_CITIZEN not in ALLOWED_MOVES[status] or now >= starts_at:
        raise TooLate()


def check_can_move(
    status: BookingStatus, starts_at: datetime, moves: int, now: datetime, rules: ChangeRules | None = None
) -> None:
    """A citizen may move until two hours before the start, three times; raises `TooLate` or `TooManyMoves`."""
    rules = rules or ChangeRules()
    if status is not _S.BOOKED or now > starts_at - rules.move_until:
        raise TooLate()
    if moves >= rules.max_moves:
        raise TooManyMoves(times=rules.max_moves)
