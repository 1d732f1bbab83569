"""A municipality takes bookings from the instant at which it is published; until then it sets itself up."""

from datetime import datetime


def is_published(joined_at: datetime | None, now: datetime) -> bool:
    """Whether it is so at this instant; an instant that is still to come counts for nothing yet."""
    return joined_at is not None and joined_at <= now
