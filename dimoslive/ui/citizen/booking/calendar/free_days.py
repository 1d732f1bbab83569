"""What a calendar page keeps of what it read, so that to look around asks nobody."""

from array import array
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple, Self

from dimoslive.domain.booking.draft import BookingDraft, Hold
from dimoslive.domain.scheduling.local_time import by_local_day
from dimoslive.services.draft.open_calendar import OpenTimes

FRESH_FOR = timedelta(seconds=10)
"""For so long a page may show what it has read. A press of a time is decided by the database in any case."""

Choice = tuple[int | None, str | None, str | None]


class FreeDays(NamedTuple):
    """The free times of a choice, day by day on the calendar of ``zone``, and the time that is held.

    A page's state is kept for each tab: the times of a day are packed, four bytes each.
    """

    read_at: datetime
    choice: Choice
    zone: str
    home: str
    last_open_day: date
    next_release_at: datetime
    hold: Hold | None
    packed: tuple[tuple[date, bytes], ...]

    @classmethod
    def of(cls, draft: BookingDraft, times: OpenTimes, zone: str, read_at: datetime) -> Self:
        """What was read at an instant."""
        return cls(
            read_at=read_at,
            choice=choice_of(draft),
            zone=zone,
            home=times.zone,
            last_open_day=times.last_open_day,
            next_release_at=times.next_release_at,
            hold=draft.hold,
            packed=_packed(by_local_day(times.starts, zone)),
        )

    def is_fresh(self, now: datetime) -> bool:
        """Whether it may still be shown."""
        is_held = self.hold is None or now < self.hold.expires_at
        return is_held and timedelta(0) <= now - self.read_at < FRESH_FOR

    def days(self) -> dict[date, Sequence[int]]:
        """The days with free times, in order, each with its times in seconds since the epoch."""
        return {day: array("I", times) for day, times in self.packed}

    def with_day(self, day: date, starts: list[int], hold: Hold | None) -> Self:
        """One day as it was read later, and what is held since."""
        days: dict[date, bytes] = dict(self.packed)
        days.pop(day, None)
        if starts:
            days[day] = array("I", starts).tobytes()
        return self._replace(hold=hold, packed=tuple(sorted(days.items())))

    def in_zone(self, zone: str) -> Self:
        """The same times on another calendar."""
        starts = [start for times in self.days().values() for start in times]
        return self._replace(zone=zone, packed=_packed(by_local_day(starts, zone)))


def choice_of(draft: BookingDraft) -> Choice:
    """What the free times are those of."""
    return draft.service_id, draft.mode, draft.moving


def _packed(days: dict[date, list[int]]) -> tuple[tuple[date, bytes], ...]:
    return tuple((day, array("I", starts).tobytes()) for day, starts in days.items())
