"""Whatever changes a booking writes it down, and tells the open days of the desk, in the one transaction."""

from datetime import date, datetime
from typing import NamedTuple

from sqlmodel import Session

from dimoslive.db.engine import announce
from dimoslive.db.queries.history import add_event
from dimoslive.db.rows.history import Facts
from dimoslive.db.tables.booking import BookingRow
from dimoslive.db.tables.desk import BookingEventRow
from dimoslive.domain.scheduling.local_time import ATHENS, local_day


class DayChange(NamedTuple):
    """What open days hear of: no personal data, and nothing to show; they read the day again."""

    municipality_id: int
    day: date
    kind: str
    reference: str


def record_change(
    tx: Session,
    row: BookingRow,
    before: Facts,
    action: str,
    now: datetime,
    *,
    official_id: int | None = None,
    reason: str = "",
) -> BookingEventRow:
    """Write the change down and announce it; ``before`` are the facts as they were, the row is as it is now."""
    row.version += 1
    tx.add(row)
    event = add_event(tx, row, before, action, now, official_id, reason)
    announce_day(tx, row, action)
    was_at = before["starts_at"]
    if was_at and local_day(datetime.fromisoformat(was_at), ATHENS) != local_day(row.starts_at, ATHENS):
        _announce(tx, row, datetime.fromisoformat(was_at), action)
    return event


def announce_day(tx: Session, row: BookingRow, kind: str) -> None:
    """Something of the booking's day is to be read again, though its history has nothing to tell."""
    _announce(tx, row, row.starts_at, kind)


def _announce(tx: Session, row: BookingRow, at: datetime, kind: str) -> None:
    announce(tx, DayChange(row.municipality_id, local_day(at, ATHENS), kind, row.reference))
