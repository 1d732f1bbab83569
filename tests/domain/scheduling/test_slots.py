from datetime import date, time, timedelta
from itertools import pairwise
from typing import Any

import pytest

from dimoslive.domain.scheduling.local_time import ATHENS, days_period
from dimoslive.domain.scheduling.mode import Mode
from dimoslive.domain.scheduling.periods import Period
from dimoslive.domain.scheduling.slots import (
    TICK_SECONDS,
    ServiceRules,
    earliest_start,
    free_slots,
    last_open_day,
    next_release,
    occupied_ticks,
    ticks,
)
from tests.support.builders import (
    AUTUMN,
    SPRING,
    TUESDAY,
    a_calendar,
    a_period,
    absent,
    at,
    booked,
    on,
    slots_on,
    utc,
    walls,
)

NINE = at("2026-11-24 09:00")
HALF_PAST_NINE = at("2026-11-24 09:30")


class TestTheGrid:
    def test_kavala_offers_13_times_a_day_from_half_past_eight_to_half_past_two(self) -> None:
        times = walls(slots_on(TUESDAY, a_calendar()))
        assert len(times) == 13
        assert (times[0], times[1], times[-1]) == ("08:30", "09:00", "14:30")

    def test_kavala_offers_them_monday_to_friday(self) -> None:
        week = [TUESDAY + timedelta(days=offset) for offset in range(-1, 6)]
        assert [len(slots_on(day, a_calendar())) for day in week] == [13, 13, 13, 13, 13, 0, 0]

    def test_a_slot_is_a_utc_instant_as_long_as_the_service(self) -> None:
        first = slots_on(date(2026, 6, 2), a_calendar())[0]
        assert (first.starts_at, first.ends_at) == (utc("2026-06-02 05:30"), utc("2026-06-02 05:40"))

    def test_the_last_slot_ends_by_closing_time(self) -> None:
        assert walls(slots_on(TUESDAY, a_calendar(duration_minutes=30)))[-1] == "14:30"
        assert walls(slots_on(TUESDAY, a_calendar(duration_minutes=35)))[-1] == "14:00"

    def test_an_opening_shorter_than_the_service_offers_nothing(self) -> None:
        assert slots_on(TUESDAY, a_calendar("09:00-09:25", duration_minutes=30)) == []

    def test_starts_step_from_each_opening_anew(self) -> None:
        calendar = a_calendar("09:00-10:00 10:15-11:00", duration_minutes=15, step_minutes=30)
        assert walls(slots_on(TUESDAY, calendar)) == ["09:00", "09:30", "10:15", "10:45"]

    def test_step_and_duration_are_independent(self) -> None:
        assert walls(slots_on(TUESDAY, a_calendar("09:00-10:00", duration_minutes=30, step_minutes=15))) == [
            "09:00",
            "09:15",
            "09:30",
        ]

    def test_the_evening_reaches_to_midnight(self) -> None:
        assert walls(slots_on(TUESDAY, a_calendar("23:00-00:00", duration_minutes=30))) == ["23:00", "23:30"]

    @pytest.mark.parametrize(("day", "number"), [(SPRING, 6), (AUTUMN, 10), (AUTUMN + timedelta(days=7), 8)])
    def test_a_clock_change_repeats_and_skips_no_instant(self, day: date, number: int) -> None:
        slots = slots_on(day, a_calendar("01:00-05:00", weekdays=[6]))
        assert len(slots) == number
        gaps = {later.starts_at - slot.starts_at for slot, later in pairwise(slots)}
        assert gaps == {timedelta(minutes=30)}

    def test_in_spring_the_skipped_hour_is_not_offered(self) -> None:
        slots = slots_on(SPRING, a_calendar("01:00-05:00", weekdays=[6]))
        assert walls(slots) == ["01:00", "01:30", "02:00", "02:30", "04:00", "04:30"]

    def test_in_autumn_the_repeated_hour_is_offered_twice(self) -> None:
        slots = slots_on(AUTUMN, a_calendar("02:30-04:30", weekdays=[6]))
        assert walls(slots) == ["02:30", "03:00", "03:30", "03:00", "03:30", "04:00"]


class TestWhatIsTaken:
    def test_a_booked_time_is_not_offered_again(self) -> None:
        times = walls(slots_on(TUESDAY, booked(a_calendar(), NINE)))
        assert "09:00" not in times
        assert len(times) == 12

    def test_a_booking_that_ends_when_a_slot_starts_does_not_block_it(self) -> None:
        calendar = a_calendar("09:00-10:00", duration_minutes=30)
        assert walls(slots_on(TUESDAY, booked(calendar, NINE))) == ["09:30"]
        assert walls(slots_on(TUESDAY, booked(calendar, HALF_PAST_NINE))) == ["09:00"]

    def test_a_booking_off_the_grid_blocks_what_it_touches_and_no_more(self) -> None:
        calendar = booked(a_calendar("13:00-14:30", duration_minutes=15), at("2026-11-24 13:20"))
        assert walls(slots_on(TUESDAY, calendar)) == ["13:00", "14:00"]

    def test_the_buffer_after_keeps_the_next_time_free(self) -> None:
        calendar = a_calendar("09:00-10:30", duration_minutes=30, buffer_after_minutes=5)
        assert walls(slots_on(TUESDAY, booked(calendar, NINE))) == ["10:00"]

    def test_the_buffer_before_keeps_the_time_before_free(self) -> None:
        calendar = a_calendar("09:00-10:30", duration_minutes=30, buffer_before_minutes=5)
        assert walls(slots_on(TUESDAY, booked(calendar, HALF_PAST_NINE))) == []
        assert walls(slots_on(TUESDAY, booked(calendar, at("2026-11-24 10:00")))) == ["09:00"]

    def test_buffers_may_reach_beyond_opening_hours(self) -> None:
        calendar = a_calendar("09:00-10:00", duration_minutes=30, buffer_before_minutes=30, buffer_after_minutes=30)
        assert walls(slots_on(TUESDAY, calendar)) == ["09:00", "09:30"]

    def test_a_time_is_free_while_one_desk_is_and_names_the_free_ones(self) -> None:
        calendar = booked(a_calendar("09:00-09:30", desks=2), NINE, desk=1)
        assert [slot.desk_ids for slot in slots_on(TUESDAY, calendar)] == [(2,)]
        assert slots_on(TUESDAY, booked(calendar, NINE, desk=2)) == []

    def test_an_absent_desk_serves_nobody(self) -> None:
        calendar = absent(a_calendar("09:00-11:00", desks=2), a_period("2026-11-24 09:00", "10:00"), desk=2)
        assert [slot.desk_ids for slot in slots_on(TUESDAY, calendar)] == [(1,), (1,), (1, 2), (1, 2)]

    def test_a_service_without_a_desk_offers_nothing(self) -> None:
        assert slots_on(TUESDAY, a_calendar(desks=0)) == []

    def test_places_kept_for_staff_are_not_offered_to_citizens(self) -> None:
        calendar = a_calendar("09:00-09:30", desks=3, staff_reserve=1)
        for desk in (1, 2):
            assert walls(slots_on(TUESDAY, calendar)) == ["09:00"]
            calendar = booked(calendar, NINE, desk=desk)
        assert slots_on(TUESDAY, calendar) == []

    def test_a_reserve_of_all_desks_leaves_citizens_nothing(self) -> None:
        assert slots_on(TUESDAY, a_calendar(desks=2, staff_reserve=2)) == []


class TestClosedDays:
    def test_a_closure_removes_the_times_it_touches(self) -> None:
        calendar = a_calendar("09:00-11:00", duration_minutes=20, closed=[a_period("2026-11-24 09:40", "10:30")])
        assert walls(slots_on(TUESDAY, calendar)) == ["09:00", "10:30"]

    def test_a_closure_outranks_the_hours_of_a_date(self) -> None:
        calendar = a_calendar(
            dated=on(TUESDAY, "09:00-10:00"), closed=[a_period("2026-11-24 00:00", "2026-11-25 00:00")]
        )
        assert slots_on(TUESDAY, calendar) == []

    def test_a_national_holiday_offers_nothing_and_the_day_after_does(self) -> None:
        assert slots_on(date(2026, 10, 28), a_calendar()) == []
        assert len(slots_on(date(2026, 10, 29), a_calendar())) == 13

    def test_hours_of_a_date_open_a_saturday(self) -> None:
        saturday = date(2026, 11, 28)
        assert walls(slots_on(saturday, a_calendar(dated=on(saturday, "10:00-11:00")))) == ["10:00", "10:30"]


class TestNotice:
    @pytest.mark.parametrize("mode", [Mode.VIDEO, Mode.PHONE])
    def test_video_and_telephone_need_two_hours(self, mode: Mode) -> None:
        def first(now: str) -> str:
            return walls(slots_on(TUESDAY, a_calendar(), mode=mode, now=at(now)))[0]

        assert first("2026-11-24 07:00") == "09:00"
        assert first("2026-11-24 07:00:01") == "09:30"

    def test_a_part_of_a_second_counts(self) -> None:
        now = at("2026-11-24 07:00") + timedelta(microseconds=1)
        assert walls(slots_on(TUESDAY, a_calendar(), now=now))[0] == "09:30"

    @pytest.mark.parametrize(
        ("now", "first_day"),
        [
            ("2026-11-24 00:00", "2026-11-25"),
            ("2026-11-24 23:59", "2026-11-25"),
            ("2026-11-27 09:00", "2026-11-30"),
            ("2026-11-28 09:00", "2026-11-30"),
            ("2026-10-27 09:00", "2026-10-29"),
            # From Maundy Thursday over Good Friday and Easter Monday.
            ("2026-04-09 09:00", "2026-04-14"),
        ],
        ids=["midnight", "late", "Friday", "Saturday", "eve of a holiday", "Easter"],
    )
    def test_in_person_begins_on_the_next_working_day(self, now: str, first_day: str) -> None:
        assert earliest_start(ServiceRules(), Mode.IN_PERSON, at(now)) == at(f"{first_day} 00:00")

    def test_a_service_may_ask_for_more_working_days(self) -> None:
        rules = ServiceRules(notice_working_days=3)
        assert earliest_start(rules, Mode.IN_PERSON, at("2026-11-26 09:00")) == at("2026-12-01 00:00")

    def test_without_working_days_in_person_keeps_the_notice_of_video(self) -> None:
        rules = ServiceRules(notice_working_days=0, notice_minutes=60)
        now = at("2026-11-24 07:00")
        assert earliest_start(rules, Mode.IN_PERSON, now) == now + timedelta(hours=1)


class TestHorizon:
    def test_sixty_days_can_be_booked_once_the_day_is_released(self) -> None:
        assert last_open_day(ServiceRules(), at("2026-11-24 08:00")) == date(2027, 1, 23)

    def test_before_the_release_it_is_one_day_less(self) -> None:
        assert last_open_day(ServiceRules(), at("2026-11-24 07:59")) == date(2027, 1, 22)

    def test_the_last_day_is_offered_whole_and_the_next_one_not_at_all(self) -> None:
        calendar, now = a_calendar(horizon_days=7), at("2026-11-17 08:00")
        assert len(slots_on(TUESDAY, calendar, now=now)) == 13
        assert slots_on(TUESDAY + timedelta(days=1), calendar, now=now) == []

    def test_the_next_release_is_today_until_it_has_passed(self) -> None:
        assert next_release(ServiceRules(), at("2026-11-24 07:59")) == at("2026-11-24 08:00")
        assert next_release(ServiceRules(), at("2026-11-24 08:00")) == at("2026-11-25 08:00")

    def test_a_day_once_released_stays_open_when_the_clock_goes_back(self) -> None:
        rules = ServiceRules(release_at=time(3, 30), horizon_days=10)
        first, second = utc("2026-10-25 00:30"), utc("2026-10-25 01:10")
        assert last_open_day(rules, first) == last_open_day(rules, second) == date(2026, 11, 4)
        assert next_release(rules, second) == at("2026-10-26 03:30")

    def test_a_horizon_of_no_days_offers_today_alone(self) -> None:
        calendar = a_calendar(horizon_days=0, release_at=time(0), notice_minutes=0)
        now = at("2026-11-24 14:00")
        assert walls(slots_on(TUESDAY, calendar, now=now)) == ["14:00", "14:30"]
        assert slots_on(TUESDAY + timedelta(days=1), calendar, now=now) == []


class TestTheWindow:
    def test_a_slot_belongs_to_the_window_in_which_it_starts(self) -> None:
        window = a_period("2026-11-24 09:00", "10:00")
        assert walls(free_slots(a_calendar(), Mode.VIDEO, window, at("2026-11-20 09:00"))) == ["09:00", "09:30"]

    def test_a_window_in_the_past_is_empty(self) -> None:
        window = a_period("2026-11-24 08:00", "15:00")
        assert free_slots(a_calendar(), Mode.VIDEO, window, at("2026-11-25 09:00")) == []

    def test_a_window_that_ends_just_after_midnight_holds_the_slot_at_midnight(self) -> None:
        window = Period(at("2026-11-23 22:00"), at("2026-11-24 00:02"))
        calendar = a_calendar("00:00-02:00")
        assert walls(free_slots(calendar, Mode.VIDEO, window, at("2026-11-20 09:00"))) == ["00:00"]

    def test_a_month_without_a_change_has_its_working_days_times_13(self) -> None:
        november = days_period(date(2026, 11, 1), date(2026, 11, 30), ATHENS)
        assert len(free_slots(a_calendar(), Mode.VIDEO, november, at("2026-10-30 09:00"))) == 21 * 13


class TestTicks:
    def test_a_tick_is_five_minutes_counted_from_the_epoch(self) -> None:
        start = utc("2026-11-24 07:00")
        assert list(ticks(start, start + timedelta(minutes=10))) == [
            start.timestamp() // TICK_SECONDS,
            start.timestamp() // TICK_SECONDS + 1,
        ]

    def test_a_tick_that_is_only_touched_counts_whole(self) -> None:
        start = utc("2026-11-24 07:00")
        assert len(ticks(start + timedelta(minutes=4), start + timedelta(minutes=6))) == 2
        assert len(ticks(start, start + timedelta(minutes=5, microseconds=1))) == 2

    def test_touching_stretches_share_no_tick(self) -> None:
        rules = ServiceRules(duration_minutes=30)
        assert set(occupied_ticks(rules, NINE)).isdisjoint(occupied_ticks(rules, HALF_PAST_NINE))

    def test_a_booking_occupies_its_buffers_too(self) -> None:
        rules = ServiceRules(duration_minutes=10, buffer_before_minutes=5, buffer_after_minutes=10)
        assert occupied_ticks(rules, NINE) == ticks(at("2026-11-24 08:55"), at("2026-11-24 09:20"))


class TestTheRulesOfAService:
    def test_the_defaults_are_the_published_ones(self) -> None:
        rules = ServiceRules()
        assert (
            rules.duration_minutes,
            rules.step_minutes,
            rules.buffer_before_minutes,
            rules.buffer_after_minutes,
        ) == (10, 30, 0, 0)
        assert (rules.notice_minutes, rules.notice_working_days, rules.horizon_days) == (120, 1, 60)
        assert (rules.staff_reserve, rules.zone) == (0, ATHENS)

    @pytest.mark.parametrize(
        "wrong",
        [
            {"duration_minutes": 0},
            {"duration_minutes": 7},
            {"duration_minutes": -10},
            {"step_minutes": 0},
            {"step_minutes": 12},
            {"buffer_before_minutes": -5},
            {"buffer_after_minutes": 3},
            {"notice_minutes": -1},
            {"notice_working_days": -1},
            {"horizon_days": -1},
            {"staff_reserve": -1},
        ],
        ids=str,
    )
    def test_lengths_are_multiples_of_five_and_nothing_is_negative(self, wrong: dict[str, Any]) -> None:
        with pytest.raises(ValueError, match=next(iter(wrong))):
            ServiceRules(**wrong)
