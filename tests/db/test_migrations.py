"""The migrations make the tables that the models describe, and can be undone."""

import pytest
from alembic import command
from alembic.util.exc import CommandError
from sqlalchemy import Engine, inspect
from sqlmodel import SQLModel

from tests.support.database import alembic_config, migrate


def test_migrations_lead_up_and_down_and_up_again(empty_db: Engine) -> None:
    migrate(empty_db)
    made = _tables(empty_db)
    assert made == set(SQLModel.metadata.tables) | {"alembic_version"}
    migrate(empty_db, "base")
    assert _tables(empty_db) == {"alembic_version"}
    migrate(empty_db)
    assert _tables(empty_db) == made


def test_migrations_make_what_the_models_describe(db: Engine) -> None:
    check(db)


def test_the_check_notices_a_table_that_no_migration_makes(db: Engine) -> None:
    with db.begin() as connection:
        connection.exec_driver_sql("DROP TABLE claim")
    with pytest.raises(CommandError, match="New upgrade operations detected"):
        check(db)


def check(db: Engine) -> None:
    """What ``alembic check`` does."""
    with db.connect() as connection:
        config = alembic_config()
        config.attributes["connection"] = connection
        command.check(config)


def _tables(db: Engine) -> set[str]:
    return set(inspect(db).get_table_names())
