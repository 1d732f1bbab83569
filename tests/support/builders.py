"""What tests say: values with only the words that matter. Wall times are Athens times of 2026."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from dimoslive.domain.booking.details import Details, ServedPerson
from dimoslive.domain.booking.draft import BookingDraft, Hold
from dimoslive.domain.scheduling.local_time import ATHENS, days_period, to_instant, to_local
from dimoslive.domain.scheduling.mode import Mode
from dimoslive.domain.scheduling.opening_hours import DatedHours, WeeklyHours
from dimoslive.domain.scheduling.periods import Period
from dimoslive.domain.scheduling.slots import ServiceCalendar, ServiceRules, Slot, free_slots, occupied_ticks, ticks

SPRING = date(2026, 3, 29)
"""The clock jumps from 3:00 to 4:00."""
AUTUMN = date(2026, 10, 25)
"""The clock goes back from 4:00 to 3:00."""
TUESDAY = date(2026, 11, 24)
LONG_BEFORE = timedelta(days=20)


def at(wall: str, zone: str = ATHENS) -> datetime:
    """The instant of a wall time: ``at("2026-11-24 09:10")``."""
    local = datetime.fromisoformat(wall)
    return to_instant(local.date(), local.time(), zone)


def utc(text: str) -> datetime:
    """The instant that UTC writes so: ``utc("2026-11-24 07:10")``."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def a_period(starts: str, ends: str) -> Period:
    """From wall time to wall time; an end without a date is on the same day."""
    return Period(at(starts), at(ends if "-" in ends else f"{starts[:10]} {ends}"))


def weekly(hours: str = "08:30-15:00", weekdays: Iterable[int] = range(5)) -> list[WeeklyHours]:
    """Hours of each of the weekdays: ``weekly("08:30-12:00 13:00-15:00")``."""
    return [WeeklyHours(weekday, opens, closes) for weekday in weekdays for opens, closes in _walls(hours)]


def on(day: date, hours: str = "") -> list[DatedHours]:
    """Hours of one date; without any: closed."""
    return [DatedHours(day, opens, closes) for opens, closes in _walls(hours)] or [DatedHours(day)]


def a_calendar(
    hours: str = "08:30-15:00",
    *,
    weekdays: Iterable[int] = range(5),
    dated: Iterable[DatedHours] = (),
    closed: Iterable[Period] = (),
    desks: int = 1,
    **rules: Any,
) -> ServiceCalendar:
    """The calendar of a service; without words, one of Kavala's with one desk, number 1."""
    return ServiceCalendar(
        rules=ServiceRules(**rules),
        weekly=weekly(hours, weekdays),
        dated=list(dated),
        closed=frozenset(tick for period in closed for tick in ticks(period.starts_at, period.ends_at)),
        busy={desk_id: set() for desk_id in range(1, desks + 1)},
    )


def booked(calendar: ServiceCalendar, starts_at: datetime, *, desk: int = 1) -> ServiceCalendar:
    """The same calendar with one booking more."""
    taken = calendar.busy[desk] | set(occupied_ticks(calendar.rules, starts_at))
    return replace(calendar, busy={**calendar.busy, desk: taken})


def absent(calendar: ServiceCalendar, away: Period, *, desk: int = 1) -> ServiceCalendar:
    """The same calendar with a desk away."""
    taken = calendar.busy[desk] | set(ticks(away.starts_at, away.ends_at))
    return replace(calendar, busy={**calendar.busy, desk: taken})


def slots_on(
    day: date, calendar: ServiceCalendar, *, mode: Mode = Mode.VIDEO, now: datetime | None = None
) -> list[Slot]:
    """The free slots of a local day, by default asked for long before."""
    window = days_period(day, day, calendar.rules.zone)
    return free_slots(calendar, mode, window, now or window.starts_at - LONG_BEFORE)


def walls(slots: Iterable[Slot]) -> list[str]:
    """When the slots start, on the clock of Athens: ``["08:30", …]``."""
    return [to_local(slot.starts_at, ATHENS).strftime("%H:%M") for slot in slots]


def a_hold(*, until: str = "2026-11-20 10:10", starts: str = "2026-11-24 09:00") -> Hold:
    """A time kept until a wall time."""
    begins = at(starts)
    return Hold("K7PM3XQ9", Period(begins, begins + timedelta(minutes=10)), at(until), extended=False)


def details(**words: Any) -> Details:
    """What Maria Papadopoulou, an invented person, typed."""
    usual: dict[str, Any] = {
        "served_person": ServedPerson.SELF,
        "name": "ΜΑΡΙΑ ΠΑΠΑΔΟΠΟΥΛΟΥ",
        "email": "maria@example.com",
        "phone": "+306912345678",
        "subject": "Πιστοποιητικό εντοπιότητας",
    }
    return Details(**(usual | words))


def a_draft(**words: Any) -> BookingDraft:
    """A draft in which all is chosen and held; name a part as None to leave it open."""
    usual: dict[str, Any] = {
        "municipality_id": 1,
        "service_id": 1,
        "mode": Mode.VIDEO,
        "hold": a_hold(),
        "details": details(),
    }
    return BookingDraft(**(usual | words))


def _walls(hours: str) -> list[tuple[time, time]]:
    spans = [span.split("-") for span in hours.split()]
    return [(time.fromisoformat(opens), time.fromisoformat(closes)) for opens, closes in spans]
