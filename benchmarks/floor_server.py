"""The floor over HTTP: its free times, answered by the web server that the product has."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

import httpx
from fastapi import FastAPI, Response

from benchmarks.floor import Floor
from benchmarks.server import end, free_port
from tests.support.database import ROOT

SLOTS = "/slots"
_DATABASE = "FLOOR_DB"


def app() -> FastAPI:
    """The floor's free times, and nothing else."""
    floor, site = Floor(os.environ[_DATABASE], 0), FastAPI()

    @site.get(SLOTS)
    def slots() -> Response:
        return Response(floor.slots(), media_type="application/json")

    return site


@contextmanager
def served_floor(database_url: str) -> Iterator[str]:
    """Where it answers, with the bookings of that database."""
    port = free_port()
    options = ["--interface", "asgi", "--workers", "1", "--port", str(port), "--factory"]
    process = subprocess.Popen(  # noqa: S603  # our own command
        [sys.executable, "-m", "granian", *options, f"{__name__}:app"],
        cwd=ROOT, env=os.environ | {_DATABASE: database_url},
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
    )  # fmt: skip
    url = f"http://127.0.0.1:{port}"
    try:
        _wait(url + SLOTS)
        yield url
    finally:
        end(process)


def _wait(address: str) -> None:
    for _ in range(100):
        try:
            httpx.get(address).raise_for_status()
        except httpx.TransportError:
            # The server still starts.
            time.sleep(0.1)
        else:
            return
    raise TimeoutError(f"no answer from {address}")
