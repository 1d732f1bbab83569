"""Whom to phone, because no mail can tell them, and what to say."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from dimoslive.domain.booking.statuses import OPEN, BookingStatus
from dimoslive.domain.desk.booking_line import BookingLine
from dimoslive.domain.scheduling.mode import Mode

DONE_KEPT = timedelta(days=7)
"""So long a call that was made stays in sight."""


class CallKind(StrEnum):
    """Why somebody must be phoned."""

    CANCELLED = "cancelled"
    MOVED = "moved"
    NOT_DELIVERED = "not_delivered"
    """A mail was given up."""


class CallPress(StrEnum):
    """What an official does with a call."""

    TOLD = "told"
    NO_ANSWER = "no_answer"
    MINE = "mine"


class Saying(StrEnum):
    """What the person is to hear, as the booking stands now."""

    CANCELLED = "cancelled"
    MOVED = "moved"
    STANDS = "stands"
    NOTHING = "nothing"
    """It is over, or the citizen cancelled it: there is nothing to tell any more."""


@dataclass(frozen=True, slots=True)
class Caller:
    """An official, as colleagues are named: initial and surname."""

    id: int
    short_name: str


@dataclass(frozen=True, slots=True)
class CallFacts:
    """What was known when the call came up: when the booking was before, and how it was to be held."""

    starts_at: datetime | None = None
    mode: Mode | None = None


@dataclass(frozen=True, slots=True)
class Call:
    """Somebody to phone, or who was phoned. ``reason`` is the one of a cancellation, for the citizen to hear."""

    id: int
    kind: CallKind
    facts: CallFacts
    booking: BookingLine
    reason: str
    created_at: datetime
    attempts: int
    tried_at: datetime | None
    taken_by: Caller | None
    done_at: datetime | None
    done_by: Caller | None

    @property
    def saying(self) -> Saying:
        """What to say: what became of the booking since decides, not what the call came up for."""
        status = self.booking.status
        if status is BookingStatus.CANCELLED_BY_MUNICIPALITY:
            return Saying.CANCELLED
        if status is BookingStatus.CANCELLED_BY_CITIZEN:
            # At the citizen's wish, by staff: who asked for it is told that it is done.
            return Saying.CANCELLED if self.kind is CallKind.CANCELLED else Saying.NOTHING
        if status not in OPEN:
            return Saying.NOTHING
        was = (self.facts.starts_at or self.booking.period.starts_at, self.facts.mode or self.booking.mode)
        return Saying.MOVED if was != (self.booking.period.starts_at, self.booking.mode) else Saying.STANDS


def calling_order(call: Call) -> tuple[bool, datetime]:
    """Those who were not tried come first, oldest first; who did not answer sinks to the end."""
    return call.tried_at is not None, call.tried_at or call.created_at
