"""Strangers who ask for page after page: what others feel of it, and how soon it is over when they leave."""

import asyncio
import json
import time
import uuid
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

from simple_websocket import AioClient  # type: ignore[import-untyped]  # it brings no types

from benchmarks.report import Row, Times
from benchmarks.run import Run
from benchmarks.server import Server
from benchmarks.tab import NAMESPACE, Tab
from benchmarks.wizard_event import free_days

SOCKETS = 20
EVENTS = 50
PRESSES = 100
PAUSE = 0.1
"""Seconds between presses: as quick as a person, and within what a page may send."""
BREATH = 5.0
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
    tab = await Tab.open(server.url, visitor.cookie)
    await _presses(tab, days)
    await asyncio.sleep(BREATH)
    quiet = await _presses(tab, days)
    await asyncio.sleep(BREATH)
    # In a process of their own: what they cost the one who measures is not what they cost the site.
    with ProcessPoolExecutor(1, get_context("spawn")) as pool:
        strangers = pool.submit(_strangers, server.url, time.monotonic() + BREATH)
        await asyncio.sleep(BREATH)
        flooded = await _presses(tab, days)
        await asyncio.wrap_future(strangers)
    await asyncio.sleep(GONE_AFTER)
    after = await _presses(tab, days)
    await tab.close()
    what = f"A press in the wizard while {SOCKETS} strangers ask for a page {EVENTS} times each"
    return [
        Row("The same without them", str(quiet)),
        Row(what, str(flooded), "p95 ≤ 2 × without them", flooded.p95 <= 2 * quiet.p95),
        Row(f"{GONE_AFTER:.0f} s after they left", str(after), "p95 ≤ 2 × without them", after.p95 <= 2 * quiet.p95),
    ]


def _strangers(url: str, begin: float) -> None:
    """They come, ask all at once at an instant of the monotonic clock, and leave when the presses are over."""
    asyncio.run(_come_and_go(url, begin))


async def _come_and_go(url: str, begin: float) -> None:
    strangers = [await _stranger(url) for _ in range(SOCKETS)]
    await asyncio.sleep(max(0.0, begin - time.monotonic()))
    await asyncio.gather(*(_ask(one) for one in strangers))
    await asyncio.sleep(max(0.0, begin + PRESSES * PAUSE - time.monotonic()))
    await asyncio.gather(*(one.close() for one in strangers), return_exceptions=True)


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
