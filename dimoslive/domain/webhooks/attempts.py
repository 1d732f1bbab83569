"""When a receiver is tried again, and when it is given up."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from enum import StrEnum

WAITS = (
    timedelta(seconds=5),
    timedelta(minutes=5),
    timedelta(minutes=30),
    *(timedelta(hours=h) for h in (2, 5, 10, 14, 20, 24)),
)
"""Between attempts, each give or take a tenth: about 75 hours in all."""
MAX_ASKED_WAIT = timedelta(hours=24)
OFF_AFTER = timedelta(days=5)
"""Of nothing but failures."""
MAX_WAITING = 10_000
"""For one endpoint; older ones are dropped."""
LOG_KEPT = timedelta(days=30)
MAX_ANSWER_LENGTH = 1000
GONE = 410
_ASKS_TO_WAIT = frozenset({429, 503})


class AttemptError(StrEnum):
    """Why an attempt failed."""

    DNS = "dns"
    REFUSED_ADDRESS = "refused_address"
    CONNECT = "connect"
    TLS = "tls"
    TIMEOUT = "timeout"
    STATUS = "status"
    """It answered, but not by a 2xx."""
    TOO_LARGE = "too_large"


class OffReason(StrEnum):
    """Why an endpoint was switched off by itself."""

    GONE = "gone"
    FAILING = "failing"


@dataclass(frozen=True, slots=True)
class Attempt:
    """What came of one attempt. ``retry_after`` is the header, as it came."""

    status: int | None = None
    error: AttemptError | None = None
    answer: str = ""
    retry_after: str = ""
    duration_ms: int = 0

    @property
    def has_arrived(self) -> bool:
        """Only a 2xx counts."""
        return self.error is None


def wait_before_next(attempts: int, attempt: Attempt, *, seed: int, now: datetime) -> timedelta | None:
    """How long to wait after so many attempts; nothing after the last. ``seed`` spreads deliveries apart."""
    if attempts > len(WAITS):
        return None
    asked = asked_wait(attempt, now)
    return asked if asked is not None else WAITS[attempts - 1] * _spread(seed + attempts)


def asked_wait(attempt: Attempt, now: datetime) -> timedelta | None:
    """By a receiver that is busy: in seconds or as a date, up to a day."""
    if attempt.status not in _ASKS_TO_WAIT:
        return None
    text = attempt.retry_after.strip()[:60]
    if text.isascii() and text.isdecimal():
        wait = timedelta(seconds=min(int(text), int(MAX_ASKED_WAIT.total_seconds())))
    else:
        try:
            at = parsedate_to_datetime(text)
        except (ValueError, TypeError, OverflowError):
            return None
        wait = (at if at.tzinfo else at.replace(tzinfo=UTC)) - now
    return min(wait, MAX_ASKED_WAIT) if wait > timedelta() else None


def off_reason(attempt: Attempt, failing_since: datetime | None, now: datetime) -> OffReason | None:
    """Whether a failed attempt switches its endpoint off."""
    if attempt.status == GONE:
        return OffReason.GONE
    if failing_since is not None and now - failing_since >= OFF_AFTER:
        return OffReason.FAILING
    return None


def _spread(seed: int) -> float:
    """Between 0.9 and 1.1, scattered, and for the same seed the same."""
    return 0.9 + (seed * 2654435761 % 2**32) / 2**32 * 0.2
