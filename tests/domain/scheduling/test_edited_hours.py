from collections.abc import Iterable
from dataclasses import replace
from datetime import date, time, timedelta

import pytest

from dimoslive.domain.errors import InvalidDetails, InvalidInput
from dimoslive.domain.scheduling.edited_hours import (
    MAX_INTERVALS,
    Capacity,
    HoursWarning,
    Warned,
    as_weekly,
    capacity_of_day,
    capacity_of_week,
    check_dated,
    check_weekly,
    is_over,
    warnings_of_hours,
)
from dimoslive.domain.scheduling.opening_hours import WeeklyHours
from dimoslive.domain.scheduling.slots import ServiceRules
from tests.support.builders import on, weekly

TODAY = date(2026, 11, 24)
CHRISTMAS_EVE, CHRISTMAS = date(2026, 12, 24), date(2026, 12, 25)


def monday(hours: str, valid_from: date | None = None, valid_until: date | None = None) -> list[WeeklyHours]:
    return [replace(one, valid_from=valid_from, valid_until=valid_until) for one in weekly(hours, [0])]


def problems(hours: Iterable[WeeklyHours], duration_minutes: int = 10) -> list[tuple[str, str]]:
    try:
        check_weekly(list(hours), duration_minutes, TODAY)
    except InvalidDetails as refused:
        return [(problem.field, problem.code) for problem in refused.problems]
    return []


class TestEveryWeek:
    def test_usual_hours_are_right(self) -> None:
        assert problems(weekly()) == []

    def test_hours_may_touch_each_other_and_end_at_midnight(self) -> None:
        assert problems(monday("08:00-12:00 12:00-15:00 22:00-00:00")) == []

    def test_hours_stand_on_five_minutes(self) -> None:
        assert problems(monday("08:32-15:00 16:00-18:07")) == [
            ("opens-0", "not_in_fives"),
            ("closes-1", "not_in_fives"),
        ]

    @pytest.mark.parametrize("hours", ["15:00-08:30", "09:00-09:00"])
    def test_hours_end_after_they_begin(self, hours: str) -> None:
        assert problems(monday(hours)) == [("closes-0", "closes_before_opens")]

    def test_hours_are_as_long_as_an_appointment(self) -> None:
        assert problems(monday("09:00-09:25"), duration_minutes=30) == [("closes-0", "shorter_than_duration")]
        assert problems(monday("09:00-09:30"), duration_minutes=30) == []

    def test_of_an_overlap_both_intervals_are_named(self) -> None:
        with pytest.raises(InvalidDetails) as refused:
            check_weekly(weekly("08:30-13:00 12:00-15:00", [2]), 10, TODAY)
        [problem] = refused.value.problems
        assert (problem.field, problem.code) == ("opens-1", "intervals_overlap")
        assert problem.params == {"weekday": 2, "first": "8:30–13:00", "second": "12:00–15:00"}

    def test_hours_up_to_midnight_overlap_too(self) -> None:
        assert problems(monday("20:00-00:00 23:00-23:30")) == [("opens-1", "intervals_overlap")]

    def test_the_same_hours_of_two_weekdays_do_not_overlap(self) -> None:
        assert problems(weekly("08:30-15:00", [0, 1])) == []

    def test_hours_of_two_seasons_do_not_overlap_until_they_share_a_day(self) -> None:
        winter = monday("08:30-15:00", valid_until=date(2027, 4, 30))
        assert problems(winter + monday("07:30-14:00", valid_from=date(2027, 5, 1))) == []
        assert problems(winter + monday("07:30-14:00", valid_from=date(2027, 4, 30))) == [
            ("opens-1", "intervals_overlap")
        ]

    def test_validity_ends_after_it_begins(self) -> None:
        hours = monday("08:30-15:00", date(2027, 1, 2), date(2027, 1, 1))
        assert problems(hours) == [("valid_until-0", "until_before_from")]

    def test_a_day_has_at_most_four_intervals(self) -> None:
        five = "08:00-09:00 10:00-11:00 12:00-13:00 14:00-15:00 16:00-17:00"
        assert problems(monday(five)) == [("opens-4", "too_many_a_day")]
        assert problems(monday(five[:-12])) == []

    def test_intervals_of_two_seasons_are_not_one_day_s(self) -> None:
        three = "08:00-09:00 10:00-11:00 12:00-13:00"
        end = date(2027, 5, 1)
        assert problems(monday(three, valid_until=end) + monday(three, valid_from=end + timedelta(days=1))) == []

    def test_what_is_over_never_blocks(self) -> None:
        old = monday("15:00-08:30", valid_until=TODAY - timedelta(days=1))
        assert problems([*old, *monday("08:30-15:00")]) == []
        assert problems([*monday("08:30-15:00", valid_until=TODAY), *monday("09:00-10:00")]) != []
        assert [is_over(one, TODAY) for one in old] == [True]

    def test_there_is_an_end_to_intervals(self) -> None:
        many = [
            WeeklyHours(0, time(8), time(9), day := TODAY + timedelta(days=ahead), day)
            for ahead in range(MAX_INTERVALS + 1)
        ]
        assert ("opens-200", "too_many_intervals") in problems(many)
        assert problems(many[:-1]) == []


class TestWarnings:
    RULES = ServiceRules(duration_minutes=10, step_minutes=30)

    def warned(self, hours: str, rules: ServiceRules = RULES) -> list[HoursWarning]:
        return warnings_of_hours(monday(hours), rules, TODAY)

    def test_the_last_minutes_are_named_when_they_are_too_few(self) -> None:
        assert self.warned("08:30-14:35") == [HoursWarning(0, Warned.LEFTOVER, 5)]

    @pytest.mark.parametrize("hours", ["08:30-15:00", "08:30-14:40", "08:30-14:55"])
    def test_nothing_is_said_when_an_appointment_ends_the_hours_or_fits_in(self, hours: str) -> None:
        assert self.warned(hours) == []

    def test_more_than_twelve_hours_are_asked_about(self) -> None:
        assert self.warned("08:00-20:30") == [HoursWarning(0, Warned.LONG, 750)]
        assert self.warned("08:00-20:00") == []

    def test_what_is_over_is_not_warned_of(self) -> None:
        over = monday("08:30-14:35", valid_until=TODAY - timedelta(days=1))
        assert warnings_of_hours(over, self.RULES, TODAY) == []


class TestPlaces:
    RULES = ServiceRules()

    def test_the_drawing_s_week_has_126_places_and_4_an_hour(self) -> None:
        season = (date(2026, 12, 1), date(2027, 2, 26))
        afternoon = [replace(one, valid_from=season[0], valid_until=season[1]) for one in weekly("16:00-19:00", [2])]
        hours = [
            *weekly("08:30-15:00", [0, 3]),
            *weekly("09:00-14:00", [1]),
            *weekly("08:30-13:00", [2]),
            *afternoon,
            *weekly("08:30-14:35", [4]),
        ]
        assert capacity_of_week(hours, self.RULES, 2, TODAY) == Capacity(126, 4)
        assert capacity_of_week(weekly(), self.RULES, 2, TODAY) == Capacity(130, 4)

    def test_seasons_are_not_added_up(self) -> None:
        end = date(2027, 5, 1)
        hours = monday("08:00-10:00", valid_until=end) + monday("07:00-10:00", valid_from=end + timedelta(days=1))
        assert capacity_of_week(hours, self.RULES, 1, TODAY) == Capacity(6, 2)

    def test_places_kept_for_staff_are_none(self) -> None:
        assert capacity_of_week(weekly(), ServiceRules(staff_reserve=1), 2, TODAY) == Capacity(65, 2)
        assert capacity_of_week(weekly(), ServiceRules(staff_reserve=2), 2, TODAY) == Capacity(0, 0)

    def test_without_hours_or_desks_there_are_none(self) -> None:
        assert capacity_of_week([], self.RULES, 2, TODAY) == Capacity(0, 0)
        assert capacity_of_week(weekly(), self.RULES, 0, TODAY) == Capacity(0, 0)

    def test_the_drawing_s_day_has_14_places_and_even_a_holiday_has_its_own(self) -> None:
        for day in (CHRISTMAS_EVE, CHRISTMAS):
            assert capacity_of_day(as_weekly(on(day, "08:30-12:00")), self.RULES, 2).places == 14
        assert capacity_of_day(as_weekly(on(CHRISTMAS_EVE)), self.RULES, 2).places == 0
        assert capacity_of_day(monday("08:30-12:00", CHRISTMAS, CHRISTMAS), self.RULES, 2).places == 14


class TestByDate:
    def check(self, day: date, hours: str = "", *, ticked: bool = False) -> None:
        check_dated(day, on(day, hours), 10, TODAY, opens_on_holiday=ticked)

    @pytest.mark.parametrize("ahead", [0, 1, 400])
    def test_from_today_to_400_days_ahead(self, ahead: int) -> None:
        self.check(date.fromordinal(TODAY.toordinal() + ahead), "08:30-12:00", ticked=True)

    @pytest.mark.parametrize(("ahead", "code"), [(-1, "date_is_past"), (401, "date_too_far")])
    def test_and_no_other_date(self, ahead: int, code: str) -> None:
        with pytest.raises(InvalidInput) as refused:
            self.check(TODAY + timedelta(days=ahead), "08:30-12:00")
        assert (refused.value.field, refused.value.code) == ("date", code)

    def test_on_a_holiday_opening_wants_a_tick_and_closing_none(self) -> None:
        with pytest.raises(InvalidInput) as refused:
            self.check(CHRISTMAS, "08:30-12:00")
        assert refused.value.code == "holiday_not_ticked"
        self.check(CHRISTMAS, "08:30-12:00", ticked=True)
        self.check(CHRISTMAS)

    def test_its_intervals_are_checked_as_those_of_a_week(self) -> None:
        with pytest.raises(InvalidDetails) as refused:
            self.check(CHRISTMAS_EVE, "08:30-12:00 11:00-11:05")
        assert [problem.code for problem in refused.value.problems] == ["shorter_than_duration", "intervals_overlap"]
