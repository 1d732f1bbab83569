"""For how long a person may hold times in vain."""

from collections.abc import Sequence
from datetime import datetime

from dimoslive.domain.booking.draft import MAX_HELD, may_hold_from
from dimoslive.domain.errors import (
    HeldTooLong,
)
from dimoslive.domain.scheduling.periods import Period


def check_holding_time(held_in_vain: Sequence[Period], begins_at: datetime) -> None:
    """Raises `HeldTooLong` if ten minutes from ``begins_at`` on would be more than a person may hold in vain."""
    may_from = may_hold_from(held_in_vain, begins_at)
    if may_from > begins_at:
        raise HeldTooLong(may_from, minutes=int(MAX_HELD.total_seconds() // 60))
