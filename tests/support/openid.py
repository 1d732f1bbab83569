"""The OpenID Connect provider of the tests, as a running process, and what a test says to it."""

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import httpx2
import pytest

from dimoslive.crypto import Seal
from dimoslive.integrations.clock import SystemClock
from dimoslive.integrations.identity.openid import OpenIdProvider
from dimoslive.ports import Clock
from tests.support.openid_provider import CLIENT_ID, CLIENT_SECRET

ROOT = Path(__file__).parents[2]
START_WITHIN = 30
NIKOS = {
    "sub": "f3c1-nikos",
    "email": "Nikos.Dimou@kavala.example",
    "email_verified": True,
    "given_name": "Νίκος",
    "family_name": "Δήμου",
    "name": "Νίκος Δήμου",
}
ANNA = {"sub": "a77e-anna", "email": "anna@kavala.example", "email_verified": True, "name": "Άννα Λογοθέτη"}


@dataclass
class RunningProvider:
    """Real HTTP on this machine."""

    issuer: str
    clock_file: Path

    def control(self, **said: Any) -> dict[str, int]:
        """Say who is known (``accounts``), what is ``wrong``, or to ``rotate`` the keys; returns the counts so far."""
        answer: dict[str, int] = httpx2.post(f"{self.issuer}/control", json=said).raise_for_status().json()
        return answer

    @property
    def settings(self) -> dict[str, str]:
        """How an installation is set up for it."""
        return {"oidc_issuer": self.issuer, "oidc_client_id": CLIENT_ID, "oidc_client_secret": CLIENT_SECRET}

    def set_now(self, now: datetime) -> None:
        """Its clock goes on from there."""
        self.clock_file.write_text(str((now - SystemClock().now()).total_seconds()))

    def adapter(self, clock: Clock, **changes: Any) -> OpenIdProvider:
        """Ours, set up for it."""
        usual: dict[str, Any] = {
            "issuer": self.issuer,
            "client_id": CLIENT_ID,
            "client_secret": CLIENT_SECRET,
            "vouches_for_email": False,
            "clock": clock,
            "secret_of": Seal("a secret of the tests, long enough for the settings").link_token,
        }
        return OpenIdProvider(**(usual | changes))

    def sign_in(self, url: str, account: str) -> dict[str, str]:
        """A person presses at the provider; what the browser is sent back with, and ``at`` which address."""
        answer = httpx2.post(url, data={"account": account})
        assert answer.status_code == 303, answer.text
        back = urlsplit(answer.headers["Location"])
        return dict(parse_qsl(back.query)) | {"at": f"{back.scheme}://{back.netloc}{back.path}"}


@contextmanager
def running_provider(folder: Path) -> Iterator[RunningProvider]:
    """Start the process; it ends with the block."""
    clock_file = folder / "openid-clock"
    clock_file.write_text("0")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "tests.support.openid_provider", str(port), str(clock_file)]
    process = subprocess.Popen(command, cwd=ROOT)
    try:
        _wait(process, f"http://127.0.0.1:{port}")
        yield RunningProvider(f"http://127.0.0.1:{port}", clock_file)
    finally:
        process.terminate()
        process.wait(timeout=10)


def _wait(process: subprocess.Popen, url: str) -> None:
    until = time.monotonic() + START_WITHIN
    while process.poll() is None and time.monotonic() < until:
        try:
            httpx2.get(f"{url}/jwks", timeout=2)
        except httpx2.TransportError:
            time.sleep(0.05)
        else:
            return
    raise RuntimeError("the provider does not answer")


@pytest.fixture(scope="session")
def openid_process(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningProvider]:
    """One process for all tests of a worker."""
    with running_provider(tmp_path_factory.mktemp("openid")) as provider:
        yield provider


@pytest.fixture
def openid(openid_process: RunningProvider) -> RunningProvider:
    """Nikos and Anna have accounts, and nothing is wrong."""
    openid_process.control(accounts={"nikos": NIKOS, "anna": ANNA})
    return openid_process
