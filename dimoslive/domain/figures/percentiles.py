"""Percentiles by nearest rank, of whole numbers that were counted: how often each value occurs."""

from collections import Counter
from collections.abc import Mapping
from decimal import Decimal
from math import ceil

Tally = Counter[int]
"""How often each value occurs."""
MIN_FOR_MEDIAN, MIN_FOR_OUTER = 5, 10
"""Of fewer values the median, or the 10th and 90th percentile, would say more of one person than of the service."""
INCOMPLETE_ABOVE = Decimal(10)
"""Percent of bookings of days past that nobody settled: above it a rate is called incomplete."""


def nearest_rank(values: Mapping[int, int], percent: int) -> int | None:
    """The value at place ⌈percent · n / 100⌉ of all in order; None of no values."""
    place, passed = ceil(percent * sum(values.values()) / 100), 0
    for value in sorted(values):
        passed += values[value]
        if passed >= max(place, 1):
            return value
    return None


def median(values: Tally) -> int | None:
    """The 50th percentile; None of fewer than five values."""
    return nearest_rank(values, 50) if values.total() >= MIN_FOR_MEDIAN else None


def outer(values: Tally, percent: int) -> int | None:
    """The 10th or the 90th; None of fewer than ten values."""
    return nearest_rank(values, percent) if values.total() >= MIN_FOR_OUTER else None


def share(part: int, whole: int) -> Decimal | None:
    """In percent, to a tenth; None of nothing."""
    return (Decimal(100 * part) / whole).quantize(Decimal("0.1")) if whole else None


def is_incomplete(unrecorded: int, done: int) -> bool:
    """Whether too many of the bookings of days past have no outcome."""
    found = share(unrecorded, unrecorded + done)
    return found is not None and found > INCOMPLETE_ABOVE
