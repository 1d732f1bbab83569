"""The web server with sockets that only answer: what each open tab costs it, whatever is served."""

import asyncio
import subprocess
import sys
from collections.abc import Awaitable, Callable, Iterator, MutableMapping
from contextlib import contextmanager
from typing import Any

from simple_websocket import AioClient  # type: ignore[import-untyped]  # it brings no types

from benchmarks.server import end, free_port, memory_of
from tests.support.database import ROOT

ASKED, ANSWERED = "x" * 500, "x" * 20_000
"""About as long as what a page says first, and is answered."""
_Message = MutableMapping[str, Any]


async def app(
    scope: _Message, receive: Callable[[], Awaitable[_Message]], send: Callable[..., Awaitable[None]]
) -> None:
    """An ASGI application with nothing in it."""
    while (message := await receive())["type"] != "websocket.disconnect":
        if scope["type"] == "lifespan":
            await send({"type": f"{message['type']}.complete"})
            if message["type"] == "lifespan.shutdown":
                return
        elif message["type"] == "websocket.connect":
            await send({"type": "websocket.accept"})
        else:
            await send({"type": "websocket.send", "text": ANSWERED})


async def memory_of_a_socket(count: int) -> float | None:
    """Bytes that each of so many adds, beyond what the server makes once, for the first of them."""
    with _served() as (url, group):
        sockets = [await _open(url) for _ in range(5)]
        before = memory_of(group)
        sockets += [await _open(url) for _ in range(count)]
        after = memory_of(group)
        await asyncio.gather(*(socket.close() for socket in sockets), return_exceptions=True)
    return None if before is None or after is None else (after - before) / count


@contextmanager
def _served() -> Iterator[tuple[str, int]]:
    port = free_port()
    options = ["--interface", "asgi", "--workers", "1", "--port", str(port)]
    process = subprocess.Popen(  # noqa: S603  # our own command
        [sys.executable, "-m", "granian", *options, f"{__name__}:app"],
        cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
    )  # fmt: skip
    try:
        yield f"ws://127.0.0.1:{port}/", process.pid
    finally:
        end(process)


async def _open(url: str) -> AioClient:
    for _ in range(100):
        try:
            socket = await AioClient.connect(url)
            break
        except ConnectionError:
            # The server still starts.
            await asyncio.sleep(0.1)
    else:
        raise TimeoutError(f"no answer from {url}")
    await socket.send(ASKED)
    await socket.receive(10)
    return socket
