"""A booking as JSON: what an outbox row keeps of it."""

import json
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

from dimoslive.domain.booking.booking import BookedService, Booking
from dimoslive.domain.booking.details import Details, ServedPerson
from dimoslive.domain.booking.statuses import BookingStatus
from dimoslive.domain.catalogue.mode import Mode
from dimoslive.domain.scheduling.periods import Period


def to_json(booking: Booking) -> str:
    """Instants as ISO 8601 in UTC. The rules for changes are left out: a mail tells what is, not what may be."""
    words = asdict(booking)
    del words["change_rules"]
    return json.dumps(words, default=lambda value: value.isoformat(), ensure_ascii=False)


def from_json(words: dict[str, Any]) -> Booking:
    """The booking as it was when it was written."""
    period, details = words["period"], words["details"]
    return Booking(
        **words
        | {
            "status": BookingStatus(words["status"]),
            "mode": Mode(words["mode"]),
            "period": Period(_instant(period["starts_at"]), _instant(period["ends_at"])),
            "service": BookedService(**words["service"]),
            "details": Details(**details | {"served_person": ServedPerson(details["served_person"])}),
            "created_at": _instant(words["created_at"]),
        }
    )


def _instant(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)
