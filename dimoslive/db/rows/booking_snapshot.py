"""A booking as plain words: what the outbox keeps of it."""

from datetime import UTC, datetime
from typing import Any

from dimoslive.domain.booking.booking import BookedService, Booking
from dimoslive.domain.booking.details import Details, ServedPerson
from dimoslive.domain.booking.statuses import BookingStatus
from dimoslive.domain.scheduling.mode import Mode
from dimoslive.domain.scheduling.periods import Period


def to_words(booking: Booking) -> dict[str, Any]:
    """All of it but the rules for changes and the desk's delay: an event tells what is, not what may be.

    When it changed last is when the event happened. The name stands in the details, as releases wrote and read it that
    knew no parts of it.
    """
    words = _by_name(booking)
    for name in ("change_rules", "desk_delay", "person", "changed_at"):
        del words[name]
    for name in ("period", "service", "details"):
        words[name] = _by_name(words[name])
    if not booking.cancel_reason:
        # As releases wrote and read it that knew no reason.
        del words["cancel_reason"]
    for name in ("is_sensitive", "mail_note"):
        # The same of these.
        if not words["service"][name]:
            del words["service"][name]
    return words


def from_words(words: dict[str, Any]) -> Booking:
    """The booking as it was when it was written, from words in which instants are ISO 8601."""
    details = words["details"]
    return Booking(
        **words
        | {
            "status": BookingStatus(words["status"]),
            "mode": Mode(words["mode"]),
            "period": period_from_words(words["period"]),
            "service": BookedService(**words["service"]),
            "details": Details(**details | {"served_person": ServedPerson(details["served_person"])}),
            "created_at": _instant(words["created_at"]),
        }
    )


def period_from_words(words: dict[str, Any]) -> Period:
    """A period, from its two instants."""
    return Period(_instant(words["starts_at"]), _instant(words["ends_at"]))


def _by_name(value: Any) -> dict[str, Any]:
    """The fields of a dataclass; `asdict` would copy all that is in them, too."""
    return {name: getattr(value, name) for name in value.__dataclass_fields__}


def _instant(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)
