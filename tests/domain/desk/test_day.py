"""Who waits for whom, and which desk is late: the examples of the tiles."""

from datetime import datetime, timedelta

import pytest

from dimoslive.domain.booking.statuses import BookingStatus
from dimoslive.domain.desk.day import DayBooking, Delay, count_due, find_waiting, fits, measure_delay, worst_delay
from dimoslive.domain.scheduling.mode import Mode
from dimoslive.domain.scheduling.periods import Period
from tests.support.builders import at

S = BookingStatus


def a_row(wall: str, status: BookingStatus = S.BOOKED, *, desk: int = 1, arrived: str = "") -> DayBooking:
    starts_at = clock(wall)
    return DayBooking(
        1, wall, status, Mode.IN_PERSON, Period(starts_at, starts_at + timedelta(minutes=10)), 1, desk,
        arrived_at=clock(arrived) if arrived else None,
    )  # fmt: skip


def clock(wall: str) -> datetime:
    return at(f"2026-11-24 {wall:0>5}")


def test_whoever_comes_forty_minutes_early_overtakes_nobody() -> None:
    rows = [a_row("10:40", S.WAITING, arrived="9:50"), a_row("10:00", S.WAITING, arrived="10:01")]
    assert [one.booking.reference for one in find_waiting(rows, clock("10:02"))] == ["10:00", "10:40"]


@pytest.mark.parametrize(
    ("rows", "minutes"),
    [
        ([], 0),
        ([a_row("9:30", S.WAITING)], 32),
        # A person who has not come makes no desk late.
        ([a_row("9:30")], 0),
        ([a_row("9:30"), a_row("9:50", S.WAITING)], 12),
        ([a_row("9:30"), a_row("9:50", S.IN_SERVICE)], 32),
        ([a_row("9:30", S.SERVED), a_row("9:40", S.NO_SHOW)], 0),
        # An hour after its end nobody waits for it any more.
        ([a_row("8:40", S.WAITING)], 0),
        ([a_row("10:30", S.WAITING, arrived="9:50")], 0),
    ],
)
def test_a_desk_is_late_by_its_earliest_booking_that_is_waited_for(rows: list[DayBooking], minutes: int) -> None:
    assert measure_delay(rows, clock("10:02")) == timedelta(minutes=minutes)


def test_the_worst_desk_counts_and_what_is_stated_if_it_is_more() -> None:
    rows = [a_row("9:50", S.WAITING), a_row("9:40", S.WAITING, desk=2)]
    now = clock("10:00")
    assert worst_delay(rows, {}, now) == Delay(2, timedelta(minutes=20), is_stated=False)
    assert worst_delay(rows, {1: timedelta(minutes=30)}, now) == Delay(1, timedelta(minutes=30), is_stated=True)
    assert worst_delay(rows, {2: timedelta(minutes=15)}, now) == Delay(2, timedelta(minutes=20), is_stated=False)
    assert worst_delay([], {3: timedelta(minutes=5)}, now) == Delay(3, timedelta(minutes=5), is_stated=True)
    assert worst_delay([], {}, now) is None


def test_what_is_held_or_cancelled_is_not_due() -> None:
    assert count_due(a_row("9:00", status) for status in S) == 6


def test_a_booking_fits_that_lies_in_the_hours_and_in_nothing_that_is_closed() -> None:
    hours = [Period(clock("8:30"), clock("12:00")), Period(clock("12:00"), clock("15:00"))]
    booking = Period(clock("11:55"), clock("12:05"))
    assert fits(booking, hours, [])
    assert not fits(booking, hours, [Period(clock("12:04"), clock("13:00"))])
    assert fits(booking, hours, [Period(clock("12:05"), clock("13:00"))])
    assert not fits(Period(clock("14:55"), clock("15:05")), hours, [])
