"""A real relay, started once for all tests that need one."""

import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.integrations.video.turn_client import is_answering
from tools.turnserver import turnserver_on_path

START_WITHIN = 15
"""Seconds."""


@dataclass(frozen=True)
class Coturn:
    """A running relay: give ``url`` and ``secret`` to the settings as TURN_URLS and TURN_SECRET."""

    address: tuple[str, int]
    secret: str
    log: Path

    @property
    def url(self) -> str:
        """Its address as browsers want it."""
        return f"turn:{self.address[0]}:{self.address[1]}?transport=udp"


@pytest.fixture(scope="session")
def coturn(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Coturn]:
    """The relay on this machine; skips where coturn is not installed."""
    with running_coturn(tmp_path_factory.mktemp("coturn")) as relay:
        yield relay


@contextmanager
def running_coturn(folder: Path) -> Iterator[Coturn]:
    """Start coturn with its files in ``folder``; it ends with the block."""
    program = turnserver_on_path()
    if program is None:
        pytest.skip("coturn is not installed: run `make turnserver`")
    relay = Coturn(("127.0.0.1", _free_port()), "shared-with-the-relay", folder / "coturn.log")
    command = [
        program,
        "-n",  # no configuration file
        "--use-auth-secret",
        f"--static-auth-secret={relay.secret}",
        "--realm=dimos.example",
        f"--listening-ip={relay.address[0]}",
        f"--relay-ip={relay.address[0]}",
        f"--listening-port={relay.address[1]}",
        "--allow-loopback-peers",
        "--no-tls",
        "--no-dtls",
        "--no-cli",
        "--no-rfc5780",
        "--no-multicast-peers",
        "--relay-threads=1",
        "--verbose",
        "--simple-log",
        "--log-file=stdout",
        f"--userdb={folder / 'users.db'}",
        f"--pidfile={folder / 'coturn.pid'}",
    ]
    with relay.log.open("w") as output, subprocess.Popen(command, stdout=output, stderr=subprocess.STDOUT) as server:
        try:
            _wait(server, relay)
            yield relay
        finally:
            server.terminate()


def _wait(server: subprocess.Popen[bytes], relay: Coturn) -> None:
    deadline = time.monotonic() + START_WITHIN
    while not is_answering(relay.address, timeout=0.2):
        if server.poll() is not None or time.monotonic() > deadline:
            raise RuntimeError(f"coturn does not start:\n{relay.log.read_text()[-2000:]}")


def _free_port() -> int:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port
