"""Until when a key works, and when its people are warned."""

from datetime import date, timedelta

import pytest

from dimoslive.domain.keys.lifetime import KeyStatus, Lifetime, end_of_day
from tests.support.builders import at

MADE, ENDS = at("2026-11-20 10:00"), end_of_day(date(2027, 3, 28))
SECOND = timedelta(seconds=1)


def test_a_key_works_to_the_end_of_its_last_day_whatever_the_clocks_do_in_that_night() -> None:
    assert at("2027-03-29 00:00") == ENDS
    life = Lifetime(MADE, ENDS)
    assert life.status(ENDS - SECOND) is KeyStatus.ACTIVE
    assert life.status(ENDS) is KeyStatus.EXPIRED


def test_one_that_was_revoked_works_no_more() -> None:
    assert Lifetime(MADE, ENDS, revoked_at=MADE).status(MADE) is KeyStatus.REVOKED


@pytest.mark.parametrize(
    ("left", "warning"),
    [(31, 0), (30, 30), (8, 30), (7, 7), (2, 7), (1, 1), (0, 1)],
)
def test_of_its_end_is_warned_thirty_seven_and_one_day_before(left: int, warning: int) -> None:
    assert Lifetime(MADE, ENDS).warning(ENDS - timedelta(days=left)) == warning


def test_one_that_was_never_used_is_unused_since_it_was_made() -> None:
    later = MADE + timedelta(days=180)
    assert Lifetime(MADE, ENDS).unused_for(later) == timedelta(days=180)
    assert Lifetime(MADE, ENDS, last_used_at=later - SECOND).unused_for(later) == SECOND
