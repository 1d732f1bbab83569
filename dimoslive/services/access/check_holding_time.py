"""For how long a person may hold times in vain."""

from datetime import datetime

from sqlmodel import Session

from dimoslive.db.queries.holds import held_in_vain
from dimoslive.domain.booking.draft import HELD_WITHIN, MAX_HELD, may_hold_from
from dimoslive.domain.errors import (
    HeldTooLong,
)
from dimoslive.domain.people.principals import Citizen


def check_holding_time(tx: Session, principal: Citizen, now: datetime, begins_at: datetime) -> None:
    """Raises `HeldTooLong` if ten minutes from ``begins_at`` on would be more than a person may hold in vain."""
    may_from = may_hold_from(held_in_vain(tx, principal.id, now - HELD_WITHIN), begins_at)
    if may_from > begins_at:
        raise HeldTooLong(may_from, minutes=int(MAX_HELD.total_seconds() // 60))
