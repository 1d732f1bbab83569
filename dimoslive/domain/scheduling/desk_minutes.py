"""For how long desks are open on a day, and how much of that citizens are offered; what is booked does not count."""

from collections.abc import Iterable
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from dimoslive.domain.scheduling.opening_hours import opening_periods
from dimoslive.domain.scheduling.slots import TICK_SECONDS, ServiceCalendar, ticks

TICK_MINUTES = TICK_SECONDS // 60


class DeskMinutes(NamedTuple):
    """Of one desk on one day. ``public_minutes`` are never more than ``open_minutes``."""

    open_minutes: int
    public_minutes: int


def desk_minutes(calendars: Iterable[ServiceCalendar], day: date) -> dict[int, DeskMinutes]:
    """Of each desk that serves one of the services; ``busy`` of a calendar says only where the desk is absent.

    A desk is open while one of its services is open and not closed, and the desk not absent: in ticks, so a day of the
    clock change has those that exist. Of the desks that are free for a service at a tick all but its places for staff
    are public; these are shared out evenly, and a desk of several services is as public as the most public of them.
    """
    shares: dict[int, dict[int, Fraction]] = {}
    for calendar in calendars:
        for desk_id in calendar.busy:
            shares.setdefault(desk_id, {})
        for tick in _open_ticks(calendar, day):
            free = [desk_id for desk_id, absent in calendar.busy.items() if tick not in absent]
            share = Fraction(max(0, len(free) - calendar.rules.staff_reserve), len(free) or 1)
            for desk_id in free:
                shares[desk_id][tick] = max(share, shares[desk_id].get(tick, share))
    return {
        desk_id: DeskMinutes(len(of_desk) * TICK_MINUTES, round(sum(of_desk.values(), Fraction()) * TICK_MINUTES))
        for desk_id, of_desk in shares.items()
    }


def _open_ticks(calendar: ServiceCalendar, day: date) -> set[int]:
    opening = opening_periods(day, calendar.weekly, calendar.dated, calendar.rules.zone)
    return {tick for period in opening for tick in ticks(period.starts_at, period.ends_at)} - calendar.closed
