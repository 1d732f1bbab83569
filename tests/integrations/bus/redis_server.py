"""A real Redis, started once for all tests that need one; it keeps nothing on a disk."""

import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from tools.apt import unshifted
from tools.redis_server import redis_server_on_path

START_WITHIN = 15
"""Seconds."""


@pytest.fixture(scope="session")
def redis_url() -> Iterator[str]:
    """The address of a Redis on this machine; skips where it is not installed."""
    program = redis_server_on_path()
    if program is None:
        pytest.skip("redis-server is not installed: run `make redis-server`")
    with running_redis(program) as url:
        yield url


@contextmanager
def running_redis(program: str) -> Iterator[str]:
    """Start Redis; it ends with the block."""
    port = _free_port()
    command = [program, "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
    with subprocess.Popen(command, env=unshifted(), stdout=subprocess.DEVNULL) as server:
        try:
            _wait(server, port)
            yield f"redis://127.0.0.1:{port}/0"
        finally:
            server.terminate()


def _wait(server: subprocess.Popen[bytes], port: int) -> None:
    deadline = time.monotonic() + START_WITHIN
    while not _is_answering(port):
        if server.poll() is not None or time.monotonic() > deadline:
            raise RuntimeError("redis-server does not start")


def _is_answering(port: int) -> bool:
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=0.2) as connection:
            connection.sendall(b"PING\r\n")
            return connection.recv(16).startswith(b"+PONG")
    except OSError:
        return False


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port
