"""Counting attempts."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlmodel import Session, col

from dimoslive.db.tables.limit import AttemptsRow


def count_attempt(tx: Session, limit: str, who: str, now: datetime, window: timedelta) -> int:
    """Count one more attempt and return how many there were in this window of time."""
    insert: Any = postgresql_insert if tx.get_bind().dialect.name == "postgresql" else sqlite_insert
    statement = insert(AttemptsRow).values(rate_limit=limit, who=who[:80], window=window_of(now, window), count=1)
    statement = statement.on_conflict_do_update(
        index_elements=["rate_limit", "who", "window"], set_={"count": col(AttemptsRow.count) + 1}
    )
    return int(tx.scalar(statement.returning(col(AttemptsRow.count))) or 0)


def window_of(instant: datetime, length: timedelta) -> int:
    """The number, since the epoch, of the window of that length in which the instant lies."""
    return int(instant.timestamp() // length.total_seconds())


def forget_attempts(tx: Session, limit: str, before_window: int) -> None:
    """Remove counts of windows that are over."""
    tx.execute(delete(AttemptsRow).where(col(AttemptsRow.rate_limit) == limit, col(AttemptsRow.window) < before_window))
