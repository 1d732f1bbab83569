"""The present."""

from datetime import UTC, datetime


class SystemClock:
    """The machine's clock: the only reader of the present in the product."""

    def now(self) -> datetime:
        """The present instant, in UTC."""
        return datetime.now(UTC)
