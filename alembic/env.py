"""Runs migrations on the database of the settings, or on the connection that a caller hands over."""

import importlib
import pkgutil

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
    with context.begin_transaction():
        context.run_migrations()


given = context.config.attributes.get("connection")
if given is not None:
    migrate(given)
else:
    with make_engine(load_settings().database_url).connect() as connection:
        migrate(connection)
        connection.commit()
