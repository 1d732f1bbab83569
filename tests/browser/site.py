"""The real server, started once for all stories of a worker, with a database and a mailbox of its own.

``python -m tests.browser.site`` builds what it serves, so that the stories need not wait for it.
"""

import asyncio
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import httpx2
from pydantic import SecretStr
from sqlalchemy import delete

from dimoslive.bootstrap import build
from dimoslive.context import AppContext
from dimoslive.db.engine import transaction
from dimoslive.db.tables.limit import AttemptsRow
from dimoslive.integrations.mail.mailbox import StoredMail, read_mailbox
from dimoslive.services.upkeep.close_meetings import close_meetings
from dimoslive.services.upkeep.expire_holds import expire_holds
from dimoslive.settings import Settings
from tests.browser.build import BUILT, BUILT_FOR, RESULTS, ROOT, build_once, copy_build
from tests.browser.clock import STORY_BEGINS, StoryClock

OF_WORKER = RESULTS / os.environ.get("PYTEST_XDIST_WORKER", "")
"""Each worker of the tests serves a site of its own."""
START_WITHIN = 120
"""Seconds."""


@dataclass(frozen=True)
class Site:
    """A running installation. ``context`` work on its database, as its own services do."""

    url: str
    context: AppContext
    mailbox: Path
    clock: StoryClock

    def mails_to(self, address: str) -> list[StoredMail]:
        """What was sent to an address, the latest first."""
        with ThreadPoolExecutor(1) as thread:  # the browser's driver has this thread's event loop
            mails = thread.submit(asyncio.run, read_mailbox(self.mailbox, 500)).result()
        return [mail for mail in mails if mail.to == address]

    def wait_for_mail(self, address: str, number: int = 1) -> StoredMail:
        """The latest of so many mails to an address, as soon as the job has sent it."""
        for _ in range(100):
            if len(mails := self.mails_to(address)) >= number:
                return mails[0]
            time.sleep(0.1)
        raise AssertionError(f"no mail {number} to {address}")

    def begin_story(self) -> None:
        """On the same morning as all others, from an address of its own, with no time still kept for others."""
        self.clock.set(STORY_BEGINS + timedelta(days=1))
        close_meetings(self.context)
        expire_holds(self.context)
        with transaction(self.context.db) as tx:
            # The limits are meant for ten minutes of one address.
            tx.execute(delete(AttemptsRow))
        self.clock.set(STORY_BEGINS)


@contextmanager
def serve(
    folder: Path,
    say: Callable[[str], None],
    *,
    has_demo: bool = False,
    begins: datetime = STORY_BEGINS,
    **wishes: Any,
) -> Iterator[Site]:
    """Start the server with its files in ``folder`` and ``wishes`` as settings; it ends with the block.

    Without the demo it has towns where nobody has booked: each story makes what it tells of.
    """
    clock = StoryClock(folder / "clock")
    clock.set(begins)
    settings = _settings(folder, clock_file=str(folder / "clock"), **wishes)
    _build(settings, say)
    copy_build(folder / "web", settings.public_url)
    environment = _environment(settings, folder / "web")
    for command in (["alembic", "upgrade", "head"], ["dimoslive.seeds", *([] if has_demo else ["town"])]):
        done = subprocess.run(
            [sys.executable, "-m", *command], cwd=ROOT, env=environment, check=False, capture_output=True, text=True
        )
        if done.returncode:
            raise RuntimeError(f"{' '.join(command)} failed:\n{done.stderr}")
    OF_WORKER.mkdir(parents=True, exist_ok=True)
    log = OF_WORKER / ("demo.log" if has_demo else "server.log")
    with log.open("w") as output:
        # A session of its own: Reflex starts further processes, and all of them must end.
        server = subprocess.Popen(
            [sys.executable, "-m", "tests.browser.serve_built"],
            cwd=ROOT,
            env=environment,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        context = build(settings)
        try:
            _wait(server, f"http://localhost:{settings.port}", log, say)
            yield Site(settings.public_url, context, settings.mailbox_dir, clock)
        finally:
            context.db.dispose()
            _stop(server)


def _build(settings: Settings, say: Callable[[str], None]) -> None:
    # The same for all: of the provider the pages know no more than that there is one.
    provider = {"oidc_issuer": "https://accounts.example", "oidc_client_id": "x", "oidc_client_secret": SecretStr("x")}
    of_all = settings.model_copy(update=provider | {"public_url": f"http://{BUILT_FOR}"})
    build_once(_environment(of_all, BUILT), say)


def _settings(folder: Path, **wishes: Any) -> Settings:
    port = wishes.pop("port", None) or free_port()
    usual: dict[str, Any] = {
        "public_url": f"http://localhost:{port}",
        "database_url": f"sqlite:///{folder}/dimoslive.db",
        "mailbox_dir": folder / "mailbox",
    }
    return Settings(_env_file=None, env="development", port=port, **(usual | wishes))


def free_port() -> int:
    """One that nobody listens at."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def _environment(settings: Settings, web: Path) -> dict[str, str]:
    """All that is set, so that nothing comes from a developer's ``.env``."""
    ours = {
        f"DIMOSLIVE_{name.upper()}": str(value)
        for name, value in settings.model_dump().items()
        if name not in ("secret_key", "turn_secret", "gsis_client_secret", "oidc_client_secret", "smtp_url")
    }
    ours["DIMOSLIVE_SECRET_KEY"] = settings.secret_key.get_secret_value()
    ours["DIMOSLIVE_OIDC_CLIENT_SECRET"] = settings.oidc_client_secret.get_secret_value()
    ours["DIMOSLIVE_TURN_SECRET"] = settings.turn_secret.get_secret_value()
    scripts = Path(sys.executable).parent
    return {
        **os.environ,
        **ours,
        "PATH": f"{scripts}{os.pathsep}{os.environ['PATH']}",
        "REFLEX_USE_NPM": "1",
        "REFLEX_TELEMETRY_ENABLED": "false",
        "REFLEX_CHECK_LATEST_VERSION": "false",
        # The developer's own build stays as it is.
        "REFLEX_WEB_WORKDIR": str(web),
        "REFLEX_STATES_WORKDIR": str(web / "states"),
    }


def _wait(server: subprocess.Popen, url: str, log: Path, say: Callable[[str], None]) -> None:
    began = time.monotonic()
    while (waited := time.monotonic() - began) < START_WITHIN:
        if server.poll() is not None:
            raise RuntimeError(f"the server ended:\n{_tail(log)}")
        try:
            if httpx2.get(f"{url}/api/health", timeout=2).is_success:
                say(f"the site answers at {url} after {waited:.0f} s")
                return
        except httpx2.TransportError:
            pass
        time.sleep(0.5)
    raise RuntimeError(f"no answer from {url} in {START_WITHIN} s:\n{_tail(log)}")


def _tail(log: Path) -> str:
    return "\n".join(log.read_text(errors="replace").splitlines()[-40:])


def _stop(server: subprocess.Popen) -> None:
    for how in (signal.SIGTERM, signal.SIGKILL):
        try:
            os.killpg(server.pid, how)
            server.wait(timeout=10)
        except ProcessLookupError:
            return
        except subprocess.TimeoutExpired:
            continue


if __name__ == "__main__":
    _build(_settings(RESULTS), print)
