"""Runs migrations on the database of the settings, or on the connection that a caller hands over."""

import importlib
import pkgutil
from collections.abc import Iterator
from contextlib import contextmanager

from alembic import context
from sqlalchemy import Connection
from sqlmodel import SQLModel

import dimoslive.db.tables
from dimoslive.db.engine import make_engine
from dimoslive.settings import load_settings

# The imports fill SQLModel.metadata.
for module in pkgutil.iter_modules(dimoslive.db.tables.__path__, "dimoslive.db.tables."):
    importlib.import_module(module.name)


def migrate(connection: Connection) -> None:
    """Run the migrations that the command asked for."""
    context.configure(
        connection=connection,
        target_metadata=SQLModel.metadata,
        render_as_batch=connection.dialect.name == "sqlite",
        compare_type=True,
    )
    with _keys_unchecked(connection), context.begin_transaction():
        context.run_migrations()


@contextmanager
def _keys_unchecked(connection: Connection) -> Iterator[None]:
    """SQLite changes some columns by making the table anew; what refers to it must not mind meanwhile."""
    raw = connection.connection.driver_connection if connection.dialect.name == "sqlite" else None
    if raw is None:
        yield
        return
    # Not through SQLAlchemy, which would begin a transaction: inside one the word has no effect.
    raw.execute("PRAGMA foreign_keys=OFF")
    try:
        yield
        broken = raw.execute("PRAGMA foreign_key_check").fetchall()
        if broken:
            raise RuntimeError(f"after the migration {len(broken)} rows refer to what is not there: {broken[:5]}")
    finally:
        if not raw.in_transaction:
            raw.execute("PRAGMA foreign_keys=ON")


given = context.config.attributes.get("connection")
if given is not None:
    migrate(given)
else:
    with make_engine(load_settings().database_url).connect() as connection:
        migrate(connection)
        connection.commit()
