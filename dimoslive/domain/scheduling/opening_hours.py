"""When a service is open: weekly hours, dated exceptions, national holidays."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time

from dimoslive.domain.scheduling.holidays import is_national_holiday
from dimoslive.domain.scheduling.local_time import to_instant
from dimoslive.domain.scheduling.periods import Period, merge


@dataclass(frozen=True, slots=True)
class WeeklyHours:
    """Open every ``weekday`` (0 is Monday) from ``opens`` to ``closes``, local time; ``closes`` 00:00 is midnight."""

    weekday: int
    opens: time
    closes: time
    valid_from: date | None = None
    valid_until: date | None = None

    def holds_on(self, day: date) -> bool:
        """Whether these hours apply on the day."""
        return (
            self.weekday == day.weekday()
            and (self.valid_from is None or self.valid_from <= day)
            and (self.valid_until is None or day <= self.valid_until)
        )


@dataclass(frozen=True, slots=True)
class DatedHours:
    """Hours of one date instead of the weekly ones, holiday or not; without times: closed that day."""

    on: date
    opens: time | None = None
    closes: time | None = None


def opening_periods(day: date, weekly: Sequence[WeeklyHours], dated: Sequence[DatedHours], zone: str) -> list[Period]:
    """The periods in which the service is open on a local day, in order. A dated entry outranks holiday and week."""
    exceptions = [hours for hours in dated if hours.on == day]
    if exceptions:
        walls = [(h.opens, h.closes) for h in exceptions if h.opens is not None and h.closes is not None]
    elif is_national_holiday(day):
        walls = []
    else:
        walls = [(hours.opens, hours.closes) for hours in weekly if hours.holds_on(day)]
    return merge(period for opens, closes in walls if (period := _on_the_clock(day, opens, closes, zone)))


def _on_the_clock(day: date, opens: time, closes: time, zone: str) -> Period | None:
    ends_on = date.fromordinal(day.toordinal() + 1) if closes == time() else day
    starts_at, ends_at = to_instant(day, opens, zone), to_instant(ends_on, closes, zone)
    # Hours that lie wholly inside the hour skipped in spring do not exist on that day.
    return Period(starts_at, ends_at) if starts_at < ends_at else None
