"""Of what an official wants to be mailed."""

from enum import StrEnum


class StaffNews(StrEnum):
    """What became of a booking of today."""

    BOOKED = "booked"
    MOVED = "moved"
    """From another day."""
    CANCELLED = "cancelled"


class OwnMails(StrEnum):
    """«Μηνύματα σε εμένα»: of bookings for the day on which they happen."""

    NONE = "none"
    BOOKINGS = "bookings"
    """Each booking for today."""
    CANCELLATIONS = "cancellations"
    """Each cancellation of today."""
    BOTH = "both"

    @classmethod
    def wanting(cls, news: StaffNews) -> frozenset["OwnMails"]:
        """The wishes that this news answers."""
        return frozenset({cls.BOTH, cls.CANCELLATIONS if news is StaffNews.CANCELLED else cls.BOOKINGS})
