"""Counting attempts."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, delete
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlmodel import Session, col

from dimoslive.db.tables.limit import AttemptsRow


def _count_one_more(insert: Any) -> Any:
    statement = insert(AttemptsRow).values(
        {name: bindparam(name) for name in ("rate_limit", "who", "window")} | {"count": 1}
    )
    return statement.on_conflict_do_update(
        index_elements=["rate_limit", "who", "window"], set_={"count": col(AttemptsRow.count) + 1}
    ).returning(col(AttemptsRow.count))


# Built once: that takes longer than to run it.
_COUNT = {"postgresql": _count_one_more(postgresql_insert), "sqlite": _count_one_more(sqlite_insert)}


def count_attempt(tx: Session, limit: str, who: str, now: datetime, window: timedelta) -> int:
    """Count one more attempt and return how many there were in this window of time."""
    connection = tx.connection()
    attempt = {"rate_limit": limit, "who": who[:80], "window": window_of(now, window)}
    return int(connection.scalar(_COUNT[connection.dialect.name], attempt) or 0)


def window_of(instant: datetime, length: timedelta) -> int:
    """The number, since the epoch, of the window of that length in which the instant lies."""
    return int(instant.timestamp() // length.total_seconds())


def forget_attempts(tx: Session, limit: str, before_window: int) -> None:
    """Remove counts of windows that are over."""
    tx.execute(delete(AttemptsRow).where(col(AttemptsRow.rate_limit) == limit, col(AttemptsRow.window) < before_window))
