"""What programs are told of a booking: thin, without the person. Who needs more asks for the booking."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from dimoslive.domain.booking.statuses import CANCELLED, NEVER_BOOKED, OPEN, BookingStatus


class WebhookEvent(StrEnum):
    """What can be told. A receiver chooses among all but the test."""

    BOOKING_MADE = "booking.made"
    BOOKING_MOVED = "booking.moved"
    BOOKING_CANCELLED = "booking.cancelled"
    BOOKING_SERVED = "booking.served"
    BOOKING_NOT_SERVED = "booking.not_served"
    BOOKING_NO_SHOW = "booking.no_show"
    TEST = "webhook.test"
    """By the press «Δοκιμή»; to the one endpoint, whatever it has chosen."""


CHOOSABLE = tuple(event for event in WebhookEvent if event is not WebhookEvent.TEST)
OUTCOMES = {
    BookingStatus.SERVED: WebhookEvent.BOOKING_SERVED,
    BookingStatus.NOT_SERVED: WebhookEvent.BOOKING_NOT_SERVED,
    BookingStatus.NO_SHOW: WebhookEvent.BOOKING_NO_SHOW,
}


@dataclass(frozen=True, slots=True)
class Stand:
    """Of a booking what decides whether programs are told of a change."""

    status: BookingStatus
    starts_at: datetime
    mode: str
    desk_id: int
    outcome: str = ""


def event_of_change(before: Stand, after: Stand) -> WebhookEvent | None:
    """What a change is called; nothing for one that is nobody's but the municipality's."""
    if after.status in CANCELLED:
        return None if before.status in CANCELLED else WebhookEvent.BOOKING_CANCELLED
    if outcome := OUTCOMES.get(after.status):
        # A correction is told again.
        is_same = (before.status, before.outcome) == (after.status, after.outcome)
        return None if is_same else outcome
    if after.status not in OPEN:
        return None
    if before.status in NEVER_BOOKED or before.status in CANCELLED:
        # A cancellation that was taken back is a booking again.
        return WebhookEvent.BOOKING_MADE
    is_elsewhere = (before.starts_at, before.mode, before.desk_id) != (after.starts_at, after.mode, after.desk_id)
    return WebhookEvent.BOOKING_MOVED if is_elsewhere else None


@dataclass(frozen=True, slots=True)
class BookingFacts:
    """What is told of a booking."""

    reference: str
    municipality: str
    department: str
    service: str
    mode: str
    status: str
    starts_at: datetime
    ends_at: datetime
    source: str
    sequence: int
    version: int
    """Rises with each change: messages arrive in any order, and by this number they are put in one."""

    def as_data(self) -> dict[str, Any]:
        """By the names that programs read."""
        return {
            "reference": self.reference,
            "municipality": self.municipality,
            "department": self.department,
            "service": self.service,
            "mode": self.mode,
            "status": self.status,
            "starts_at": instant(self.starts_at),
            "ends_at": instant(self.ends_at),
            "source": self.source,
            "sequence": self.sequence,
            "version": self.version,
        }


def extra_data(event: WebhookEvent, before: Stand, after: Stand) -> dict[str, Any]:
    """What an event says besides."""
    match event:
        case WebhookEvent.BOOKING_MOVED:
            return {"previous_starts_at": instant(before.starts_at), "previous_mode": before.mode}
        case WebhookEvent.BOOKING_CANCELLED:
            is_citizens = after.status is BookingStatus.CANCELLED_BY_CITIZEN
            return {"by": "citizen" if is_citizens else "municipality"}
        case WebhookEvent.BOOKING_SERVED | WebhookEvent.BOOKING_NOT_SERVED | WebhookEvent.BOOKING_NO_SHOW:
            return {"outcome": after.outcome or None}
    return {}


def body_of(event_type: str, happened_at: datetime, data: Mapping[str, Any], api_url: str) -> bytes:
    """The bytes that are signed and sent: of the same event always the same."""
    told = dict(data)
    if "reference" in told:
        told["url"] = f"{api_url}/bookings/{told['reference']}"
    happened = happened_at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    content = {"type": event_type, "timestamp": happened, "data": told}
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()


def message_id(event_id: int, happened_at: datetime) -> str:
    """The same in all attempts. With the instant, because numbers can be used again after a backup was restored."""
    return f"evt_{event_id}_{int(happened_at.timestamp() * 1000)}"


def instant(at: datetime) -> str:
    """As programs read it: RFC 3339, in UTC."""
    return f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
