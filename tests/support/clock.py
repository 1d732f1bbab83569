"""The present, as a test says."""

from datetime import datetime, timedelta


class FrozenClock:
    """A `Clock` that stands still until it is told."""

    def __init__(self, now: datetime) -> None:
        self._now = now

    def now(self) -> datetime:
        """The instant that the test chose."""
        return self._now

    def set(self, now: datetime) -> None:
        """Go to another instant."""
        self._now = now

    def advance(self, **by: float) -> None:
        """Let time pass: ``clock.advance(minutes=10)``."""
        self._now += timedelta(**by)
