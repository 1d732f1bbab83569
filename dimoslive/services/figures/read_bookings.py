"""Bookings as several figures count them, read once: by the day for which they are, and by that they were made on."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, case, func, select
from sqlmodel import Session, col

from dimoslive.db.queries.local_days import seconds_of, tallied
from dimoslive.db.tables.booking import BookingRow
from dimoslive.db.tables.catalogue import DeskRow
from dimoslive.domain.booking.booking import BookingSource
from dimoslive.domain.booking.statuses import CANCELLED, BookingStatus
from dimoslive.domain.figures.asked import Span
from dimoslive.domain.figures.percentiles import Tally
from dimoslive.domain.scheduling.local_time import DAY_SECONDS
from dimoslive.services.figures.scope import Scope, day_of
from dimoslive.services.figures.steps import ByDay

_FARTHEST = timedelta(days=400)
"""Beyond any service's horizon."""


class Alike(NamedTuple):
    """Bookings for one day that no figure tells apart, and how many they are."""

    day: date
    status: BookingStatus
    outcome: str
    is_citizens: bool
    ticks: int
    """That each of them takes."""
    is_late: bool
    """Within the last 24 hours: of a cancellation."""
    is_over: bool
    """In a lane of a desk, so over its capacity."""
    is_outside: bool
    """Outside hours."""
    number: int

    @property
    def is_due(self) -> bool:
        """It was not cancelled."""
        return self.status not in CANCELLED


@dataclass(frozen=True, slots=True)
class Bookings:
    """All that were made, of the days asked for and those before."""

    by_start: list[Alike]
    made: ByDay
    """By the day on which they were made."""
    lead_days: dict[date, Tally]
    """By the same day, of citizens' own: days to the first start that they had."""

    def by_day(self, which: Callable[[Alike], bool]) -> ByDay:
        """How many of these are for each day."""
        found = ByDay()
        for alike in self.by_start:
            if which(alike):
                found[alike.day] += alike.number
        return found


def read_bookings(tx: Session, scope: Scope) -> Bookings:
    """Two queries."""
    made, lead_days = ByDay(), defaultdict[date, Tally](Tally)
    for number_of_day, is_citizens, days, number in tallied(tx, _made(scope)):
        day = day_of(number_of_day)
        made[day] += number
        if is_citizens:
            lead_days[day][max(days, 0)] += number
    return Bookings(_by_start(tx, scope), made, lead_days)


def _by_start(tx: Session, scope: Scope) -> list[Alike]:
    starts_at = col(BookingRow.starts_at)
    is_late = seconds_of(starts_at) - seconds_of(col(BookingRow.cancelled_at)) < DAY_SECONDS
    lanes = select(col(DeskRow.id)).where(
        col(DeskRow.municipality_id) == scope.place.municipality_id, col(DeskRow.overflow_of).is_not(None)
    )
    each = select(
        scope.day(starts_at).label("day"),
        col(BookingRow.status),
        col(BookingRow.outcome),
        _flag(col(BookingRow.source) == BookingSource.CITIZEN.value).label("is_citizens"),
        (col(BookingRow.end_tick) - col(BookingRow.first_tick)).label("ticks"),
        _flag(is_late).label("is_late"),
        _flag(col(BookingRow.desk_id).in_(lanes)).label("is_over"),
        col(BookingRow.is_outside_hours),
    ).where(*scope.made(), *scope.within(starts_at))
    return [Alike(day_of(day), BookingStatus(status), *rest) for day, status, *rest in tallied(tx, each)]


def _made(scope: Scope) -> Select[*tuple[Any, ...]]:
    booked_at = col(BookingRow.booked_at)
    first = func.coalesce(col(BookingRow.first_starts_at), col(BookingRow.starts_at))
    made_on = scope.day(booked_at)
    starts_on = scope.day(first, Span(scope.both.first, scope.both.last + _FARTHEST))
    is_citizens = col(BookingRow.source) == BookingSource.CITIZEN.value
    return select(
        made_on.label("day"),
        _flag(is_citizens).label("is_citizens"),
        case((is_citizens, starts_on - made_on), else_=0).label("days"),
    ).where(*scope.made(), *scope.within(booked_at))


def _flag(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return case((condition, 1), else_=0)
