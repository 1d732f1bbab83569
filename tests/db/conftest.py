"""The databases of these tests."""

from tests.support.database import databases, db, empty_db, postgresql_db, postgresql_server, sqlite_db, sqlite_files

__all__ = ["databases", "db", "empty_db", "postgresql_db", "postgresql_server", "sqlite_db", "sqlite_files"]
