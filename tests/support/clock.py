"""The present, as a test says, and waits that end when it says so."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from datetime import datetime, timedelta
from functools import partial

Alarm = tuple[float, Callable[[], object]]


class FrozenClock:
    """A `Clock` that stands still until it is told. Who waits by it waits for `advance`."""

    def __init__(self, now: datetime) -> None:
        self._now, self._passed = now, 0.0
        self._alarms: list[Alarm] = []
        self._limited = 0

    def now(self) -> datetime:
        """The instant that the test chose."""
        return self._now

    def monotonic(self) -> float:
        """How much time the test has let pass."""
        return self._passed

    async def sleep(self, seconds: float) -> None:
        """Return when so much time was let pass."""
        woken = asyncio.get_running_loop().create_future()
        with self._alarm(seconds, woken.set_result, None):
            await woken

    @asynccontextmanager
    async def timeout(self, seconds: float) -> AsyncIterator[None]:
        """Ends what is not done when so much time was let pass."""
        async with asyncio.timeout(None if seconds > 0 else 0) as limit:
            with self._alarm(seconds, limit.reschedule, 0):
                self._limited += 1
                try:
                    yield
                finally:
                    self._limited -= 1

    async def until_nothing_is_limited(self) -> None:
        """What has a time-out is done: none of it is cut short by the next `advance`."""
        while self._limited:  # noqa: ASYNC110  # the others know nothing of the test
            await asyncio.sleep(0)

    def set(self, now: datetime) -> None:
        """Go to another instant, as when a machine's clock is set: nobody has waited for it."""
        self._now = now

    def advance(self, **by: float) -> None:
        """Let time pass: ``clock.advance(minutes=10)``. It passes at once: who waits for less is woken once."""
        passed = timedelta(**by)
        self._now += passed
        self._passed += passed.total_seconds()
        due = [alarm for alarm in self._alarms if alarm[0] <= self._passed]
        for alarm in due:
            self._alarms.remove(alarm)
            alarm[1]()

    @contextmanager
    def _alarm(self, seconds: float, ring: Callable[..., object], *args: object) -> Iterator[None]:
        alarm = self._passed + seconds, partial(ring, *args)
        self._alarms.append(alarm)
        try:
            yield
        finally:
            if alarm in self._alarms:
                self._alarms.remove(alarm)
