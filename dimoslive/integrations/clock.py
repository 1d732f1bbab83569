"""The present."""

from datetime import UTC, datetime, timedelta
from pathlib import Path


class SystemClock:
    """The machine's clock: the only reader of the present in the product."""

    def now(self) -> datetime:
        """The present instant, in UTC."""
        return datetime.now(UTC)


class ShiftedClock:
    """The machine's clock, ahead by as many seconds as a file says, which all processes read; for development."""

    def __init__(self, file: Path) -> None:
        self._file, self._machine = file, SystemClock()

    def now(self) -> datetime:
        """The shifted instant, in UTC."""
        return self._machine.now() + timedelta(seconds=float(self._file.read_text()))
