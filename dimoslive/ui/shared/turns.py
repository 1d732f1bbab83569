"""Whose turn it is: how much work a page, a person or an address may give the server, and how much of it at once."""

import asyncio
import time
from collections import deque
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any

MAX_WAITING = 40
"""Events of one page that wait. Nobody has pressed so often without an answer."""
MAX_PAGES = 1000
"""Open pages of one person, or of one address without a sign-in: a town hall with hundreds of visitors."""
MAX_REMEMBERED = 10_000
MAX_TURN_SECONDS = 2.0
"""Seconds after which others go on, though an event is not done: a slow query holds up no town hall."""


class Budget:
    """So many at once, and so many a second after that."""

    def __init__(self, at_once: int, a_second: float, now: Callable[[], float] = time.monotonic) -> None:
        self._at_once, self._a_second, self._now = at_once, a_second, now
        self._left, self._counted_at = float(at_once), now()

    def take(self) -> float:
        """Take one; seconds until it may be used."""
        now = self._now()
        grown = self._left + (now - self._counted_at) * self._a_second
        self._left, self._counted_at = min(grown, self._at_once) - 1, now
        return max(0.0, -self._left / self._a_second)


class Payer:
    """A person who signed in, on whatever pages; or all without a sign-in behind one address."""

    def __init__(self) -> None:
        self.pages = 0
        self.budget = Budget(60, 20)
        self.turn = asyncio.Semaphore(1)
        """One event at a time: whoever sends a thousand slows the others as little as whoever sends two."""


class Payers:
    """All who have pages open."""

    def __init__(self) -> None:
        self._payers: dict[str, Payer] = {}

    async def join(self, address: str, find_person: Callable[[], Awaitable[str]]) -> tuple[str, Payer]:
        """Who pays for one more page: the person, else the address; raises `ConnectionRefusedError` beyond the most."""
        async with self._payers.setdefault(address, Payer()).turn:
            name = await find_person() or address
        payer = self._payers.setdefault(name, Payer())
        if payer.pages >= MAX_PAGES:
            raise ConnectionRefusedError
        payer.pages += 1
        return name, payer

    def leave(self, name: str) -> None:
        """One page less. What they used up is remembered for as long as there is room."""
        self._payers[name].pages -= 1
        if len(self._payers) > MAX_REMEMBERED:
            self._payers = {name: payer for name, payer in self._payers.items() if payer.pages}


class Turns:
    """The events of one page, worked off one after the other."""

    def __init__(self, payer: Payer, work: Callable[[Any], Coroutine[Any, Any, None]]) -> None:
        self._payer, self._work = payer, work
        self._budget = Budget(40, 10)
        self._waiting: deque[Any] = deque()
        self._worker: asyncio.Task[None] | None = None

    def add(self, event: Any) -> None:
        """Let it wait for its turn. What no person could have pressed is dropped."""
        if len(self._waiting) >= MAX_WAITING:
            return
        self._waiting.append(event)
        if self._worker is None or self._worker.done():
            self._worker = asyncio.create_task(self._work_off())

    def drop(self, *, but: Callable[[Any], bool] = lambda _: False) -> bool:
        """The page is gone: what has begun is finished, and of what waits only some. Whether there is any of that."""
        self._waiting = deque(event for event in self._waiting if but(event))
        return bool(self._waiting)

    async def done(self) -> None:
        """All that waited has had its turn."""
        if self._worker is not None:
            await asyncio.wait([self._worker])

    async def _work_off(self) -> None:
        while self._waiting:
            await asyncio.sleep(max(self._budget.take(), self._payer.budget.take()))
            async with self._payer.turn:
                if not self._waiting:
                    return
                working = asyncio.create_task(self._work(self._waiting.popleft()))
                await asyncio.wait([working], timeout=MAX_TURN_SECONDS)
            # The next event of this page waits for it in any case.
            await asyncio.wait([working])
