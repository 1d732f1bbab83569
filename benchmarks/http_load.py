"""Requests over connections that stay open, from a process of their own, which is not the site's."""

import asyncio
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from urllib.parse import urlsplit


@dataclass(frozen=True)
class Load:
    """What was answered: how long each took in milliseconds, how many a second, and how many of each status."""

    each: list[float]
    per_second: float
    statuses: dict[int, int]


def ask(
    url: str, paths: Sequence[str], *, seconds: float, connections: int = 1, headers: str = "", pause: float = 0.0
) -> Load:
    """Ask these in turn for so long; each request comes from another address, as many visitors would."""
    with ProcessPoolExecutor(1, get_context("spawn")) as pool:
        return pool.submit(_run, url, list(paths), seconds, connections, headers, pause).result()


def _run(url: str, paths: list[str], seconds: float, connections: int, headers: str, pause: float) -> Load:
    return asyncio.run(_ask(url, paths, seconds, connections, headers, pause))


async def _ask(url: str, paths: list[str], seconds: float, connections: int, headers: str, pause: float) -> Load:
    place = urlsplit(url)
    each: list[float] = []
    statuses: dict[int, int] = {}
    begun = time.monotonic()

    async def visit(first: int) -> None:
        reader, writer = await asyncio.open_connection(place.hostname, place.port)
        number = first
        while time.monotonic() < begun + seconds:
            address = f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"
            request = f"GET {paths[number % len(paths)]} HTTP/1.1\r\nHost: {place.netloc}\r\n"
            asked = time.perf_counter()
            writer.write(f"{request}X-Forwarded-For: {address}\r\n{headers}\r\n".encode())
            status = await _answer(reader)
            each.append((time.perf_counter() - asked) * 1000)
            statuses[status] = statuses.get(status, 0) + 1
            number += connections
            await asyncio.sleep(pause)
        writer.close()

    await asyncio.gather(*(visit(number) for number in range(connections)))
    return Load(each, len(each) / (time.monotonic() - begun), statuses)


async def _answer(reader: asyncio.StreamReader) -> int:
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
    _, _, rest = head.partition("content-length: ")
    length = int(rest.partition("\r\n")[0] or 0)
    status = int(head.split(" ", 2)[1])
    # An answer that is not sent again may still say how long it would be.
    if length and status != 304:
        await reader.readexactly(length)
    return status
