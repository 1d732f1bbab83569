"""The databases of these tests."""

from tests.seeds.demo_day import at_ten, fresh, made, made_at
from tests.support.database import databases, db, postgresql_server, sqlite_db, sqlite_files

__all__ = ["at_ten", "databases", "db", "fresh", "made", "made_at", "postgresql_server", "sqlite_db", "sqlite_files"]
