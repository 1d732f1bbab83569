from datetime import UTC, date, time, timedelta

import pytest

from dimoslive.domain.scheduling.local_time import (
    ATHENS,
    day_period,
    days_period,
    is_known_zone,
    local_day,
    offset_label,
    same_clock,
    to_instant,
    to_local,
)
from tests.support.builders import AUTUMN, SPRING, TUESDAY, at, utc


def test_athens_is_two_hours_ahead_in_winter_and_three_in_summer() -> None:
    assert to_instant(TUESDAY, time(8, 30), ATHENS) == utc("2026-11-24 06:30")
    assert to_instant(date(2026, 6, 2), time(8, 30), ATHENS) == utc("2026-06-02 05:30")


def test_an_instant_is_in_utc_whatever_the_zone() -> None:
    assert {to_instant(TUESDAY, time(9), zone).tzinfo for zone in (ATHENS, "UTC", "Asia/Kolkata")} == {UTC}


@pytest.mark.parametrize("wall", [time(3), time(3, 1), time(3, 30), time(3, 30, 30), time(3, 59), time(4)])
def test_a_wall_time_that_the_spring_skips_means_the_first_instant_after_the_jump(wall: time) -> None:
    assert to_instant(SPRING, wall, ATHENS) == utc("2026-03-29 01:00")


def test_a_wall_time_that_the_autumn_shows_twice_means_the_first() -> None:
    assert to_instant(AUTUMN, time(3), ATHENS) == utc("2026-10-25 00:00")
    assert to_instant(AUTUMN, time(3, 30), ATHENS) == utc("2026-10-25 00:30")
    assert to_instant(AUTUMN, time(4), ATHENS) == utc("2026-10-25 02:00")


@pytest.mark.parametrize(
    ("zone", "day", "wall", "instant"),
    [
        # The zone counts winter as the exception; the first reading is still the earlier instant.
        ("Africa/Casablanca", date(2026, 2, 15), time(2, 30), "2026-02-15 01:30"),
        ("Europe/Dublin", date(2026, 10, 25), time(1, 30), "2026-10-25 00:30"),
        # Half an hour's jump.
        ("Australia/Lord_Howe", date(2026, 10, 4), time(2, 15), "2026-10-03 15:30"),
        # Midnight itself is skipped.
        ("Asia/Beirut", date(2026, 3, 29), time(0), "2026-03-28 22:00"),
    ],
)
def test_the_rule_for_gaps_and_folds_holds_in_every_zone(zone: str, day: date, wall: time, instant: str) -> None:
    assert to_instant(day, wall, zone) == utc(instant)


def test_the_local_day_is_the_one_of_the_zone_not_of_utc() -> None:
    late = utc("2026-11-24 22:30")
    assert local_day(late, ATHENS) == date(2026, 11, 25)
    assert local_day(late, "America/New_York") == TUESDAY


@pytest.mark.parametrize(("day", "hours"), [(SPRING, 23), (AUTUMN, 25), (TUESDAY, 24)])
def test_a_day_has_23_or_25_hours_when_the_clock_changes(day: date, hours: int) -> None:
    assert day_period(day, ATHENS).length == timedelta(hours=hours)


def test_days_reach_from_the_first_midnight_to_the_end_of_the_last() -> None:
    month = days_period(date(2026, 11, 1), date(2026, 11, 30), ATHENS)
    assert (month.starts_at, month.ends_at) == (at("2026-11-01 00:00"), at("2026-12-01 00:00"))


@pytest.mark.parametrize(
    ("instant", "zone", "label"),
    [
        ("2026-06-02 07:00", ATHENS, "UTC+03:00"),
        ("2026-11-24 07:00", ATHENS, "UTC+02:00"),
        ("2026-11-24 07:00", "UTC", "UTC+00:00"),
        ("2026-11-24 07:00", "Asia/Kolkata", "UTC+05:30"),
        ("2026-11-24 07:00", "America/St_Johns", "UTC-03:30"),
    ],
)
def test_the_offset_shown_is_the_one_that_holds_on_that_date(instant: str, zone: str, label: str) -> None:
    assert offset_label(utc(instant), zone) == label


def test_two_zones_show_the_same_clock_only_while_their_offsets_agree() -> None:
    assert same_clock(utc("2026-11-24 07:00"), ATHENS, "Europe/Helsinki")
    assert not same_clock(utc("2026-11-24 07:00"), ATHENS, "Europe/Berlin")
    # Egypt keeps summer time five days longer than Greece in 2026.
    assert same_clock(utc("2026-10-20 07:00"), ATHENS, "Africa/Cairo")
    assert not same_clock(utc("2026-10-27 07:00"), ATHENS, "Africa/Cairo")


@pytest.mark.parametrize("name", ["Europe/Athens", "UTC", "Asia/Calcutta"])
def test_a_zone_of_the_tz_database_is_known(name: str) -> None:
    assert is_known_zone(name)


@pytest.mark.parametrize("name", ["", "Athens", "europe/athens", "../../etc/passwd", "Europe/Athens\n", "UTC+2"])
def test_any_other_zone_name_is_not(name: str) -> None:
    assert not is_known_zone(name)


def test_to_local_shows_the_second_three_oclock_of_the_autumn_too() -> None:
    shown = [to_local(utc(f"2026-10-25 0{hour}:30"), ATHENS).strftime("%H:%M") for hour in (0, 1, 2)]
    assert shown == ["03:30", "03:30", "04:30"]
