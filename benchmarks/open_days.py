"""What the open days of officials cost a citizen in the wizard: the same presses without and with them."""

import asyncio
import random
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager

from benchmarks.desk_day import BOOKINGS, full_day, official_of
from benchmarks.report import Row, Times
from benchmarks.run import Run
from benchmarks.server import Server
from benchmarks.tab import Tab
from benchmarks.wizard_event import free_days
from dimoslive.cookies import staff_cookie_name
from dimoslive.domain.booking.references import make_reference
from tests.support.meeting import staff_token

TOWNS, DAYS_OF_TOWN = 10, 5
VISITORS = 2
MOST = 1.05
_GATHERED_SECONDS = (0.3, 0.6)
"""How long a page waits for more news before it reads its day again."""


def open_days(run: Run) -> Iterator[Row]:
    """Towns with full days, each open at several desks; one change a second in all, heard by those of its town."""
    server, towns, presses = run.server, 2 if run.quick else TOWNS, 20 if run.quick else 200
    assert server.town.service_id
    run.say(f"{towns} towns with {BOOKINGS} bookings today")
    with asyncio.Runner() as runner:
        yield runner.run(_compared(run, server, towns, presses))


async def _compared(run: Run, server: Server, towns: int, presses: int) -> Row:
    office = _Office([await _open_town(server, number) for number in range(towns)])
    alone: list[float] = []
    among: list[float] = []
    visitors = await asyncio.to_thread(server.visitors, 1 + VISITORS)
    for number, visitor in enumerate(visitors):
        wizard = await Tab.open(server.url, visitor.cookie)
        without: list[float] = []
        beside: list[float] = []
        # In turns, so that a busy moment of the machine falls on both alike.
        for _ in range(4):
            without += await _presses(server, wizard, presses // 4)
            async with office.at_work():
                beside += await _presses(server, wizard, presses // 4)
        await wizard.close()
        run.say(
            f"visitor {number} of {VISITORS}: {Times(without)} without, {Times(beside)} beside {office.changes} changes"
        )
        # The first one warms the server up: what it does for the first time since its start is slow, whoever asks.
        if number:
            alone, among = alone + without, among + beside
    for tab in (tab for tabs in office.days for tab in tabs):
        await tab.close()
    without_them, beside_them = Times(alone), Times(among)
    return Row(
        f"A press of a day beside {towns * DAYS_OF_TOWN} open days of {towns} towns, one change a second in all",
        f"{beside_them}; without them {without_them}; p95 {beside_them.p95 / without_them.p95:.2f} ×",
        f"p95 ≤ {MOST} × that without",
        beside_them.p95 <= MOST * without_them.p95,
    )


async def _open_town(server: Server, number: int) -> list[Tab]:
    town, _ = await asyncio.to_thread(full_day, server.database_url, 0, number)
    token = await asyncio.to_thread(staff_token, town, official_of(number))
    cookie, path = f"{staff_cookie_name(server.url)}={token}", f"/desk?m={town.municipality.slug}"
    return [await Tab.open(server.url, cookie, path=path, state="day_state") for _ in range(DAYS_OF_TOWN)]


async def _presses(server: Server, wizard: Tab, presses: int) -> list[float]:
    days, found = free_days(server), []
    for number in range(presses):
        await asyncio.sleep(0.25)
        found.append(await wizard.press("pick_day", on=days[number % len(days)]))
    return found


class _Office:
    """Officials at work: one change a second in all, and each day of its town is read again."""

    def __init__(self, days: Sequence[Sequence[Tab]]) -> None:
        self.days, self.changes, self._is_open = days, 0, False

    @asynccontextmanager
    async def at_work(self) -> AsyncIterator[None]:
        """They begin with the block and end after it; raises what any of them met."""
        self._is_open = True
        async with asyncio.TaskGroup() as group:
            group.create_task(self._work())
            try:
                yield
            finally:
                self._is_open = False

    async def _work(self) -> None:
        while self._is_open:
            await asyncio.gather(self._change(), asyncio.sleep(1))

    async def _change(self) -> None:
        """An official presses, and undoes it when the town's turn comes again."""
        turn, town = divmod(self.changes, len(self.days))
        first, *others = self.days[town]
        if turn % 2:
            await first.press("undo")
        else:
            reference = make_reference(5_000_000 + town * BOOKINGS)
            await first.press("press", pressed={"reference": reference, "press": "arrived", "status": "booked"})
        await asyncio.gather(*(_hear(tab) for tab in others))
        self.changes += 1


async def _hear(tab: Tab) -> None:
    await asyncio.sleep(random.uniform(*_GATHERED_SECONDS))
    await tab.hear("refresh")
