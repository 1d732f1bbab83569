"""The past twelve weeks: whom nobody remembers after thirty days, but how long they waited is counted."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from itertools import cycle
from math import log
from random import Random
from typing import Any

from dimoslive.db.tables.catalogue import MunicipalityRow
from dimoslive.domain.booking.booking import BookingSource
from dimoslive.domain.booking.statuses import BookingStatus
from dimoslive.domain.scheduling.holidays import is_working_day
from dimoslive.domain.scheduling.local_time import local_day
from dimoslive.domain.scheduling.mode import Mode
from dimoslive.seeds.day.ahead import note_move
from dimoslive.seeds.day.grid import grid_of
from dimoslive.seeds.day.names import anybody, chance
from dimoslive.seeds.day.plan import Columns, Place, Plan
from dimoslive.seeds.day.town import Town

WEEKS = 12
STRIKE_WEEK = 5
"""So many weeks ago: a quarter of the bookings."""
IN_ALL = {"kavala": 700, "heraklion": 2500, "ioannina": 1100}
UNRECORDED_YESTERDAY = {"kavala": 3}
_KEPT = timedelta(days=MunicipalityRow.model_fields["retention_days"].default)
_OF_A_HUNDRED = {
    BookingStatus.NO_SHOW: 9,
    BookingStatus.NOT_SERVED: 4,
    BookingStatus.BOOKED: 2,
    BookingStatus.SERVED: 85,
}
"""Of two nobody noted what came of them."""
_CANCELLED, _MOVED, _CANCELLED_BY_STAFF = 1 / 14, 1 / 12, 1 / 8
_MEDIAN_WAIT, _SIGMA, _LONGEST_WAIT = 3, 1.2, 60
"""So that the ninetieth of a hundred waits 14 minutes."""
_BY_STAFF = (BookingSource.PHONE, BookingSource.PHONE, BookingSource.COUNTER)
_WEEKDAYS = (1.2, 1.05, 0.95, 0.9, 0.9)
_PERSONAL = (
    "first_name",
    "last_name",
    "person_name",
    "name_key",
    "email",
    "phone",
    "address",
    "subject",
    "help_needed",
    "visitor_zone",
)


def past_days(now: datetime, zone: str) -> list[date]:
    """The working days of the past weeks, oldest first."""
    today = local_day(now, zone)
    days = [today - timedelta(days=ago) for ago in range(WEEKS * 7, 0, -1)]
    return [day for day in days if is_working_day(day)]


def plan_past(plan: Plan, town: Town, officials: list[int]) -> None:
    """Plan what has been. ``officials`` served there."""
    days = past_days(plan.now, town.zone)
    today = local_day(plan.now, town.zone)
    statuses = _statuses(town.slug)
    weights = [_weight(day, today) for day in days]
    for day, weight in zip(days, weights, strict=True):
        noise = chance("count", town.slug, day).uniform(0.85, 1.15)
        count = round(IN_ALL[town.slug] * weight / sum(weights) * noise)
        unrecorded = UNRECORDED_YESTERDAY.get(town.slug, 0) if day == days[-1] else 0
        _plan_day(plan, town, day, count, unrecorded, officials, statuses)


def _weight(day: date, today: date) -> float:
    is_strike = (today - day).days // 7 == STRIKE_WEEK
    return _WEEKDAYS[day.weekday()] * (0.25 if is_strike else 1)


def _plan_day(
    plan: Plan,
    town: Town,
    day: date,
    count: int,
    unrecorded: int,
    officials: list[int],
    statuses: Iterator[BookingStatus],
) -> None:
    rng, before = chance("past", town.slug, day), len(plan.bookings)
    grid = grid_of(plan, town, day, absences=False)
    keys = sorted(grid.free)
    rng.shuffle(keys)
    places: list[Place] = []
    for key in keys:
        place = grid.book(rng, key) if len(places) < count else None
        if place is not None:
            plan.taken[place.desk_id].update(place.wanted)
            places.append(place)
    free_at: dict[int, datetime] = defaultdict(lambda: datetime.min.replace(tzinfo=plan.now.tzinfo))
    places.sort(key=lambda place: place.starts_at)
    for number, place in enumerate(places):
        # The plan has the place already, for the one who comes now.
        plan.taken[place.desk_id].difference_update(place.wanted)
        is_last = number >= len(places) - unrecorded
        status = BookingStatus.BOOKED if is_last else next(statuses)
        mode = rng.choice(place.offer.modes)
        planned = plan.add(
            rng, place, mode, status, anybody(rng), **_words(rng, place, mode, status, officials, free_at)
        )
        if planned is not None:
            has_moved = rng.random() < _MOVED
            if has_moved:
                note_move(planned)
            # Moves are counted by the history.
            planned.is_told = has_moved or is_last
        if rng.random() < _CANCELLED:
            _cancel_another(rng, plan, place, mode, by_municipality=rng.choice(officials) if officials else None)
    for planned in plan.bookings[before:]:
        if planned.columns["ends_at"] < plan.now - _KEPT:
            _erase(planned.columns)


def _cancel_another(rng: Random, plan: Plan, place: Place, mode: Mode, by_municipality: int | None) -> None:
    """Somebody had the place before, and let it go, or was told by the municipality that it cannot be."""
    by = by_municipality if rng.random() < _CANCELLED_BY_STAFF else None
    status = BookingStatus.CANCELLED_BY_MUNICIPALITY if by else BookingStatus.CANCELLED_BY_CITIZEN
    gone = plan.add(rng, place, mode, status, anybody(rng))
    if gone is not None:
        kept = place.starts_at - gone.columns["booked_at"]
        cancelled_at = gone.columns["booked_at"] + kept * rng.uniform(0.05, 0.99)
        gone.columns.update(cancelled_at=cancelled_at.replace(microsecond=0), cancelled_by=by, sequence=1)
        gone.is_told = False


def _statuses(slug: str) -> Iterator[BookingStatus]:
    """Of each hundred exactly so many, in an order of their own."""
    hundred = [status for status, count in _OF_A_HUNDRED.items() for _ in range(count)]
    chance("statuses", slug).shuffle(hundred)
    return cycle(hundred)


def _words(
    rng: Random,
    place: Place,
    mode: Mode,
    status: BookingStatus,
    officials: list[int],
    free_at: dict[int, datetime],
) -> dict[str, Any]:
    """When they came, when it was their turn, when they left; nobody is served beside another."""
    by = rng.choice(officials) if officials else None
    is_by_staff = by is not None and rng.random() < 1 / 3
    words: dict[str, Any] = {
        "made_by": by if is_by_staff else None,
        "source": (rng.choice(_BY_STAFF) if is_by_staff else BookingSource.CITIZEN).value,
    }
    if status is BookingStatus.BOOKED:
        return words
    words["served_by"] = by
    if status is BookingStatus.NO_SHOW:
        return words | {"ended_at": place.starts_at + timedelta(minutes=16), "outcome": status.value}
    arrived_at = place.starts_at - timedelta(minutes=rng.randrange(12))
    wait = min(rng.lognormvariate(log(_MEDIAN_WAIT), _SIGMA), _LONGEST_WAIT)
    started_at = max(place.starts_at + timedelta(seconds=int(wait * 60)), free_at[place.desk_id])
    ended_at = started_at + timedelta(seconds=int(place.offer.minutes * 60 * rng.uniform(0.5, 1.1)))
    free_at[place.desk_id] = ended_at
    outcome = "documents_missing" if status is BookingStatus.NOT_SERVED else status.value
    return words | {
        "arrived_at": None if mode is Mode.PHONE else arrived_at,
        "started_at": started_at,
        "ended_at": ended_at,
        "outcome": outcome,
    }


def _erase(columns: Columns) -> None:
    """As retention leaves it."""
    columns.update(dict.fromkeys(_PERSONAL, ""), citizen_id=None)
    columns["erased_at"] = columns["ends_at"] + _KEPT
