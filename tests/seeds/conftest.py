"""The databases of these tests."""

from tests.support.database import databases, db, postgresql_server, sqlite_db, sqlite_files

__all__ = ["databases", "db", "postgresql_server", "sqlite_db", "sqlite_files"]
