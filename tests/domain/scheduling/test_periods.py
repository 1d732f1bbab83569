from datetime import UTC, datetime, timedelta, timezone

import pytest

from dimoslive.domain.scheduling.periods import Period, merge, subtract
from tests.support.builders import a_period, at

MORNING = a_period("2026-11-24 09:00", "12:00")


def test_a_period_cannot_be_empty() -> None:
    with pytest.raises(ValueError, match="ends after"):
        Period(at("2026-11-24 09:00"), at("2026-11-24 09:00"))


def test_a_period_cannot_end_before_it_starts() -> None:
    with pytest.raises(ValueError, match="ends after"):
        Period(at("2026-11-24 10:00"), at("2026-11-24 09:00"))


@pytest.mark.parametrize("zone", [None, timezone(timedelta(hours=2))], ids=["naive", "local"])
def test_a_period_is_made_of_utc_instants_alone(zone: timezone | None) -> None:
    start = datetime(2026, 11, 24, 9, tzinfo=zone)
    with pytest.raises(ValueError, match="UTC"):
        Period(start, start + timedelta(hours=1))


def test_touching_periods_do_not_overlap() -> None:
    assert not MORNING.overlaps(a_period("2026-11-24 12:00", "13:00"))
    assert not a_period("2026-11-24 12:00", "13:00").overlaps(MORNING)


def test_periods_that_share_one_minute_overlap() -> None:
    assert MORNING.overlaps(a_period("2026-11-24 11:59", "13:00"))
    assert a_period("2026-11-24 11:59", "13:00").overlaps(MORNING)


def test_a_period_contains_itself_and_what_lies_inside_but_nothing_that_sticks_out() -> None:
    assert MORNING.contains(MORNING)
    assert MORNING.contains(a_period("2026-11-24 09:30", "10:00"))
    assert not MORNING.contains(a_period("2026-11-24 11:30", "12:01"))
    assert not MORNING.contains(a_period("2026-11-24 08:59", "09:30"))


def test_clipping_keeps_the_part_inside_the_window() -> None:
    assert MORNING.clipped_to(a_period("2026-11-24 11:00", "15:00")) == a_period("2026-11-24 11:00", "12:00")
    assert MORNING.clipped_to(a_period("2026-11-24 12:00", "15:00")) is None


def test_merging_joins_overlapping_and_touching_periods_and_sorts() -> None:
    periods = [
        a_period("2026-11-24 13:00", "14:00"),
        a_period("2026-11-24 10:00", "12:00"),
        a_period("2026-11-24 09:00", "10:00"),
        a_period("2026-11-24 11:00", "11:30"),
    ]
    assert merge(periods) == [a_period("2026-11-24 09:00", "12:00"), a_period("2026-11-24 13:00", "14:00")]


def test_subtracting_a_hole_inside_leaves_both_sides() -> None:
    assert subtract([MORNING], [a_period("2026-11-24 10:00", "10:30")]) == [
        a_period("2026-11-24 09:00", "10:00"),
        a_period("2026-11-24 10:30", "12:00"),
    ]


def test_subtracting_a_hole_that_covers_a_period_leaves_nothing() -> None:
    assert subtract([MORNING], [a_period("2026-11-24 08:00", "13:00")]) == []


def test_subtracting_a_touching_hole_changes_nothing() -> None:
    assert subtract([MORNING], [a_period("2026-11-24 12:00", "13:00")]) == [MORNING]


def test_length_is_counted_on_instants() -> None:
    assert a_period("2026-03-29 02:30", "04:30").length == timedelta(hours=1)
    assert Period(datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 1, 2, tzinfo=UTC)).length == timedelta(days=1)
