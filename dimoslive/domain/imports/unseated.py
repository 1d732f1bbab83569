"""Whose booking would be left without its place by another week, or by one way of being served less."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from dimoslive.domain.scheduling.local_time import local_day
from dimoslive.domain.scheduling.mode import Mode
from dimoslive.domain.scheduling.opening_hours import DatedHours, WeeklyHours, opening_periods
from dimoslive.domain.scheduling.periods import Period


@dataclass(frozen=True, slots=True)
class Week:
    """How a service is offered: in which modes, and when."""

    modes: Collection[Mode]
    hours: Sequence[WeeklyHours]

    def seats(self, period: Period, mode: Mode, dated: Sequence[DatedHours], zone: str) -> bool:
        """Whether a booking has its place in it."""
        day = local_day(period.starts_at, zone)
        open_then = opening_periods(day, self.hours, dated, zone)
        return mode in self.modes and any(
            one.starts_at <= period.starts_at and period.ends_at <= one.ends_at for one in open_then
        )


def count_unseated(
    bookings: Iterable[tuple[Period, Mode]], before: Week, after: Week, dated: Sequence[DatedHours], zone: str
) -> int:
    """How many have a place before and none after; who has none already is not asked about."""
    return sum(
        before.seats(period, mode, dated, zone) and not after.seats(period, mode, dated, zone)
        for period, mode in bookings
    )
