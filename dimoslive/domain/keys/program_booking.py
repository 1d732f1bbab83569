"""A booking as a municipality's programs see it, and which of them they ask for."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum

from dimoslive.domain.booking.booking import BookingSource
from dimoslive.domain.booking.details import ServedPerson
from dimoslive.domain.booking.statuses import BookingStatus
from dimoslive.domain.desk.booking_line import Words
from dimoslive.domain.scheduling.mode import Mode

MAX_SPAN = timedelta(days=92)
"""Of the days that are asked for at once."""
CHANGES_KEPT = timedelta(days=35)
"""So far back a program may ask what changed."""
HELD_BACK = timedelta(seconds=2)
"""What changed just now is told a little later: a transaction that commits late is then not skipped."""


class Confirmed(StrEnum):
    """How it is known that the person is who they say."""

    TAXISNET = "taxisnet"
    LINK = "link"
    """Whoever has the mail made the declaration."""
    TOLD = "told"
    """Somebody told the person of the declaration."""


@dataclass(frozen=True, slots=True, repr=False)
class ProgramPerson:
    """Whom it is for; what was not given is empty."""

    name: str
    phone: str
    email: str
    address: str
    subject: str
    help_needed: str
    confirmed: Confirmed


@dataclass(frozen=True, slots=True)
class ProgramBooking:
    """What of a booking leaves the house. ``person`` is there for keys that may read it, as far as it is asked for."""

    id: int
    reference: str
    status: BookingStatus
    mode: Mode
    starts_at: datetime
    ends_at: datetime
    zone: str
    municipality: str
    department: Words
    service: str
    service_name: Words
    desk_id: int
    """Of a lane, its desk's."""
    desk_name: Words
    source: BookingSource
    served_person: ServedPerson
    sequence: int
    moves: int
    outcome: str
    external_id: str
    version: int
    booked_at: datetime
    changed_at: datetime
    cancelled_at: datetime | None
    arrived_at: datetime | None
    started_at: datetime | None
    ended_at: datetime | None
    erased_at: datetime | None
    person: ProgramPerson | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class BookingWish:
    """Which bookings; what is empty does not narrow them. Both days are local, and with it."""

    first: date | None = None
    last: date | None = None
    statuses: tuple[BookingStatus, ...] = ()
    service: str = ""
    mode: Mode | None = None
    desk_id: int | None = None
    changed_since: datetime | None = None


@dataclass(frozen=True, slots=True)
class SortPlace:
    """Where a list goes on: after the booking of this id, which starts or changed at this instant."""

    at: datetime
    id: int


def place_of(booking: ProgramBooking, wish: BookingWish) -> SortPlace:
    """By start; by change, where that was asked for."""
    return SortPlace(booking.starts_at if wish.changed_since is None else booking.changed_at, booking.id)
