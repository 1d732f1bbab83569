"""The town of these tests, in each database."""

import pytest
from sqlalchemy import Engine

from tests.support.database import databases, db, postgresql_db, postgresql_server, sqlite_db, sqlite_files
from tests.support.world import Town, a_town

__all__ = ["databases", "db", "postgresql_db", "postgresql_server", "sqlite_db", "sqlite_files"]


@pytest.fixture
def town(db: Engine) -> Town:
    """A municipality with one service, one desk, and Eleni."""
    return a_town(db)
