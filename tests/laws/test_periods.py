from datetime import datetime, timedelta
from itertools import pairwise
from random import Random

from hypothesis import example, given
from hypothesis import strategies as st

from dimoslive.domain.scheduling.periods import Period, merge, subtract
from tests.support.builders import utc

MIDNIGHT = utc("2026-11-24 00:00")


def minute(number: int) -> datetime:
    return MIDNIGHT + timedelta(minutes=number)


def span(start: int, length: int) -> Period:
    return Period(minute(start), minute(start + length))


A_PERIOD = st.builds(span, st.integers(0, 60), st.integers(1, 30))
PERIODS = st.lists(A_PERIOD, max_size=8)


def minutes(periods: list[Period]) -> set[datetime]:
    """The minutes that lie in any of the periods: the slow but evident view."""
    return {minute(n) for n in range(120) if any(p.starts_at <= minute(n) < p.ends_at for p in periods)}


def length(periods: list[Period]) -> timedelta:
    return sum((period.length for period in periods), timedelta())


@given(A_PERIOD, A_PERIOD)
def test_overlapping_is_mutual_and_means_a_shared_minute(one: Period, other: Period) -> None:
    assert one.overlaps(other) == other.overlaps(one) == bool(minutes([one]) & minutes([other]))


@given(A_PERIOD, A_PERIOD)
def test_containing_means_all_minutes(one: Period, other: Period) -> None:
    assert one.contains(other) == (minutes([other]) <= minutes([one]))


@given(A_PERIOD, A_PERIOD)
def test_clipping_keeps_the_shared_minutes(one: Period, window: Period) -> None:
    clipped = one.clipped_to(window)
    assert minutes([clipped] if clipped else []) == minutes([one]) & minutes([window])


@given(PERIODS)
def test_merging_changes_no_minute(periods: list[Period]) -> None:
    assert minutes(merge(periods)) == minutes(periods)


@given(PERIODS)
def test_merged_periods_are_in_order_and_apart(periods: list[Period]) -> None:
    merged = merge(periods)
    assert all(one.ends_at < other.starts_at for one, other in pairwise(merged))


@given(PERIODS)
def test_merging_twice_is_merging_once(periods: list[Period]) -> None:
    assert merge(merge(periods)) == merge(periods)


@given(PERIODS, st.randoms(use_true_random=False))
def test_merging_does_not_depend_on_the_order(periods: list[Period], chance: Random) -> None:
    shuffled = list(periods)
    chance.shuffle(shuffled)
    assert merge(shuffled) == merge(periods)


@given(PERIODS, PERIODS)
@example([span(0, 30)], [span(0, 30)])
@example([span(0, 30)], [span(30, 10)])
def test_subtracting_keeps_exactly_the_minutes_outside_the_holes(periods: list[Period], holes: list[Period]) -> None:
    assert minutes(subtract(periods, holes)) == minutes(periods) - minutes(holes)


@given(PERIODS, PERIODS)
def test_what_is_left_overlaps_no_hole(periods: list[Period], holes: list[Period]) -> None:
    assert not any(left.overlaps(hole) for left in subtract(periods, holes) for hole in holes)


@given(PERIODS, PERIODS)
def test_lengths_add_up(periods: list[Period], holes: list[Period]) -> None:
    left = subtract(periods, holes)
    cut_out = subtract(periods, left)
    assert length(left) + length(cut_out) == length(merge(periods))


@given(PERIODS, PERIODS)
def test_subtracting_twice_is_subtracting_once(periods: list[Period], holes: list[Period]) -> None:
    once = subtract(periods, holes)
    assert subtract(once, holes) == once
