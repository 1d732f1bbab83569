from datetime import UTC, date, datetime, time, timedelta

import pytz
from hypothesis import example, given
from hypothesis import strategies as st

from dimoslive.domain.scheduling.local_time import (
    ATHENS,
    by_local_day,
    day_period,
    local_day,
    offset_at,
    offset_until,
    to_instant,
    to_local,
)
from tests.support.builders import AUTUMN, SPRING, utc

DAYS = st.dates(date(2026, 1, 1), date(2028, 12, 31))
WALLS = st.times().map(lambda wall: wall.replace(microsecond=0))
ZONES = st.sampled_from([ATHENS, "Europe/Dublin", "Africa/Casablanca", "America/St_Johns", "Asia/Kolkata", "UTC"])
ANY_ZONE = st.sampled_from(sorted(pytz.all_timezones))
ANY_INSTANT = st.datetimes(datetime(1971, 1, 1), datetime(2036, 12, 31)).map(lambda naive: utc(naive.isoformat()))


@given(DAYS, WALLS, ZONES)
@example(AUTUMN, time(3, 30), ATHENS)
@example(SPRING, time(3, 30), ATHENS)
@example(SPRING, time(2, 59, 59), ATHENS)
def test_the_clock_shows_the_wall_time_unless_it_was_skipped(day: date, wall: time, zone: str) -> None:
    shown = to_local(to_instant(day, wall, zone), zone).replace(tzinfo=None)
    asked = datetime.combine(day, wall)
    just_before = to_local(to_instant(day, wall, zone) - timedelta.resolution, zone).replace(tzinfo=None)
    assert shown == asked or just_before < asked < shown


@given(DAYS, WALLS, ZONES)
@example(AUTUMN, time(3), ATHENS)
@example(AUTUMN, time(3, 59), ATHENS)
def test_of_two_instants_with_the_same_wall_time_the_first_is_meant(day: date, wall: time, zone: str) -> None:
    instant = to_instant(day, wall, zone)
    asked = datetime.combine(day, wall)
    earlier = [instant - timedelta(minutes=back) for back in (30, 60, 120)]
    assert all(to_local(other, zone).replace(tzinfo=None) != asked for other in earlier)


@given(DAYS, WALLS, WALLS, ZONES)
@example(SPRING, time(3, 30), time(4), ATHENS)
@example(AUTUMN, time(3, 30), time(4), ATHENS)
def test_a_later_wall_time_is_never_an_earlier_instant(day: date, one: time, other: time, zone: str) -> None:
    earlier, later = sorted((one, other))
    assert to_instant(day, earlier, zone) <= to_instant(day, later, zone)


@given(DAYS, ZONES)
@example(SPRING, ATHENS)
@example(AUTUMN, ATHENS)
def test_the_days_of_a_zone_leave_no_gap_and_do_not_overlap(day: date, zone: str) -> None:
    assert day_period(day, zone).ends_at == day_period(day + timedelta(days=1), zone).starts_at


@given(st.datetimes(datetime(2026, 1, 1), datetime(2028, 12, 31)), ZONES)
@example(datetime(2026, 3, 29, 1), ATHENS)
@example(datetime(2026, 10, 25, 1), ATHENS)
def test_an_instant_lies_in_its_local_day(naive: datetime, zone: str) -> None:
    instant = utc(naive.isoformat())
    day = day_period(local_day(instant, zone), zone)
    assert day.starts_at <= instant < day.ends_at


@given(ANY_INSTANT, ANY_ZONE)
@example(utc("2026-03-29 00:59:59"), ATHENS)
@example(utc("2026-03-29 01:00"), ATHENS)
@example(utc("2026-10-25 00:59:59"), ATHENS)
@example(utc("2026-10-25 01:00"), ATHENS)
@example(utc("2026-12-31 23:59:59"), "America/New_York")
@example(utc("2027-01-01"), "Pacific/Kiritimati")
@example(utc("2011-12-30 10:00"), "Pacific/Apia")
def test_an_offset_is_the_librarys_and_holds_until_it_says_so(instant: datetime, zone: str) -> None:
    seconds = int(instant.timestamp())
    offset, until = offset_until(seconds, zone)
    assert offset == offset_at(seconds, zone)
    for at in (instant, datetime.fromtimestamp(until - 1, UTC)):
        assert to_local(at, zone).utcoffset() == timedelta(seconds=offset)
    assert until > seconds


@given(ANY_INSTANT, ANY_ZONE, st.integers(1, 400), st.sampled_from([5, 20, 60]))
@example(utc("2026-03-28 20:00"), ATHENS, 100, 20)
@example(utc("2026-10-24 20:00"), ATHENS, 100, 20)
def test_times_fall_on_the_days_that_the_library_tells(begin: datetime, zone: str, number: int, step: int) -> None:
    instants = [begin + timedelta(minutes=step * n) for n in range(number)]
    days = by_local_day([int(instant.timestamp()) for instant in instants], zone)
    assert list(days) == sorted({local_day(instant, zone) for instant in instants})
    found = [(day, datetime.fromtimestamp(start, UTC)) for day, starts in days.items() for start in starts]
    assert found == [(local_day(instant, zone), instant.replace(microsecond=0)) for instant in instants]
