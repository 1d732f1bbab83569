"""What decides whether a booking can stay where it is: services, desks, hours, closures and absences.

As they are, or as they would be after a change: both are the same value, so that one rule judges both.
"""

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from dimoslive.domain.booking.statuses import BookingStatus
from dimoslive.domain.scheduling.local_time import local_day
from dimoslive.domain.scheduling.mode import Mode
from dimoslive.domain.scheduling.opening_hours import DatedHours, WeeklyHours, opening_periods
from dimoslive.domain.scheduling.periods import Period
from dimoslive.domain.scheduling.slots import ServiceCalendar, ServiceRules, ticks


@dataclass(frozen=True, slots=True)
class ServiceSetUp:
    """A service, its rules, its hours and the desks that serve it, in the municipality's own order."""

    id: int
    department_id: int
    rules: ServiceRules = field(default_factory=ServiceRules)
    modes: frozenset[Mode] = frozenset(Mode)
    weekly: Sequence[WeeklyHours] = ()
    dated: Sequence[DatedHours] = ()
    desk_ids: tuple[int, ...] = ()
    is_active: bool = True


@dataclass(frozen=True, slots=True)
class Closed:
    """The municipality is closed, or one department of it."""

    period: Period
    department_id: int | None = None

    def concerns(self, department_id: int) -> bool:
        """Whether the department is closed by it."""
        return self.department_id is None or self.department_id == department_id


@dataclass(frozen=True, slots=True)
class Away:
    """Desks are not staffed."""

    period: Period
    desk_ids: frozenset[int]


@dataclass(frozen=True, slots=True)
class SetUp:
    """A municipality, as far as a change concerns it. What is not active has no place in ``active_desks``.

    ``lanes`` leads from an overflow lane to its desk: whoever stands there is served there.
    """

    services: Mapping[int, ServiceSetUp]
    active_desks: frozenset[int]
    lanes: Mapping[int, int] = field(default_factory=dict)
    closures: Mapping[int, Closed] = field(default_factory=dict)
    absences: Mapping[int, Away] = field(default_factory=dict)

    def regular(self, desk_id: int) -> int:
        """The desk itself, or the one whose lane it is."""
        return self.lanes.get(desk_id, desk_id)


@dataclass(frozen=True, slots=True)
class PlacedBooking:
    """A booking as it stands: where, when, how, and by what its person can be reached."""

    id: int
    service_id: int
    desk_id: int
    period: Period
    ticks: range
    """What it takes from its desk, buffers included."""
    mode: Mode
    booked_at: datetime
    status: BookingStatus = BookingStatus.BOOKED
    is_outside_hours: bool = False
    """An official placed it there, and said why."""
    has_email: bool = True
    has_phone: bool = True


class Misfit(StrEnum):
    """Why a booking cannot stay as it is."""

    SERVICE = "service"
    """The service is archived."""
    MODE = "mode"
    HOURS = "hours"
    CLOSED = "closed"
    DESK = "desk"
    """Archived, or it does not serve the service."""
    ABSENT = "absent"


class Judge:
    """Judges many bookings by one set-up; each day of a service is opened once."""

    def __init__(self, set_up: SetUp) -> None:
        self._set_up = set_up
        self._openings: dict[tuple[int, date], list[Period]] = {}
        self._closed: dict[int, list[Period]] = {}
        self._absent: dict[int, list[range]] = {}
        for away in set_up.absences.values():
            for desk_id in away.desk_ids:
                gone = ticks(away.period.starts_at, away.period.ends_at)
                self._absent.setdefault(desk_id, []).append(gone)

    def misfits(self, booking: PlacedBooking) -> frozenset[Misfit]:
        """All that stands against the booking; nothing for one that fits."""
        service = self._set_up.services.get(booking.service_id)
        if service is None:
            return frozenset({Misfit.SERVICE})
        desk_id, found = self._set_up.regular(booking.desk_id), set[Misfit]()
        if not service.is_active:
            found.add(Misfit.SERVICE)
        if booking.mode not in service.modes:
            found.add(Misfit.MODE)
        if not booking.is_outside_hours and not self._is_open(service, booking.period):
            found.add(Misfit.HOURS)
        if any(closed.overlaps(booking.period) for closed in self._closures(service.department_id)):
            found.add(Misfit.CLOSED)
        if desk_id not in self._set_up.active_desks or desk_id not in service.desk_ids:
            found.add(Misfit.DESK)
        if any(_share(gone, booking.ticks) for gone in self._absent.get(desk_id, ())):
            found.add(Misfit.ABSENT)
        return frozenset(found)

    def _is_open(self, service: ServiceSetUp, period: Period) -> bool:
        day = local_day(period.starts_at, service.rules.zone)
        openings = self._openings.get((service.id, day))
        if openings is None:
            openings = opening_periods(day, service.weekly, service.dated, service.rules.zone)
            self._openings[service.id, day] = openings
        return any(opening.contains(period) for opening in openings)

    def _closures(self, department_id: int) -> list[Period]:
        if department_id not in self._closed:
            closures = self._set_up.closures.values()
            self._closed[department_id] = [c.period for c in closures if c.concerns(department_id)]
        return self._closed[department_id]


def fits(set_up: SetUp, booking: PlacedBooking) -> bool:
    """Whether the booking can stay where it is."""
    return not Judge(set_up).misfits(booking)


Occupied = Mapping[int, AbstractSet[int]]
"""The ticks of each desk at which somebody is booked, or holds the time."""


def calendar_of(set_up: SetUp, service_id: int, occupied: Occupied, window: Period) -> ServiceCalendar:
    """The calendar that the engine is asked with; one without desks for a service that is archived."""
    service = set_up.services[service_id]
    desk_ids = [desk for desk in service.desk_ids if desk in set_up.active_desks] if service.is_active else []
    closures = [closed.period for closed in set_up.closures.values() if closed.concerns(service.department_id)]
    busy = {desk: set(occupied.get(desk, ())) for desk in desk_ids}
    for away in set_up.absences.values():
        for desk in away.desk_ids & busy.keys():
            busy[desk].update(_ticks_within([away.period], window))
    return ServiceCalendar(
        rules=service.rules,
        weekly=service.weekly,
        dated=service.dated,
        closed=frozenset(_ticks_within(closures, window)),
        busy=busy,
    )


def _ticks_within(periods: Iterable[Period], window: Period) -> set[int]:
    clipped = (period.clipped_to(window) for period in periods)
    return {tick for period in clipped if period for tick in ticks(period.starts_at, period.ends_at)}


def _share(one: range, other: range) -> bool:
    return one.start < other.stop and other.start < one.stop
