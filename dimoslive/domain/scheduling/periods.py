"""Half-open stretches of time, [start, end), always in UTC."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """From ``starts_at`` up to, not including, ``ends_at``. Touching periods do not overlap."""

    starts_at: datetime
    ends_at: datetime

    def __post_init__(self) -> None:
        if self.starts_at.tzinfo is not UTC or self.ends_at.tzinfo is not UTC:
            raise ValueError("a period is made of UTC instants")
        if self.ends_at <= self.starts_at:
            raise ValueError("a period ends after it starts")

    @property
    def length(self) -> timedelta:
        """How long it lasts."""
        return self.ends_at - self.starts_at

    def overlaps(self, other: "Period") -> bool:
        """Whether the two share an instant."""
        return self.starts_at < other.ends_at and other.starts_at < self.ends_at

    def contains(self, other: "Period") -> bool:
        """Whether the other lies wholly inside."""
        return self.starts_at <= other.starts_at and other.ends_at <= self.ends_at

    def clipped_to(self, window: "Period") -> "Period | None":
        """The part inside the window, if there is one."""
        if not self.overlaps(window):
            return None
        return Period(max(self.starts_at, window.starts_at), min(self.ends_at, window.ends_at))


def merge(periods: Iterable[Period]) -> list[Period]:
    """The same instants in the fewest periods, in order; touching ones become one."""
    merged: list[Period] = []
    for period in sorted(periods):
        if merged and period.starts_at <= merged[-1].ends_at:
            if period.ends_at > merged[-1].ends_at:
                merged[-1] = Period(merged[-1].starts_at, period.ends_at)
        else:
            merged.append(period)
    return merged


def subtract(periods: Iterable[Period], holes: Iterable[Period]) -> list[Period]:
    """The instants of ``periods`` that lie in none of ``holes``, in order."""
    rest = merge(periods)
    for hole in merge(holes):
        cut: list[Period] = []
        for period in rest:
            if not period.overlaps(hole):
                cut.append(period)
                continue
            if period.starts_at < hole.starts_at:
                cut.append(Period(period.starts_at, hole.starts_at))
            if hole.ends_at < period.ends_at:
                cut.append(Period(hole.ends_at, period.ends_at))
        rest = cut
    return rest
