"""A cancelled time comes back late, but never so late that nobody could use it."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from dimoslive.domain.scheduling.freed import MAX_DRAWN, last_to_book, left_over, public_at
from dimoslive.domain.scheduling.mode import Mode
from dimoslive.domain.scheduling.slots import ServiceRules
from tests.support.builders import at, utc

ALL = tuple(Mode)
VIDEO = (Mode.VIDEO,)


def back_at(
    freed: str, start: str, modes: tuple[Mode, ...] = ALL, *, drawn: timedelta = MAX_DRAWN, **rules: Any
) -> datetime:
    return public_at([(ServiceRules(**rules), mode) for mode in modes], at(start), at(freed), drawn)


def test_plain() -> None:
    drawn = timedelta(minutes=7)
    assert back_at("2026-11-24 10:00:00", "2026-11-26 11:00", drawn=drawn) == at("2026-11-24 10:17:00")


def test_too_short() -> None:
    # W = 20 min
    assert back_at("2026-11-26 09:10", "2026-11-26 11:30", VIDEO) == at("2026-11-26 09:10")


def test_just_long_enough() -> None:
    # W = 65 min
    drawn, start = timedelta(minutes=19, seconds=30), "2026-11-26 11:05"
    back = back_at("2026-11-26 08:00", start, VIDEO, drawn=drawn)
    assert back == at("2026-11-26 08:29:30")
    last = last_to_book(ServiceRules(), Mode.VIDEO, at(start))
    assert last - back == timedelta(minutes=35, seconds=30), "before the last moment"


def test_by_the_clock() -> None:
    # Summer time: the clock shows less, the time is later.
    freed = utc("2026-10-25 00:50")
    assert freed == at("2026-10-25 03:50")
    back = public_at([(ServiceRules(), mode) for mode in Mode], at("2026-10-27 10:00"), freed, timedelta(minutes=10))
    assert back == utc("2026-10-25 01:10")


def test_an_hour_is_too_short_and_a_minute_more_is_not() -> None:
    assert back_at("2026-11-26 08:00", "2026-11-26 11:00", VIDEO) == at("2026-11-26 08:00")
    assert back_at("2026-11-26 08:00", "2026-11-26 11:05", VIDEO) == at("2026-11-26 08:30")


def test_the_mode_that_can_be_booked_longest_decides() -> None:
    # In person until midnight, by video until 7:00.
    assert back_at("2026-11-25 23:30", "2026-11-26 09:00") == at("2026-11-26 00:00")
    assert back_at("2026-11-25 23:30", "2026-11-26 09:00", (Mode.IN_PERSON,)) == at("2026-11-25 23:30")


def test_where_nobody_serves_the_time_is_free_at_once() -> None:
    assert back_at("2026-11-24 10:00", "2026-11-26 11:00", ()) == at("2026-11-24 10:00")


@pytest.mark.parametrize(
    ("days", "start", "last"),
    [
        (0, "2026-11-26 11:00", "2026-11-26 09:00"),
        (1, "2026-11-26 11:00", "2026-11-26 00:00"),
        (2, "2026-11-26 11:00", "2026-11-25 00:00"),
        # Over a weekend: Friday is the last working day before Monday.
        (1, "2026-11-30 09:00", "2026-11-30 00:00"),
        (2, "2026-11-30 09:00", "2026-11-27 00:00"),
        # On a Saturday no notice of one working day ends: Friday has it, and Thursday asks for it.
        (1, "2026-11-28 09:00", "2026-11-27 00:00"),
        # The clock goes forward in the night before.
        (1, "2026-03-30 09:00", "2026-03-30 00:00"),
    ],
)
def test_until_when_a_start_can_be_booked_in_person(days: int, start: str, last: str) -> None:
    assert last_to_book(ServiceRules(notice_working_days=days), Mode.IN_PERSON, at(start)) == at(last)


def test_what_a_new_place_keeps_is_not_freed() -> None:
    assert left_over(range(10, 14), range(0)) == [range(10, 14)]
    assert left_over(range(10, 14), range(10, 14)) == []
    assert left_over(range(10, 14), range(12, 16)) == [range(10, 12)]
    assert left_over(range(10, 14), range(8, 12)) == [range(12, 14)]
    assert left_over(range(10, 14), range(11, 12)) == [range(10, 11), range(12, 14)]
    assert left_over(range(10, 14), range(20, 24)) == [range(10, 14)]
