"""Counting knocks at a door."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlmodel import Session, col

from dimoslive.db.tables.limit import AttemptsRow


def count_attempt(tx: Session, door: str, who: str, now: datetime, stretch: timedelta) -> int:
    """Count one more knock and return how many there were in this stretch of time."""
    insert: Any = postgresql_insert if tx.get_bind().dialect.name == "postgresql" else sqlite_insert
    statement = insert(AttemptsRow).values(door=door, who=who[:80], stretch=stretch_of(now, stretch), count=1)
    statement = statement.on_conflict_do_update(
        index_elements=["door", "who", "stretch"], set_={"count": col(AttemptsRow.count) + 1}
    )
    return int(tx.scalar(statement.returning(col(AttemptsRow.count))) or 0)


def stretch_of(instant: datetime, length: timedelta) -> int:
    """The number, since the epoch, of the stretch of that length in which the instant lies."""
    return int(instant.timestamp() // length.total_seconds())


def forget_attempts(tx: Session, door: str, before_stretch: int) -> None:
    """Remove counts of stretches that are over."""
    tx.execute(delete(AttemptsRow).where(col(AttemptsRow.door) == door, col(AttemptsRow.stretch) < before_stretch))
