"""Percentiles are values that occurred, by nearest rank; of too few none is told."""

from collections import Counter
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dimoslive.domain.figures.percentiles import is_incomplete, median, nearest_rank, outer, share


@pytest.mark.parametrize(
    ("values", "percent", "expected"),
    [
        ((0, 2, 3, 9), 50, 2),
        ((0, 2, 3, 9), 90, 9),
        ((5, 8, 12, 15), 50, 8),
        ((7,), 10, 7),
        (range(1, 11), 10, 1),
        (range(1, 11), 90, 9),
        ((4, 4, 4, 4, 9), 50, 4),
        ((), 50, None),
    ],
)
def test_the_p_th_is_the_value_at_the_place_of_p_percent_rounded_up(
    values: tuple[int, ...], percent: int, expected: int | None
) -> None:
    assert nearest_rank(Counter(values), percent) == expected


@given(st.lists(st.integers(0, 600), min_size=1), st.integers(1, 100))
def test_it_is_the_first_value_that_so_many_percent_do_not_exceed(values: list[int], percent: int) -> None:
    found = nearest_rank(Counter(values), percent)
    assert found in values
    assert 100 * sum(value <= found for value in values) >= percent * len(values)
    assert 100 * sum(value < found for value in values) < percent * len(values)


def test_a_median_needs_five_values_and_an_outer_percentile_ten() -> None:
    assert (median(Counter(range(4))), median(Counter(range(5)))) == (None, 2)
    assert (outer(Counter(range(9)), 90), outer(Counter(range(10)), 90)) == (None, 8)


def test_shares_are_told_to_a_tenth_and_of_nothing_there_is_none() -> None:
    assert (share(1, 3), share(3, 5), share(0, 0)) == (Decimal("33.3"), Decimal("60.0"), None)


def test_a_rate_is_incomplete_where_more_than_a_tenth_has_no_outcome() -> None:
    assert [is_incomplete(unrecorded, done) for unrecorded, done in ((1, 5), (1, 9), (2, 17), (0, 0))] == [
        True,
        False,
        True,
        False,
    ]
