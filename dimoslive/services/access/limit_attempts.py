"""Rate limits of what anybody may ask: generous for a town hall behind one address, tight enough for a script."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum

from sqlmodel import Session

from dimoslive.context import AppContext
from dimoslive.db.engine import transaction
from dimoslive.db.queries.limits import count_attempt
from dimoslive.domain.errors import TooManyAttempts


@dataclass(frozen=True, slots=True)
class Limit:
    """So many attempts in a window of time."""

    name: str
    attempts: int
    window: timedelta


class RateLimit(Enum):
    """What is limited, for each person or address."""

    SIGN_IN = Limit("sign_in", 120, timedelta(minutes=10))
    HOLD = Limit("hold", 60, timedelta(minutes=10))
    BOOK = Limit("book", 20, timedelta(minutes=10))
    LINK = Limit("link", 120, timedelta(minutes=10))
    # Thirty pages of one town hall whose sockets do not open, each trying again every five seconds for all the time.
    MEETING = Limit("meeting", 3600, timedelta(minutes=10))
    # As many pages of officials, each with a socket of its own.
    DESK_LIVE = Limit("desk_live", 3600, timedelta(minutes=10))
    PROBE = Limit("probe", 800, timedelta(minutes=10))
    # Counted for each address mailed, over all persons: what is more waits, so that nobody's mailbox can be filled.
    MAIL = Limit("mail", 6, timedelta(minutes=10))
    MAIL_OF_A_DAY = Limit("mail_day", 30, timedelta(days=1))
    # Counted for each booking.
    SEND_AGAIN = Limit("send_again", 3, timedelta(days=1))
    SEARCH = Limit("search", 60, timedelta(minutes=10))
    # Counted for each endpoint: tests that somebody presses, and messages that are sent again.
    WEBHOOK_TEST = Limit("webhook_test", 20, timedelta(minutes=10))


def limit_attempts(context: AppContext, rate_limit: RateLimit, who: str) -> None:
    """Count an attempt; raises `TooManyAttempts` beyond the limit."""
    limit = rate_limit.value
    with transaction(context.db) as tx:
        # What is refused counts too.
        attempts = count(tx, rate_limit, who, context.clock.now())
    if attempts > limit.attempts:
        raise TooManyAttempts(minutes=int(limit.window.total_seconds() // 60))


def count_within(tx: Session, rate_limit: RateLimit, who: str, now: datetime) -> None:
    """The same inside a transaction, which keeps the count only if it is committed all the same."""
    limit = rate_limit.value
    if count(tx, rate_limit, who, now) > limit.attempts:
        raise TooManyAttempts(minutes=int(limit.window.total_seconds() // 60))


def count(tx: Session, rate_limit: RateLimit, who: str, now: datetime) -> int:
    """Count an attempt, whatever the limit; returns how many there were in its window."""
    limit = rate_limit.value
    return count_attempt(tx, limit.name, who, now, limit.window)
