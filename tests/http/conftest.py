"""A town and its site, as a developer runs it."""

from pathlib import Path

import pytest
from sqlalchemy import Engine

from tests.http.site import Site, development
from tests.support.database import sqlite_db, sqlite_files
from tests.support.world import Town, a_town

__all__ = ["sqlite_db", "sqlite_files"]


@pytest.fixture
def town(sqlite_db: Engine) -> Town:
    """A municipality with one service, one desk, and Eleni."""
    return a_town(sqlite_db)


@pytest.fixture
def site(town: Town, tmp_path: Path) -> Site:
    """The town's site in development, under http."""
    return Site(town, development(tmp_path))
