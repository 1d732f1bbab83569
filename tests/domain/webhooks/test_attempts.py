"""When a receiver is tried again."""

from datetime import timedelta

import pytest

from dimoslive.domain.webhooks.attempts import (
    WAITS,
    Attempt,
    AttemptError,
    OffReason,
    off_reason,
    wait_before_next,
)
from tests.support.builders import at

NOW = at("2026-11-24 10:00")
REFUSED = Attempt(status=500, error=AttemptError.STATUS)


def busy(retry_after: str, status: int = 503) -> Attempt:
    return Attempt(status=status, error=AttemptError.STATUS, retry_after=retry_after)


def test_ten_attempts_within_about_75_hours() -> None:
    assert len(WAITS) + 1 == 10
    assert timedelta(hours=75) < sum(WAITS, timedelta()) < timedelta(hours=76)
    assert wait_before_next(10, REFUSED, seed=1, now=NOW) is None


def test_each_wait_is_a_tenth_longer_or_shorter_and_for_the_same_delivery_the_same() -> None:
    for attempts, usual in enumerate(WAITS, start=1):
        waits = {wait_before_next(attempts, REFUSED, seed=seed, now=NOW) for seed in range(100)}
        assert all(wait and 0.9 * usual <= wait <= 1.1 * usual for wait in waits)
        assert len(waits) > 90
        assert wait_before_next(attempts, REFUSED, seed=7, now=NOW) in waits


@pytest.mark.parametrize(
    ("retry_after", "wait"),
    [
        ("120", timedelta(minutes=2)),
        ("999999999999999999999", timedelta(hours=24)),
        ("Tue, 24 Nov 2026 09:00:00 GMT", timedelta(hours=1)),
        ("Tue, 24 Nov 2099 09:00:00 GMT", timedelta(hours=24)),
    ],
)
def test_a_busy_receiver_is_asked_again_when_it_says_within_a_day(retry_after: str, wait: timedelta) -> None:
    assert wait_before_next(1, busy(retry_after), seed=1, now=NOW) == wait
    assert wait_before_next(1, busy(retry_after, 429), seed=1, now=NOW) == wait


@pytest.mark.parametrize("retry_after", ["", "soon", "-5", "0", "Tue, 24 Nov 2020 09:00:00 GMT", "٥", "1.5"])
def test_what_cannot_be_read_as_a_wait_is_no_wish(retry_after: str) -> None:
    assert wait_before_next(1, busy(retry_after), seed=1, now=NOW) == wait_before_next(1, REFUSED, seed=1, now=NOW)


def test_only_429_and_503_may_ask_for_a_wait() -> None:
    assert wait_before_next(1, busy("120", 500), seed=1, now=NOW) == wait_before_next(1, REFUSED, seed=1, now=NOW)


def test_an_endpoint_is_switched_off_by_410_at_once_and_after_five_days_of_failures() -> None:
    gone = Attempt(status=410, error=AttemptError.STATUS)
    assert off_reason(gone, None, NOW) is OffReason.GONE
    assert off_reason(REFUSED, None, NOW) is None
    assert off_reason(REFUSED, NOW - timedelta(days=5, seconds=-1), NOW) is None
    assert off_reason(REFUSED, NOW - timedelta(days=5), NOW) is OffReason.FAILING
