"""The present, and waiting."""

import asyncio
import time
from contextlib import AbstractAsyncContextManager
from datetime import UTC, datetime, timedelta
from pathlib import Path


class SystemClock:
    """The machine's clock: the only reader of the present in the product."""

    def now(self) -> datetime:
        """The present instant, in UTC."""
        return datetime.now(UTC)

    def monotonic(self) -> float:
        """Seconds since some instant, evenly."""
        return time.monotonic()

    async def sleep(self, seconds: float) -> None:
        """Return after so many seconds."""
        await asyncio.sleep(seconds)

    def timeout(self, seconds: float) -> AbstractAsyncContextManager[object]:
        """Ends what takes longer, by `TimeoutError`."""
        return asyncio.timeout(seconds)


class ShiftedClock(SystemClock):
    """The machine's clock, ahead by as many seconds as a file says, which all processes read; for development."""

    def __init__(self, file: Path) -> None:
        self._file = file

    def now(self) -> datetime:
        """The shifted instant, in UTC."""
        return super().now() + timedelta(seconds=float(self._file.read_text()))


def machine_seconds() -> float:
    """Seconds since the epoch by the machine's own clock: for what a library has measured by it."""
    return time.time()
