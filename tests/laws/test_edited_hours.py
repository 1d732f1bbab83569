from collections.abc import Sequence
from datetime import date, time, timedelta

from hypothesis import given
from hypothesis import strategies as st

from dimoslive.domain.errors import InvalidDetails
from dimoslive.domain.scheduling.edited_hours import (
    Warned,
    capacity_of_week,
    check_weekly,
    warnings_of_hours,
)
from dimoslive.domain.scheduling.local_time import ATHENS
from dimoslive.domain.scheduling.opening_hours import WeeklyHours, opening_periods
from dimoslive.domain.scheduling.slots import ServiceRules

TODAY = date(2026, 11, 24)
WALLS = st.builds(time, st.integers(0, 23), st.sampled_from(range(0, 60, 5)))
DATES = st.none() | st.builds(lambda ahead: TODAY + timedelta(days=ahead), st.integers(-10, 30))
HOURS = st.builds(WeeklyHours, st.integers(0, 1), WALLS, WALLS, DATES, DATES)
FIVES = st.integers(1, 12).map(lambda fives: fives * 5)


def is_right(hours: Sequence[WeeklyHours], duration_minutes: int = 5) -> bool:
    try:
        check_weekly(hours, duration_minutes, TODAY)
    except InvalidDetails:
        return False
    return True


@given(st.lists(HOURS, max_size=5))
def test_accepted_hours_are_open_for_as_long_as_they_say(hours: list[WeeklyHours]) -> None:
    if not is_right(hours):
        return
    for day in (TODAY + timedelta(days=ahead) for ahead in range(14)):
        said = [one for one in hours if one.holds_on(day)]
        minutes = sum(_minute(one.closes) - _minute(one.opens) for one in said)
        minutes += 24 * 60 * len([one for one in said if one.closes == time()])
        is_open = sum((period.length for period in opening_periods(day, hours, [], ATHENS)), timedelta())
        assert is_open == timedelta(minutes=minutes)
        assert len(said) <= 4


@given(st.lists(HOURS, max_size=4), st.permutations(range(4)))
def test_whether_hours_are_right_does_not_depend_on_their_order(hours: list[WeeklyHours], order: list[int]) -> None:
    assert is_right(hours) == is_right([hours[place] for place in order if place < len(hours)])


@given(WALLS, WALLS, FIVES, st.integers(0, 12).map(lambda fives: fives * 5))
def test_leftover_minutes_are_those_that_the_engine_leaves_unused(
    opens: time, closes: time, duration: int, pause: int
) -> None:
    step = duration + pause
    hours, rules = [WeeklyHours(0, opens, closes)], ServiceRules(duration_minutes=duration, step_minutes=step)
    if not is_right(hours, duration):
        return
    left = [one.minutes for one in warnings_of_hours(hours, rules, TODAY) if one.what is Warned.LEFTOVER]
    minutes = (_minute(closes) or 24 * 60) - _minute(opens)
    starts = capacity_of_week(hours, rules, 1, TODAY).places
    # The next start would lie inside the hours, and its appointment would not end in them.
    assert left == ([minutes - starts * step] if minutes > starts * step else [])


@given(st.lists(HOURS, max_size=4), FIVES, st.integers(0, 3), st.integers(0, 3))
def test_more_desks_make_as_many_times_more_places_and_the_reserve_takes_them(
    hours: list[WeeklyHours], step: int, desks: int, reserve: int
) -> None:
    rules = ServiceRules(step_minutes=step, staff_reserve=reserve)
    one = capacity_of_week(hours, ServiceRules(step_minutes=step), 1, TODAY)
    several = capacity_of_week(hours, rules, desks, TODAY)
    offered = max(0, desks - reserve)
    assert (several.places, several.most_an_hour) == (one.places * offered, one.most_an_hour * offered)


def _minute(wall: time) -> int:
    return wall.hour * 60 + wall.minute
