"""Of what an official wants to be mailed."""

from enum import StrEnum


class OwnMails(StrEnum):
    """«Μηνύματα σε εμένα»: of bookings for the day on which they happen."""

    NONE = "none"
    BOOKINGS = "bookings"
    """Each booking for today."""
    CANCELLATIONS = "cancellations"
    """Each cancellation of today."""
    BOTH = "both"
