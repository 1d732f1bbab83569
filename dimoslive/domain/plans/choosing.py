"""«Διαλέγει ο πολίτης»: of whom another time can be asked, and until when it is waited for."""

from datetime import datetime, timedelta

from dimoslive.domain.booking.booking import ChangeRules, check_can_move
from dimoslive.domain.booking.statuses import BookingStatus
from dimoslive.domain.errors import TooLate, TooManyMoves

ANSWERED_BEFORE = timedelta(hours=24)
"""So long before its start, what nobody moved is cancelled, and somebody phones."""
ASKED_BEFORE = timedelta(hours=48)
"""Whoever is asked has a day to answer."""


def can_choose(
    status: BookingStatus,
    starts_at: datetime,
    reschedule_count: int,
    rules: ChangeRules,
    now: datetime,
    *,
    has_account: bool,
) -> bool:
    """Whether the citizen can move it, a day before it too: by the account, and within the rules of the service."""
    if not has_account or starts_at - now < ASKED_BEFORE:
        return False
    try:
        check_can_move(status, starts_at, reschedule_count, starts_at - ANSWERED_BEFORE, rules)
    except (TooLate, TooManyMoves):
        return False
    return True
