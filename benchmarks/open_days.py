"""What the open days of officials cost a citizen in the wizard: the same presses without and with them."""

import asyncio
import random
from collections.abc import Iterator, Sequence

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
MOST = 1.05
_GATHERED_SECONDS = (0.3, 0.6)
"""How long a page waits for more news before it reads its day again."""


def open_days(run: Run) -> Iterator[Row]:
    """Towns with full days, each open at several desks; one change a second in all, heard by those of its town."""
    server, towns, presses = run.server, 2 if run.quick else TOWNS, 20 if run.quick else 200
    assert server.town.service_id
    run.say(f"{towns} towns with {BOOKINGS} bookings today")
    with asyncio.Runner() as runner:
        yield runner.run(_compared(server, towns, presses))


async def _compared(server: Server, towns: int, presses: int) -> Row:
    [visitor] = await asyncio.to_thread(server.visitors, 1)
    wizard = await Tab.open(server.url, visitor.cookie)
    days = [await _open_town(server, number) for number in range(towns)]
    alone: list[float] = []
    among: list[float] = []
    # In turns, so that a busy moment of the machine falls on both alike.
    for _ in range(4):
        alone += await _presses(server, wizard, presses // 4)
        changes = asyncio.create_task(_changes(days))
        among += await _presses(server, wizard, presses // 4)
        changes.cancel()
        await asyncio.gather(changes, return_exceptions=True)
    for tab in (wizard, *(tab for tabs in days for tab in tabs)):
        await tab.close()
    without, beside = Times(alone), Times(among)
    return Row(
        f"A press of a day beside {towns * DAYS_OF_TOWN} open days of {towns} towns, one change a second in all",
        f"{beside}; without them {without}; p95 {beside.p95 / without.p95:.2f} ×",
        f"p95 ≤ {MOST} × that without",
        beside.p95 <= MOST * without.p95,
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


async def _changes(days: Sequence[Sequence[Tab]]) -> None:
    """One a second: an official presses, and undoes it a round later; all days of the town are read again."""
    number = 0
    while True:
        town = number % len(days)
        first, *others = days[town]
        if number // len(days) % 2:
            await first.press("undo")
        else:
            reference = make_reference(5_000_000 + town * BOOKINGS)
            await first.press("press", pressed={"reference": reference, "press": "arrived", "status": "booked"})
        await asyncio.gather(*(_hear(tab) for tab in others), asyncio.sleep(1))
        number += 1


async def _hear(tab: Tab) -> None:
    await asyncio.sleep(random.uniform(*_GATHERED_SECONDS))
    await tab.press("refresh")
