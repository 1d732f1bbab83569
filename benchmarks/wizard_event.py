"""Presses in the wizard, over the real socket of the real server, beside the cheapest press that knows who presses."""

import asyncio
import random
import time
from collections.abc import Callable, Coroutine, Iterator, Sequence
from dataclasses import dataclass

from benchmarks.bare_socket import memory_of_a_socket
from benchmarks.report import Row, Times
from benchmarks.run import Run
from benchmarks.server import Server
from benchmarks.tab import Tab
from dimoslive.domain.scheduling.local_time import ATHENS, local_day
from dimoslive.domain.scheduling.mode import Mode
from dimoslive.services.catalogue.find_slots import find_slots

TABS = 50
Press = Callable[[Tab, int], Coroutine[None, None, float]]
"""A press of a tab, and which of its presses it is."""


@dataclass(frozen=True)
class _Found:
    times: Times
    rate: float

    def __str__(self) -> str:
        return f"{self.times}; {self.rate:.0f} presses a second"


def wizard_event(run: Run) -> Iterator[Row]:
    """A day and a time of the calendar are pressed."""
    server, many, most = run.server, 10 if run.quick else TABS, 50 if run.quick else 200
    run.say("filling its database")
    assert server.town.service_id
    with asyncio.Runner() as runner:
        # First of all: later tabs would live in memory that earlier ones have left.
        memory, of_socket = runner.run(_memory(server, most)), runner.run(memory_of_a_socket(most))
        if memory is not None and of_socket is not None:
            yield Row(
                f"Memory of a tab, of {most}",
                f"{memory / 1e6:.2f} MB; {of_socket / 1e6:.2f} of them for a socket that only answers",
                "≤ 0.15 MB beside that socket",
                memory - of_socket <= 150_000,
            )
        run.say("1 tab")
        yield from runner.run(_alone(server, 20 if run.quick else 150))
        run.say(f"{many} tabs")
        yield from runner.run(_together(server, many, 10 if run.quick else 20))
        run.say(f"{most} tabs, slowly")
        yield runner.run(_slowly(server, most))


async def _alone(server: Server, presses: int) -> list[Row]:
    [tab], days = await _open(server, 1), free_days(server)
    floor, day, later = [], [], []
    # In turns, so that a busy moment of the machine falls on both alike; and no faster than a page may press.
    for number in range(presses):
        await asyncio.sleep(0.25)
        floor.append(await _cheapest(tab, number))
        day.append(await _day(days)(tab, number))
    for number in range(min(presses, 6)):
        await asyncio.sleep(11)
        later.append(await _day(days)(tab, number))
    await _close([tab])
    least, ours = Times(floor), Times(day)
    ratio = ours.p50 / least.p50
    return [
        Row("The cheapest press that reads the session, 1 tab", str(least)),
        Row("A press of a day, 1 tab", f"{ours}; {ratio:.1f} × the cheapest", "≤ 2 × the cheapest", ratio <= 2),
        Row("A press of a day after 11 s without one, 1 tab", str(Times(later))),
    ]


async def _together(server: Server, count: int, presses: int) -> list[Row]:
    tabs, days, starts = await _open(server, count), free_days(server), _free_starts(server)
    press_time = _time({tab: starts[number::count] for number, tab in enumerate(tabs)})
    rounds = [(_cheapest, presses), (_day(days), presses), (_cheapest, presses), (press_time, min(presses, 8))]
    found = []
    for press, often in rounds:
        # What a page may press at once has grown again.
        await asyncio.sleep(6)
        found.append(await _pressed(tabs, press, often))
    await _close(tabs)
    before, day, after, held = found
    floor = (before.rate + after.rate) / 2
    many = f"{count} tabs, each again as soon as answered"
    return [
        Row(f"The cheapest press that reads the session, {many}", f"before a day {before}; after it {after}"),
        _share(f"A press of a day, {many}", day, floor, 2),
        _share(f"A press of a time, {many}", held, floor, 5),
    ]


def _share(what: str, found: _Found, floor: float, most: int) -> Row:
    share = floor / found.rate
    return Row(what, f"{found}; 1/{share:.1f} of the cheapest's", f"≥ 1/{most} of the cheapest's rate", share <= most)


async def _slowly(server: Server, count: int) -> Row:
    tabs, press = await _open(server, count), _day(free_days(server))
    found = await _pressed(tabs, press, 5, pause=10)
    await _close(tabs)
    return Row(f"A press of a day, {count} tabs, each every 10 s", str(found))


async def _pressed(tabs: Sequence[Tab], press: Press, often: int, *, pause: float = 0) -> _Found:
    async def press_often(tab: Tab) -> list[float]:
        times = []
        for number in range(often):
            await asyncio.sleep(random.uniform(0, 2 * pause))
            times.append(await press(tab, number))
        return times

    begun = time.perf_counter()
    each = await asyncio.gather(*(press_often(tab) for tab in tabs))
    rate = len(tabs) * often / (time.perf_counter() - begun)
    return _Found(Times([took for times in each for took in times]), rate)


async def _cheapest(tab: Tab, _number: int) -> float:
    # Without a time chosen, «Συνέχεια» sets the one sentence that says so.
    return await tab.press("go_on", may_be_refused=True)


def _day(days: Sequence[str]) -> Press:
    return lambda tab, number: tab.press("pick_day", on=days[number % len(days)])


def _time(of_tab: dict[Tab, list[int]]) -> Press:
    return lambda tab, number: tab.press("pick_time", at=of_tab[tab][number % len(of_tab[tab])])


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
    return [await Tab.open(server.url, visitor.cookie) for visitor in visitors]


async def _close(tabs: Sequence[Tab]) -> None:
    await asyncio.gather(*(tab.close() for tab in tabs), return_exceptions=True)


def free_days(server: Server) -> list[str]:
    """The first days of the town's calendar with free times."""
    free = find_slots(server.town.context, server.town.service_id, Mode.VIDEO)
    return [day.isoformat() for day in sorted({local_day(slot.starts_at, ATHENS) for slot in free.slots})[:12]]


def _free_starts(server: Server) -> list[int]:
    free = find_slots(server.town.context, server.town.service_id, Mode.VIDEO)
    return [int(slot.starts_at.timestamp()) for slot in free.slots if len(slot.desk_ids) > 1]
