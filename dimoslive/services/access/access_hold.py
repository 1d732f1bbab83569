"""The held time of a citizen, locked."""

from datetime import datetime

from sqlmodel import Session

from dimoslive.db.queries.calendars import lock_reserve
from dimoslive.db.queries.holds import hold_of
from dimoslive.db.rows.booking import HeldTime
from dimoslive.domain.errors import (
    HoldExpired,
)


def access_hold(tx: Session, citizen_id: int, now: datetime) -> HeldTime:
    """The citizen's hold, locked; raises `HoldExpired`."""
    shown = hold_of(tx, citizen_id)
    if shown is not None:
        # In its last second it may count as over for somebody else, who would then give its place away twice.
        lock_reserve(tx, shown.service_id)
    hold = hold_of(tx, citizen_id, for_change=True)
    if hold is None or now >= hold.hold_expires_at:
        raise HoldExpired()
    return hold
