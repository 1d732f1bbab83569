"""How full the days of a week are: the places that their services offer, what is taken of them, what is free.

A place is a start that citizens are offered, at one desk; two services that offer the same start at the same desk have
one place there. Notice and horizon do not count: they say when a place may be booked, not whether there is one.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from dimoslive.domain.booking.statuses import CANCELLED, NEVER_BOOKED, OPEN, BookingStatus
from dimoslive.domain.desk.day import fits
from dimoslive.domain.scheduling.local_time import days_period, local_day
from dimoslive.domain.scheduling.opening_hours import opening_periods
from dimoslive.domain.scheduling.periods import Period, subtract
from dimoslive.domain.scheduling.places import Place, offered_places
from dimoslive.domain.scheduling.slots import ServiceCalendar, ticks

MAX_DAYS_AWAY = 400
"""So far before and after today weeks and days are shown."""
_WORKING_DAYS = 5


@dataclass(frozen=True, slots=True)
class WeekService:
    """A service of the week. Its calendar's desks are busy only where they are absent; without an offer it is empty.

    ``closures`` are those that concern the service.
    """

    id: int
    calendar: ServiceCalendar
    closures: Sequence[Period] = ()

    def open_periods(self, day: date) -> list[Period]:
        """When it is open on a local day, closures taken off."""
        calendar = self.calendar
        return subtract(opening_periods(day, calendar.weekly, calendar.dated, calendar.rules.zone), self.closures)


@dataclass(frozen=True, slots=True)
class WeekBooking:
    """A booking or a live hold, without a person. ``desk_id`` may be a lane; ``is_ours`` is whether it is counted."""

    service_id: int
    desk_id: int
    status: BookingStatus
    period: Period
    ticks: range
    is_ours: bool = True
    is_over_capacity: bool = False
    is_outside_hours: bool = False
    has_place: bool = True
    """Its desk serves its service, which offers its way."""


@dataclass(frozen=True, slots=True)
class ServiceUse:
    """One service on one day."""

    booked: int = 0
    free: int = 0
    is_open: bool = False


@dataclass(frozen=True, slots=True)
class DayUse:
    """One day. ``free`` are the places still ahead that are free; of a day that is over, those that stayed so."""

    day: date
    is_over: bool
    is_open: bool = False
    places: int = 0
    taken: int = 0
    free: int = 0
    booked: int = 0
    done: int = 0
    unrecorded: int = 0
    over_capacity: int = 0
    no_longer_fit: int = 0
    by_service: Mapping[int, ServiceUse] = field(default_factory=dict)


def monday_of(day: date) -> date:
    """The first day of the week in which the day is."""
    return day - timedelta(days=day.weekday())


def days_shown(monday: date, uses: Sequence[DayUse]) -> list[DayUse]:
    """Monday to Friday, and Saturday and Sunday when something is open or booked."""
    return [use for use in uses if (use.day - monday).days < _WORKING_DAYS or use.is_open or use.booked]


def use_of_week(
    monday: date,
    services: Sequence[WeekService],
    bookings: Sequence[WeekBooking],
    absences: Mapping[int, Sequence[Period]],
    now: datetime,
    zone: str,
) -> list[DayUse]:
    """All seven days."""
    week = [monday + timedelta(days=ahead) for ahead in range(7)]
    window = days_period(week[0], week[-1], zone)
    occupied: dict[int, set[int]] = {}
    for booking in bookings:
        if booking.status not in CANCELLED and booking.status is not BookingStatus.EXPIRED:
            occupied.setdefault(booking.desk_id, set()).update(booking.ticks)
    places = {service.id: _places(service.calendar, {}, window) for service in services}
    free = {service.id: _places(service.calendar, occupied, window) for service in services}
    counted = [one for one in bookings if one.is_ours and one.status not in CANCELLED | NEVER_BOOKED]
    by_day: dict[date, list[WeekBooking]] = {}
    for booking in counted:
        by_day.setdefault(local_day(booking.period.starts_at, zone), []).append(booking)
    return [_day(day, services, places, free, by_day.get(day, []), absences, now, zone) for day in week]


def _day(
    day: date,
    services: Sequence[WeekService],
    places: Mapping[int, set[Place]],
    free: Mapping[int, set[Place]],
    bookings: Sequence[WeekBooking],
    absences: Mapping[int, Sequence[Period]],
    now: datetime,
    zone: str,
) -> DayUse:
    period = days_period(day, day, zone)
    is_over = period.ends_at <= now
    since = period.starts_at if is_over else max(now, period.starts_at)

    def count(found: Mapping[int, set[Place]], of: Iterable[int], first: datetime) -> int:
        return len({one for id_ in of for one in found[id_] if first <= one[1] < period.ends_at})

    ids = [service.id for service in services]
    hours = {service.id: service.open_periods(day) for service in services}
    all_places, all_free = count(places, ids, period.starts_at), count(free, ids, period.starts_at)
    known = [one for one in bookings if one.service_id in hours]
    booked_of = Counter(one.service_id for one in known)
    return DayUse(
        day=day,
        is_over=is_over,
        is_open=any(hours.values()),
        places=all_places,
        taken=all_places - all_free,
        free=count(free, ids, since),
        booked=len(known),
        done=_number(known, lambda one: one.status not in OPEN),
        unrecorded=_number(known, lambda one: is_over and one.status in OPEN),
        over_capacity=_number(known, lambda one: one.is_over_capacity),
        no_longer_fit=_number(
            known, lambda one: _is_out(one, hours[one.service_id], absences.get(one.desk_id, ()), now)
        ),
        by_service={
            id_: ServiceUse(booked_of[id_], count(free, [id_], since), is_open=bool(hours[id_])) for id_ in ids
        },
    )


def _number(bookings: Iterable[WeekBooking], is_one: Callable[[WeekBooking], bool]) -> int:
    return sum(map(is_one, bookings))


def _is_out(booking: WeekBooking, hours: Iterable[Period], away: Iterable[Period], now: datetime) -> bool:
    """Whether it is still to come and its time is no longer one of the service's, or its desk is absent."""
    if booking.status not in OPEN or booking.period.starts_at < now or booking.is_outside_hours:
        return False
    return not booking.has_place or not fits(booking.period, hours, away)


def _places(calendar: ServiceCalendar, occupied: Mapping[int, set[int]], window: Period) -> set[Place]:
    busy = {desk_id: taken | occupied.get(desk_id, set()) for desk_id, taken in calendar.busy.items()}
    return offered_places(replace(calendar, busy=busy), window)


def absent_ticks(absences: Iterable[Period], window: Period) -> set[int]:
    """The ticks of a desk's absences, as far as they touch the window."""
    clipped = (absence.clipped_to(window) for absence in absences)
    return {tick for period in clipped if period for tick in ticks(period.starts_at, period.ends_at)}
