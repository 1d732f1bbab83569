"""A booking as officials see it."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from dimoslive.domain.booking.booking import Booking, BookingSource
from dimoslive.domain.booking.consents import Consent
from dimoslive.domain.booking.statuses import BookingStatus
from dimoslive.domain.desk.details import DeskDetails
from dimoslive.domain.desk.presses import Press


@dataclass(frozen=True, slots=True)
class DeskName:
    """A desk as it is called, and what stands on its door, by language. A lane is named like its desk."""

    name: dict[str, str]
    place: dict[str, str]
    is_lane: bool


@dataclass(frozen=True, slots=True, repr=False)
class Note:
    """What a colleague wrote."""

    at: datetime
    by: str
    text: str


@dataclass(frozen=True, slots=True)
class Change:
    """One line of the history: ``before`` and ``after`` are the facts that changed."""

    at: datetime
    by: str
    is_officials: bool
    """Or a program's of the municipality: not the citizen's, nor a job's."""
    action: str
    before: dict[str, Any]
    after: dict[str, Any]
    reason: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Delivery:
    """One mail: ``sent_at`` or ``failed_at`` is set once that is known."""

    event: str
    sent_at: datetime | None
    failed_at: datetime | None


@dataclass(frozen=True, slots=True)
class OtherBooking:
    """Another booking of the same person."""

    reference: str
    starts_at: datetime
    service: dict[str, str]
    status: BookingStatus


@dataclass(frozen=True, slots=True)
class Offers:
    """What the official may do with it now, beside the presses."""

    can_move: bool = False
    can_hand_over: bool = False
    can_cancel: bool = False
    can_change: bool = False
    can_note: bool = False
    can_note_identity: bool = False
    can_send_again: bool = False
    can_correct: bool = False
    can_put_back: bool = False
    """To where it was before it was settled."""
    is_late: bool = False
    """A correction is one of a day that is over, and needs a reason."""
    can_enter: bool = False
    """The door of its meeting is open."""
    can_admit: bool = False
    """And the citizen is in the waiting room."""


@dataclass(frozen=True, slots=True)
class Freed:
    """The time that a cancelled booking gave back, while it is not public: its hold, and when citizens may have it."""

    reference: str
    back_at: datetime


@dataclass(frozen=True, slots=True, repr=False)
class DeskBooking:
    """One booking as officials see it. Erased ones have no person, no notes, and nothing to be done."""

    booking: Booking
    details: DeskDetails
    """What of it may be changed."""
    version: int
    """Rises with every change that is written down."""
    erased_at: datetime | None
    desk: DeskName
    desks: dict[int, DeskName]
    since: datetime | None
    since_by: str
    source: BookingSource
    made_by: str
    consent: Consent | None
    told_by: str
    """Who told the declaration, where no citizen made it."""
    outcome: str
    outcome_note: str
    reason: str
    """Of a cancellation, whoever's."""
    call_attempts: int
    is_outside_hours: bool
    staff_reason: str
    """Why it is outside hours or over capacity."""
    identity: str
    identity_at: datetime | None
    notes: tuple[Note, ...]
    history: tuple[Change, ...]
    deliveries: tuple[Delivery, ...]
    others: tuple[OtherBooking, ...]
    presses: tuple[Press, ...]
    offers: Offers
    ready_reasons: tuple[dict[str, str], ...] = ()
    """The municipality's own sentences for a cancellation, each by language."""
    freed: Freed | None = None
