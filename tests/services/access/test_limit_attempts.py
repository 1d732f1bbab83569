"""Something can be tried so often, and no oftener, by one person or address."""

from datetime import timedelta

import pytest

from dimoslive.domain.errors import TooManyAttempts
from dimoslive.services.access.limit_attempts import RateLimit, limit_attempts
from tests.support.world import Town


def test_beyond_the_limit_all_is_refused_until_the_time_is_over(town: Town) -> None:
    limit = RateLimit.BOOK.value
    for _ in range(limit.attempts):
        limit_attempts(town.context, RateLimit.BOOK, "citizen 1")
    with pytest.raises(TooManyAttempts) as refused:
        limit_attempts(town.context, RateLimit.BOOK, "citizen 1")
    assert refused.value.params == {"minutes": 10}
    town.clock.advance(seconds=limit.window.total_seconds())
    limit_attempts(town.context, RateLimit.BOOK, "citizen 1")


def test_others_and_other_limits_are_untouched(town: Town) -> None:
    for _ in range(RateLimit.BOOK.value.attempts):
        limit_attempts(town.context, RateLimit.BOOK, "citizen 1")
    with pytest.raises(TooManyAttempts):
        limit_attempts(town.context, RateLimit.BOOK, "citizen 1")
    limit_attempts(town.context, RateLimit.BOOK, "citizen 2")
    limit_attempts(town.context, RateLimit.HOLD, "citizen 1")


def test_every_limit_counts_for_itself() -> None:
    # Members of equal value would be one limit under two names.
    assert list(RateLimit.__members__.values()) == list(RateLimit)
    assert len({limit.value.name for limit in RateLimit}) == len(RateLimit.__members__)
    assert len({limit.value.name for limit in RateLimit}) == len(RateLimit)


def test_a_town_hall_behind_one_address_is_not_shut_out() -> None:
    assert RateLimit.SIGN_IN.value.attempts / (RateLimit.SIGN_IN.value.window / timedelta(minutes=1)) >= 10
