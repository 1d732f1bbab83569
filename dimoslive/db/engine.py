"""The database: one engine, and `transaction`, the only place that commits."""

import math
import os
import threading
import time
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager, nullcontext
from datetime import datetime
from functools import partial
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import InvalidatePoolError
from sqlalchemy.pool import ConnectionPoolEntry, PoolProxiedConnection
from sqlmodel import Session

# SQLite has one writer at a time. Threads of this process wait for it here instead of polling the file's lock against
# each other; the file's own lock (BEGIN IMMEDIATE) serves other processes.
_sqlite_writers: WeakKeyDictionary[Engine, threading.Lock] = WeakKeyDictionary()
_announcers: WeakKeyDictionary[Engine, Callable[[list[Any]], object]] = WeakKeyDictionary()
_clocks: WeakKeyDictionary[Engine, Callable[[], datetime]] = WeakKeyDictionary()
_ANNOUNCED = "announced"
_SYNCHRONOUS = "synchronous"
_RESTS_SINCE = "rests_since"
_PROCESSORS = os.cpu_count() or 1
_CONNECTIONS = min(max(4, _PROCESSORS * 2), _PROCESSORS + 4, 32)
"""Twice as many as processors, but no more than `asyncio.to_thread` has threads: more of them wait for each other, in
the interpreter and in the database.
"""
_LOOKS_AFTER = 1.0
"""Seconds of rest after which a connection may have been cut off unnoticed."""


def make_engine(url: str) -> Engine:
    """An engine for ``sqlite:///file`` or ``postgresql+psycopg://…``; connects on first use."""
    if url.startswith("sqlite"):
        # The one used last first: it has read the pages already, which the writes of others make it forget.
        engine = create_engine(
            url,
            pool_size=20,
            max_overflow=30,
            pool_use_lifo=True,
            connect_args={"timeout": 30},
            hide_parameters=True,
        )
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
        _sqlite_writers[engine] = threading.Lock()
        return engine
    # Nobody ever needs two: who finds all taken waits. The one used last first, since it has the statements prepared.
    engine = create_engine(url, pool_size=_CONNECTIONS, max_overflow=0, pool_use_lifo=True, hide_parameters=True)
    event.listen(engine, "connect", _prepare_postgresql)
    event.listen(engine, "checkin", _note_rest)
    event.listen(engine, "checkout", partial(_look_after_a_rest, engine))
    return engine


@contextmanager
def transaction(engine: Engine, *, is_durable: bool = True) -> Iterator[Session]:
    """A transaction that writes: committed at the end, rolled back on any error. What it `announce`s is said then.

    One that is not durable does not wait for the disk, and a power cut may undo it: for what nobody was promised for
    longer than minutes. A durable one after it brings both to the disk.
    """
    with _sqlite_writers.get(engine) or nullcontext(), _session(engine, writes=True, is_durable=is_durable) as tx:
        yield tx
        tx.commit()
        said = tx.info.pop(_ANNOUNCED, None)
    announcer = _announcers.get(engine)
    if said and announcer is not None:
        announcer(list(said))


def announce(tx: Session, message: Hashable) -> None:
    """Something to say when, and only if, the transaction is committed; the same is said once."""
    tx.info.setdefault(_ANNOUNCED, {})[message] = None


def keep_time(engine: Engine, now: Callable[[], datetime]) -> None:
    """From now on the engine's transactions know the time while they run (`moment`)."""
    _clocks[engine] = now


def moment(tx: Session, begun_at: datetime) -> datetime:
    """The time now, not when the transaction began: it may have waited long for a lock since."""
    now = _clocks.get(tx.connection().engine)
    return max(begun_at, now()) if now else begun_at


@contextmanager
def announcing(engine: Engine, announcer: Callable[[list[Any]], object]) -> Iterator[None]:
    """Meanwhile it is told, in the committing thread, what the engine's transactions announce."""
    _announcers[engine] = announcer
    try:
        yield
    finally:
        if _announcers.get(engine) is announcer:
            del _announcers[engine]


@contextmanager
def reading(engine: Engine) -> Iterator[Session]:
    """A transaction that only reads: one consistent view, nothing is written."""
    with _session(engine, writes=False) as tx:
        yield tx


@contextmanager
def _session(engine: Engine, *, writes: bool, is_durable: bool = True) -> Iterator[Session]:
    options: dict[str, Any] = {"writes": writes, "is_durable": is_durable}
    is_postgresql = engine.dialect.name == "postgresql"
    if is_postgresql and not writes:
        # As it is by default, each query would see what was committed since the one before.
        options |= {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
    with engine.connect().execution_options(**options) as connection:
        session = Session(bind=connection, expire_on_commit=False)
        try:
            if is_postgresql and not is_durable:
                # By the session: a transaction that the connection has begun itself is not the session's to commit.
                session.connection().exec_driver_sql("SET LOCAL synchronous_commit = off")
            yield session
            if is_postgresql and not writes:
                # A rollback makes the driver forget its prepared statements: each would be planned anew every time.
                session.commit()
        finally:
            session.close()


def _prepare_sqlite(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
    connection.isolation_level = None  # transactions are begun below, not by the driver
    cursor = connection.cursor()
    # Full: what was committed is on the disk, so a booking that was confirmed to a person survives a power cut.
    for pragma in ("journal_mode=wal", "synchronous=full", "busy_timeout=30000", "foreign_keys=on"):
        cursor.execute(f"pragma {pragma}")
    cursor.close()


def _prepare_postgresql(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
    """The same promise: a server set to answer before its disk does not do so for us."""
    cursor = connection.cursor()
    cursor.execute(
        "SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') = 'off'"
    )
    cursor.close()
    connection.commit()


def _note_rest(_connection: DBAPIConnection | None, entry: ConnectionPoolEntry) -> None:
    entry.info[_RESTS_SINCE] = time.monotonic()


def _look_after_a_rest(
    engine: Engine, connection: DBAPIConnection, entry: ConnectionPoolEntry, _: PoolProxiedConnection
) -> None:
    """Whether the server still knows the connection: asked every time, it would cost as much as a short query."""
    if time.monotonic() - entry.info.get(_RESTS_SINCE, math.inf) < _LOOKS_AFTER:
        return
    try:
        engine.dialect.do_ping(connection)
    except engine.dialect.loaded_dbapi.Error as error:
        # The others are older than what ended this one.
        raise InvalidatePoolError from error


def _begin_sqlite(connection: Connection) -> None:
    # A transaction that will write takes the lock at once: upgrading a read lock later can fail without waiting.
    options = connection.get_execution_options()
    writes = options.get("writes", True)
    if writes:
        _wait_for_disk(connection, "full" if options.get("is_durable", True) else "normal")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _wait_for_disk(connection: Connection, how: str) -> None:
    """The setting belongs to the driver's connection, which transactions of both kinds use in turn."""
    if connection.info.setdefault(_SYNCHRONOUS, "full") != how:
        connection.exec_driver_sql(f"pragma synchronous={how}")
        connection.info[_SYNCHRONOUS] = how
