"""The product served as in production, from a copy in its own folder: the developer's build and data stay untouched."""

import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from pathlib import Path

import httpx

from benchmarks.town import Town, a_town
from dimoslive.cookies import session_cookie_name
from dimoslive.crypto import token_hash
from dimoslive.db.engine import transaction
from dimoslive.db.tables.citizen import SessionRow
from dimoslive.domain.people.principals import Citizen
from dimoslive.integrations.clock import SystemClock
from tests.support.database import ROOT

BOOKINGS = 20_000

_COPIED = ("alembic", "alembic.ini", "assets", "dimoslive", "frontend", "reflex.lock", "rxconfig.py")
_MAX_BUILD_SECONDS = 600.0


@dataclass(frozen=True)
class Visitor:
    """A citizen's browser: whose it is and the cookie it sends."""

    citizen: Citizen
    cookie_name: str
    cookie_value: str

    @property
    def cookie(self) -> str:
        """As it is sent."""
        return f"{self.cookie_name}={self.cookie_value}"


class Server:
    """A running site with the demo data and one town with a history."""

    def __init__(self, url: str, database_url: str, group: int) -> None:
        self.url, self.database_url, self._group = url, database_url, group

    @cached_property
    def town(self) -> Town:
        """The town whose calendar is measured; it lives now, as the server does."""
        clock = SystemClock()
        return a_town(self.database_url, clock, bookings=BOOKINGS, first=clock.now().date() + timedelta(days=1))

    def visitors(self, count: int) -> list[Visitor]:
        """Citizens who have signed in and chosen all but the time."""
        context, now = self.town.context, self.town.context.clock.now()
        visitors = [
            Visitor(citizen, session_cookie_name(self.url), secrets.token_urlsafe(32))
            for citizen in self.town.citizens(count)
        ]
        with transaction(context.db) as tx:
            tx.add_all(
                SessionRow(
                    token_hash=token_hash(visitor.cookie_value),
                    citizen_id=visitor.citizen.id,
                    created_at=now,
                    seen_at=now,
                    expires_at=now + timedelta(hours=12),
                )
                for visitor in visitors
            )
        return visitors

    def memory(self) -> int | None:
        """Bytes that the server's processes keep in memory, where the system tells."""
        return memory_of(self._group)


def memory_of(group: int) -> int | None:
    """Bytes that the processes of a group keep in memory, where the system tells."""
    pages = 0
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if os.getpgid(int(process.name)) == group:
                pages += int((process / "statm").read_text().split()[1])
        except (OSError, ValueError):
            continue
    return pages * os.sysconf("SC_PAGE_SIZE") if pages else None


@contextmanager
def running_server(folder: Path, say: Callable[[str], None]) -> Iterator[Server]:
    """Set up, build and serve; all its processes end with the block."""
    folder.mkdir()
    for name in _COPIED:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(
                source, folder / name, ignore=shutil.ignore_patterns("__pycache__", "external", "node_modules")
            )
        else:
            shutil.copy(source, folder / name)
    port = free_port()
    url, database_url = f"http://localhost:{port}", f"sqlite:///{folder}/site.db"
    environment = _environment(port, database_url, folder)
    for command in (["alembic", "upgrade", "head"], ["python", "-m", "dimoslive.seeds", "town"]):
        subprocess.run(  # noqa: S603  # our own command
            [Path(sys.executable).parent / command[0], *command[1:]],
            cwd=folder, env=environment, check=True, capture_output=True,
        )  # fmt: skip
    say(f"building the site, to be served at {url}")
    log = folder / "server.log"
    with log.open("w") as output:
        process = subprocess.Popen(  # noqa: S603  # our own command
            [Path(sys.executable).parent / "reflex", "run", "--env", "prod"],
            cwd=folder, env=environment, stdout=output, stderr=subprocess.STDOUT, start_new_session=True,
        )  # fmt: skip
    try:
        _wait(process, f"{url}/ping", log)
        say("the site is up")
        yield Server(url, database_url, process.pid)
    finally:
        end(process)


def _environment(port: int, database_url: str, folder: Path) -> dict[str, str]:
    ours = {name: value for name, value in os.environ.items() if not name.startswith(("DIMOSLIVE_", "REFLEX_"))}
    return ours | {
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "DIMOSLIVE_PORT": str(port),
        "DIMOSLIVE_DATABASE_URL": database_url,
        # The clients that measure say themselves from which address they come.
        "DIMOSLIVE_TRUSTED_PROXIES": "1",
        "DIMOSLIVE_MAILBOX_DIR": str(folder / "mailbox"),
        "REFLEX_TELEMETRY_ENABLED": "false",
        "REFLEX_CHECK_LATEST_VERSION": "false",
    }


def free_port() -> int:
    """One that nobody listens at."""
    for port in range(4100, 4200):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)):
                return port
    raise OSError("no free port between 4100 and 4199")


def _wait(process: subprocess.Popen[bytes], url: str, log: Path) -> None:
    begun = time.monotonic()
    while time.monotonic() - begun < _MAX_BUILD_SECONDS:
        if process.poll() is not None:
            raise RuntimeError(f"the site did not start:\n{log.read_text()[-3000:]}")
        try:
            if httpx.get(url, timeout=5).is_success:
                return
        except httpx.TransportError:
            pass
        time.sleep(0.5)
    raise TimeoutError(f"the site did not start:\n{log.read_text()[-3000:]}")


def end(process: subprocess.Popen[bytes]) -> None:
    """End the server's whole process group, and it alone."""
    for how in (signal.SIGTERM, signal.SIGKILL):
        try:
            os.killpg(process.pid, how)
            process.wait(10)
        except (ProcessLookupError, subprocess.TimeoutExpired):
            continue
