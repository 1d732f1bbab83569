"""What a desk said of its delay, as it concerns one booking."""

from datetime import datetime, timedelta

from dimoslive.db.tables.desk import DeskDelayRow
from dimoslive.domain.desk.delays import delay_for


def delay_of(row: DeskDelayRow | None, starts_at: datetime) -> timedelta:
    """By how much the desk is later than this start, as far as anybody said so."""
    return delay_for(starts_at, row.minutes, row.stated_at, row.until) if row else timedelta()
