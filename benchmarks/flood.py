"""Strangers who ask for page after page: what others feel of it, and how soon it is over when they leave."""

import asyncio
import json
import uuid
from collections.abc import Iterator

from simple_websocket import AioClient  # type: ignore[import-untyped]  # it brings no types

from benchmarks.report import Row, Times
from benchmarks.run import Run
from benchmarks.server import Server
from benchmarks.tab import NAMESPACE, Tab
from benchmarks.wizard_event import free_days

SOCKETS = 20
EVENTS = 50
PRESSES = 30
PAUSE = 0.1
"""Seconds between presses: as quick as a person, and within what a page may send."""
GONE_AFTER = 2.0
PAGE = "/m/heraklion"
_BOOT = "reflex___state____state.hydrate_and_load"


def flood(run: Run) -> Iterator[Row]:
    """A tab of the wizard is pressed while nobody else is there, while strangers ask, and after they left."""
    with asyncio.Runner() as runner:
        yield from runner.run(_measured(run.server))


async def _measured(server: Server) -> list[Row]:
    [visitor] = await asyncio.to_thread(server.visitors, 1)
    days = free_days(server)
    tab = await Tab.open(server.url, visitor)
    await _presses(tab, days)
    await asyncio.sleep(5)
    quiet = await _presses(tab, days)
    await asyncio.sleep(5)
    strangers = [await _stranger(server.url) for _ in range(SOCKETS)]
    asking = asyncio.gather(*(_ask(one) for one in strangers))
    flooded = await _presses(tab, days)
    await asking
    await asyncio.gather(*(one.close() for one in strangers), return_exceptions=True)
    await asyncio.sleep(GONE_AFTER)
    after = await _presses(tab, days)
    await tab.close()
    what = f"A press in the wizard while {SOCKETS} strangers ask for a page {EVENTS} times each"
    return [
        Row("The same without them", str(quiet)),
        Row(what, str(flooded), "p95 ≤ 2 × without them", flooded.p95 <= 2 * quiet.p95),
        Row(f"{GONE_AFTER:.0f} s after they left", str(after), "p95 ≤ 2 × without them", after.p95 <= 2 * quiet.p95),
    ]


async def _presses(tab: Tab, days: list[str]) -> Times:
    times = []
    for number in range(PRESSES):
        await asyncio.sleep(PAUSE)
        times.append(await tab.press("pick_day", on=days[number % len(days)]))
    return Times(times)


async def _stranger(url: str) -> AioClient:
    address = f"{url.replace('http', 'ws', 1)}{NAMESPACE}/?EIO=4&transport=websocket&token={uuid.uuid4()}"
    socket = await AioClient.connect(address, headers={"Origin": url}, receive_bytes=65536)
    await socket.send(f"40{NAMESPACE},")
    return socket


async def _ask(stranger: AioClient) -> None:
    event = {"name": _BOOT, "payload": {}, "router_data": {"pathname": PAGE, "asPath": PAGE, "query": {}}}
    for _ in range(EVENTS):
        await stranger.send(f"42{NAMESPACE},{json.dumps(['event', event])}")
