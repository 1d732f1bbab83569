"""How long a key is good for: its end, the overlap of two secrets, and when its people are warned."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from dimoslive.domain.scheduling.local_time import ATHENS, days_period

MAX_KEYS = 20
"""Of a municipality, those that ended left out."""
USUAL_DAYS, MAX_DAYS = 365, 730
USUAL_OVERLAP, MAX_OVERLAP = timedelta(days=7), timedelta(days=30)
WARN_DAYS = (30, 7, 1)
"""Before the end."""
WARN_UNUSED, END_UNUSED = timedelta(days=180), timedelta(days=210)


class KeyStatus(StrEnum):
    """Whether a key works."""

    ACTIVE = "active"
    EXPIRED = "expired"
    REVOKED = "revoked"


@dataclass(frozen=True, slots=True)
class Lifetime:
    """What decides it."""

    made_at: datetime
    expires_at: datetime
    revoked_at: datetime | None = None
    last_used_at: datetime | None = None

    def status(self, now: datetime) -> KeyStatus:
        """Whether it works now."""
        if self.revoked_at is not None:
            return KeyStatus.REVOKED
        return KeyStatus.EXPIRED if now >= self.expires_at else KeyStatus.ACTIVE

    def warning(self, now: datetime) -> int:
        """Which of the warnings before its end is due, by its days; 0 for none yet."""
        left = self.expires_at - now
        return next((days for days in sorted(WARN_DAYS) if left <= timedelta(days=days)), 0)

    def unused_for(self, now: datetime) -> timedelta:
        """Since when nobody used it."""
        return now - (self.last_used_at or self.made_at)


def end_of_day(day: date) -> datetime:
    """When a key ends whose last day this is."""
    return days_period(day, day, ATHENS).ends_at
