"""One press in the wizard, over the real socket of the real server: how long it takes, and what a tab costs."""

import asyncio
import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from benchmarks.report import Row, Times, milliseconds
from benchmarks.run import Run
from benchmarks.server import Server
from benchmarks.tab import Tab
from dimoslive.domain.catalogue.mode import Mode
from dimoslive.domain.scheduling.local_time import ATHENS, local_day
from dimoslive.services.catalogue.find_slots import find_slots


@dataclass(frozen=True)
class _Load:
    """So many tabs, each pressing so often; ``pause`` is the mean number of seconds between presses.

    No page may press more than ten times a second for long.
    """

    tabs: int
    presses: int
    pause: float


LOADS = (_Load(1, 200, 0.15), _Load(10, 40, 0.5), _Load(50, 20, 3), _Load(200, 5, 10))
QUICK_LOADS = (_Load(1, 20, 0.15), _Load(10, 5, 0.5))


def wizard_event(run: Run) -> Iterator[Row]:
    """A day of the calendar is pressed."""
    server, loads = run.server, QUICK_LOADS if run.quick else LOADS
    run.say("filling its database")
    town = server.town
    alone = Times([milliseconds(lambda: find_slots(town.context, town.service_id, Mode.VIDEO)) for _ in range(50)])
    yield Row("The wizard's free times in process, the part of a press that is ours", str(alone))
    most = max(load.tabs for load in loads)
    with asyncio.Runner() as runner:
        # First of all: later tabs would live in memory that earlier ones have left.
        memory = runner.run(_memory(server, most))
        if memory is not None:
            yield Row(f"Memory of a tab, of {most}", f"{memory / 1e6:.2f} MB")
        for load in loads:
            run.say(f"{load.tabs} tabs")
            yield runner.run(_pressed(server, load))


async def _pressed(server: Server, load: _Load) -> Row:
    days = free_days(server)
    tabs = await _open(server, load.tabs)
    try:
        begun = time.perf_counter()
        each = await asyncio.gather(*(_press_often(tab, days, load) for tab in tabs))
        rate = load.tabs * load.presses / (time.perf_counter() - begun)
    finally:
        await _close(tabs)
    return Row(
        f"A press in the wizard, {load.tabs} tab{'s' * (load.tabs > 1)}, each every {load.pause:g} s",
        f"{Times([took for times in each for took in times])}; {rate:.0f} presses a second",
    )


async def _press_often(tab: Tab, days: Sequence[str], load: _Load) -> list[float]:
    times = []
    for _ in range(load.presses):
        await asyncio.sleep(random.uniform(0, 2 * load.pause))
        times.append(await tab.press("pick_day", on=random.choice(days)))
    return times


async def _memory(server: Server, count: int) -> float | None:
    """What each tab adds, beyond what the server makes once, for the first of them."""
    tabs = await _open(server, 5)
    before = server.memory()
    tabs += await _open(server, count)
    after = server.memory()
    await _close(tabs)
    return None if before is None or after is None else (after - before) / count


async def _open(server: Server, count: int) -> list[Tab]:
    visitors = await asyncio.to_thread(server.visitors, count)
    return [await Tab.open(server.url, visitor) for visitor in visitors]


async def _close(tabs: Sequence[Tab]) -> None:
    await asyncio.gather(*(tab.close() for tab in tabs), return_exceptions=True)


def free_days(server: Server) -> list[str]:
    """The first days of the town's calendar with free times."""
    free = find_slots(server.town.context, server.town.service_id, Mode.VIDEO)
    return [day.isoformat() for day in sorted({local_day(slot.starts_at, ATHENS) for slot in free.slots})[:12]]
