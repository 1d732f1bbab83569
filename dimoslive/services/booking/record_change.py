"""Whatever changes a booking writes it down, and tells the desk's open days and programs, in the one transaction."""

from datetime import datetime

from sqlmodel import Session

from dimoslive.db.announcements import announce_day, announce_day_at
from dimoslive.db.engine import moment
from dimoslive.db.queries.history import add_event
from dimoslive.db.rows.history import Facts
from dimoslive.db.tables.booking import BookingRow
from dimoslive.domain.scheduling.local_time import ATHENS, local_day
from dimoslive.services.outbox.tell_programs import tell_programs


def record_change(
    tx: Session,
    row: BookingRow,
    before: Facts,
    action: str,
    now: datetime,
    *,
    official_id: int | None = None,
    api_key_id: int | None = None,
    reason: str = "",
) -> int:
    """Write the change down and announce it; ``before`` are the facts as they were, the row is as it is now.

    Returns the id of what was written down, by which it can be taken back.
    """
    row.version += 1
    # Whoever asks what changed since an instant has read all of before: nothing may appear there later.
    row.changed_at = moment(tx, now)
    tx.add(row)
    tell_programs(tx, row, before, now)
    event_id = add_event(tx, row, before, action, now, official_id, reason, api_key_id=api_key_id)
    announce_day(tx, row, action)
    was_at = before["starts_at"]
    if was_at and local_day(datetime.fromisoformat(was_at), ATHENS) != local_day(row.starts_at, ATHENS):
        announce_day_at(tx, row, datetime.fromisoformat(was_at), action)
    return event_id


__all__ = ["announce_day", "record_change"]
