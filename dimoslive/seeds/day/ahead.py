"""The next ten working days, each booked to a share of its places."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from dimoslive.domain.booking.booking import BookingSource
from dimoslive.domain.booking.statuses import BookingStatus
from dimoslive.domain.scheduling.holidays import is_working_day
from dimoslive.domain.scheduling.local_time import local_day
from dimoslive.seeds.day.grid import Grid, grid_of
from dimoslive.seeds.day.names import anybody, chance
from dimoslive.seeds.day.plan import Place, Plan, Planned
from dimoslive.seeds.day.town import Town

WORKING_DAYS = 10
SHARES: dict[str, tuple[float, ...]] = {
    "kavala": (0.55,) * WORKING_DAYS,
    "heraklion": (1, 1, 0.95, 0.8, *(0.45,) * (WORKING_DAYS - 4)),
    "ioannina": (0.35,) * WORKING_DAYS,
}
_NEARLY_FULL = 0.9
_CANCELLED_EVERY, _MOVED_EVERY = 15, 12
_BY_STAFF_EVERY = 3
_WITHOUT_EMAIL = frozenset({0, 9, 15})
"""Of twenty-four, so one in eight. Staff alone may book without an address."""
_OF = 24


def working_days_from(day: date) -> Iterator[date]:
    """The working days from this one on."""
    while True:
        if is_working_day(day):
            yield day
        day += timedelta(days=1)


def plan_day(plan: Plan, town: Town, day: date, share: float, by: int | None) -> None:
    """Book this share of the day's places; ``by`` is who books for those who phone or come to the counter."""
    rng = chance("ahead", town.slug, day)
    grid = grid_of(plan, town, day)
    keys = sorted(grid.free)
    rng.shuffle(keys)
    if share >= _NEARLY_FULL:
        # What is left is what citizens are offered.
        keys.sort(key=lambda key: any(not offer.calendar.rules.staff_reserve for offer in grid.options[key]))
    number = 0
    for key in keys:
        if grid.used >= share:
            break
        # A place is filled up: what a long booking leaves free beside it a short one may take.
        while key in grid.free and grid.used < share:
            place = grid.book(rng, key)
            if place is None:
                break
            _book(rng, plan, grid, place, number, by)
            number += 1


def _book(rng: Random, plan: Plan, grid: Grid, place: Place, number: int, by: int | None) -> None:
    mode = rng.choice(place.offer.modes)
    words = _words(number, by)
    person = anybody(rng, has_email=words["made_by"] is None or number % _OF not in _WITHOUT_EMAIL)
    if number % _CANCELLED_EVERY == _CANCELLED_EVERY - 1:
        # Somebody had it before, and let it go in time.
        gone = plan.add(rng, place, mode, BookingStatus.CANCELLED_BY_CITIZEN, anybody(rng))
        if gone is not None:
            gone.columns.update(cancelled_at=gone.columns["booked_at"] + timedelta(hours=5), sequence=1)
    planned = plan.add(rng, place, mode, BookingStatus.BOOKED, person, **words)
    if planned is not None and number % _MOVED_EVERY == _MOVED_EVERY - 1:
        note_move(planned)
    grid.look_again(place)


def _words(number: int, by: int | None) -> dict[str, Any]:
    if by is None or number % _BY_STAFF_EVERY:
        return {"made_by": None}
    source = BookingSource.PHONE if number % 2 else BookingSource.COUNTER
    return {"made_by": by, "source": source.value}


def note_move(planned: Planned) -> None:
    """It stood a day later before."""
    row = planned.columns
    row.update(first_starts_at=row["starts_at"] + timedelta(days=1), reschedule_count=1, sequence=1)


def days_ahead(now: datetime, zone: str) -> list[date]:
    """The next ten working days, from tomorrow on."""
    days = working_days_from(local_day(now, zone) + timedelta(days=1))
    return [next(days) for _ in range(WORKING_DAYS)]
