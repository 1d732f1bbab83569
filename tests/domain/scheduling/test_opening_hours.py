from datetime import date, time, timedelta

import pytest

from dimoslive.domain.scheduling.local_time import ATHENS, day_period
from dimoslive.domain.scheduling.opening_hours import DatedHours, WeeklyHours, opening_periods
from dimoslive.domain.scheduling.periods import Period
from tests.support.builders import AUTUMN, SPRING, TUESDAY, a_period, on, utc, weekly

OHI_DAY = date(2026, 10, 28)


def periods_on(day: date, hours: list[WeeklyHours], dated: list[DatedHours] | None = None) -> list[Period]:
    return opening_periods(day, hours, dated or [], ATHENS)


def test_weekly_hours_hold_on_their_weekday_alone() -> None:
    hours = weekly("08:30-15:00", weekdays=[1])
    assert periods_on(TUESDAY, hours) == [a_period("2026-11-24 08:30", "15:00")]
    assert periods_on(TUESDAY + timedelta(days=1), hours) == []


def test_opening_hours_are_wall_time_in_summer_and_winter() -> None:
    winter, summer = (periods_on(day, weekly())[0] for day in (TUESDAY, date(2026, 6, 2)))
    assert (winter.starts_at, summer.starts_at) == (utc("2026-11-24 06:30"), utc("2026-06-02 05:30"))


def test_a_break_makes_two_periods_and_touching_hours_make_one() -> None:
    assert periods_on(TUESDAY, weekly("13:00-15:00 08:30-12:00")) == [
        a_period("2026-11-24 08:30", "12:00"),
        a_period("2026-11-24 13:00", "15:00"),
    ]
    assert periods_on(TUESDAY, weekly("08:30-12:00 12:00-15:00")) == [a_period("2026-11-24 08:30", "15:00")]


@pytest.mark.parametrize(("day", "open_days"), [(23, 0), (24, 1), (25, 1), (26, 1), (27, 0)])
def test_weekly_hours_hold_from_their_first_to_their_last_day_inclusive(day: int, open_days: int) -> None:
    hours = [
        WeeklyHours(weekday, time(9), time(12), valid_from=date(2026, 11, 24), valid_until=date(2026, 11, 26))
        for weekday in range(7)
    ]
    assert len(periods_on(date(2026, 11, day), hours)) == open_days


def test_a_national_holiday_is_closed() -> None:
    assert periods_on(OHI_DAY, weekly()) == []
    assert periods_on(OHI_DAY + timedelta(days=1), weekly()) != []


def test_hours_of_a_date_replace_the_weekly_ones() -> None:
    assert periods_on(TUESDAY, weekly(), on(TUESDAY, "10:00-11:00")) == [a_period("2026-11-24 10:00", "11:00")]


def test_hours_of_a_date_leave_other_days_alone() -> None:
    wednesday = TUESDAY + timedelta(days=1)
    assert periods_on(wednesday, weekly(), on(TUESDAY, "10:00-11:00")) == periods_on(wednesday, weekly())


def test_a_date_without_hours_is_closed() -> None:
    assert periods_on(TUESDAY, weekly(), on(TUESDAY)) == []


@pytest.mark.parametrize("end", [{"opens": time(9)}, {"closes": time(12)}])
def test_a_date_with_one_end_of_its_hours_alone_is_closed(end: dict[str, time]) -> None:
    assert periods_on(TUESDAY, weekly(), [DatedHours(TUESDAY, **end)]) == []


def test_hours_of_a_date_open_a_weekend_and_a_holiday() -> None:
    saturday = date(2026, 11, 28)
    assert periods_on(saturday, weekly(), on(saturday, "09:00-12:00")) == [a_period("2026-11-28 09:00", "12:00")]
    assert periods_on(OHI_DAY, weekly(), on(OHI_DAY, "09:00-12:00")) == [a_period("2026-10-28 09:00", "12:00")]


def test_midnight_opens_as_well_as_any_other_hour() -> None:
    assert periods_on(TUESDAY, [], on(TUESDAY, "00:00-06:00")) == [a_period("2026-11-24 00:00", "06:00")]


def test_closing_at_0000_means_the_end_of_the_day() -> None:
    assert periods_on(TUESDAY, weekly("20:00-00:00")) == [a_period("2026-11-24 20:00", "2026-11-25 00:00")]
    assert periods_on(TUESDAY, weekly("00:00-00:00")) == [day_period(TUESDAY, ATHENS)]


@pytest.mark.parametrize(("day", "hours"), [(SPRING, 3), (AUTUMN, 5), (AUTUMN + timedelta(days=7), 4)])
def test_hours_across_the_clock_change_are_as_long_as_the_clock_makes_them(day: date, hours: int) -> None:
    (opening,) = periods_on(day, weekly("01:00-05:00", weekdays=[6]))
    assert opening.length == timedelta(hours=hours)


def test_hours_wholly_inside_the_skipped_hour_do_not_exist() -> None:
    assert periods_on(SPRING, weekly("03:00-04:00", weekdays=[6])) == []
    assert periods_on(SPRING, weekly("03:15-03:45", weekdays=[6])) == []


def test_hours_that_begin_in_the_skipped_hour_begin_after_it() -> None:
    assert periods_on(SPRING, weekly("03:30-05:00", weekdays=[6])) == [a_period("2026-03-29 04:00", "05:00")]
