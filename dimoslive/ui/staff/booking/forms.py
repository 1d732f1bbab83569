"""What the dialogs of a booking's page send, read with care: all of it comes from a browser."""

from typing import Any

from dimoslive.domain.booking.details import MAX_TYPED_LENGTH
from dimoslive.domain.booking.statuses import BookingStatus
from dimoslive.domain.desk.details import DeskDetails
from dimoslive.domain.desk.presses import CORRECTED_TO, NotServedReason
from dimoslive.domain.errors import InvalidInput
from dimoslive.domain.meeting.meeting import IdentityDocument
from dimoslive.services.desk.press_booking import PressWords

DIALOGS = frozenset({"note", "details", "identity", "not_served", "referred", "correct", "cancel"})
ERRORS = dict.fromkeys(
    (
        *("note", "document", "reason", "outcome_note", "outcome", "correction_reason", "cancel_reason"),
        *("last_name", "person_name", "email", "phone", "subject", "help_needed"),
    ),
    "",
)
"""The fields of the dialogs, each without an error."""
BEFORE = "before"
"""The choice of a correction that puts the booking back."""


def text_of(form_data: dict[str, Any], name: str) -> str:
    """A field as typed, at most as long as is kept of any."""
    value = form_data.get(name, "")
    return value[:MAX_TYPED_LENGTH] if isinstance(value, str) else ""


def press_words(form_data: dict[str, Any]) -> PressWords:
    """Why somebody was not served, or where they were referred to."""
    reason = text_of(form_data, "reason")
    return PressWords(
        NotServedReason(reason) if reason in set(NotServedReason) else None, text_of(form_data, "outcome_note")
    )


def details_from(form_data: dict[str, Any]) -> DeskDetails:
    """Who comes and what for, as typed."""
    return DeskDetails(*(text_of(form_data, name) for name in DeskDetails.__dataclass_fields__))


def document_from(form_data: dict[str, Any]) -> IdentityDocument:
    """The kind of document; raises `InvalidInput`."""
    kind = text_of(form_data, "document")
    if kind not in set(IdentityDocument):
        raise InvalidInput("document", "document_required")
    return IdentityDocument(kind)


def outcome_from(form_data: dict[str, Any]) -> BookingStatus | None:
    """As what a booking is to count, or back to before; raises `InvalidInput`."""
    chosen = text_of(form_data, "outcome")
    if chosen == BEFORE:
        return None
    if chosen not in CORRECTED_TO:
        raise InvalidInput("outcome", "outcome_required")
    return BookingStatus(chosen)
