"""The day of a municipality, as far as an official may see it: six queries, however full it is."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from sqlmodel import Session

from dimoslive.context import AppContext
from dimoslive.db.engine import reading
from dimoslive.db.queries.day import (
    Away,
    DeskOfDay,
    ServiceOfDay,
    away_on_day,
    bookings_of_day,
    count_unrecorded,
    desks_of_day,
    services_of_day,
)
from dimoslive.db.queries.meetings import is_admitted
from dimoslive.db.queries.my_desk import session_with_sound
from dimoslive.db.queries.scopes import bookings_within
from dimoslive.db.rows.day import BookingOfDay, to_day_booking
from dimoslive.db.rows.delays import delay_of
from dimoslive.db.tables.desk import DeskDelayRow
from dimoslive.db.tables.official import StaffSessionRow
from dimoslive.domain.booking.statuses import OPEN
from dimoslive.domain.desk.day import DayBooking, Waiting, find_waiting, fits
from dimoslive.domain.people.permissions import Permission, can
from dimoslive.domain.people.principals import Official
from dimoslive.domain.scheduling.holidays import is_national_holiday
from dimoslive.domain.scheduling.local_time import day_period, local_day
from dimoslive.domain.scheduling.mode import Mode
from dimoslive.domain.scheduling.opening_hours import DatedHours, WeeklyHours, opening_periods
from dimoslive.domain.scheduling.periods import Period, merge, subtract
from dimoslive.services.desk.find_workplace import Workplace, names_of
from dimoslive.services.plans.list_plans import count_open_plans

Words = Mapping[str, str]
"""A text by language."""


@dataclass(frozen=True, slots=True)
class DayDesk:
    """A desk of the day. A lane bears its desk's name; ``is_open`` are its hours less closures, with absences in them.

    ``stated_delay`` holds until ``delay_until``. ``department`` is named where another desk has the same name.
    """

    id: int
    name: Words
    overflow_of: int | None
    is_open: tuple[Period, ...]
    absent: tuple[Period, ...]
    stated_delay: timedelta = timedelta()
    delay_until: datetime | None = None
    service_ids: frozenset[int] = frozenset()
    is_active: bool = True
    department: Words = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class DayService:
    """A service by its short name."""

    id: int
    name: Words
    duration_minutes: int
    step_minutes: int
    open_periods: tuple[Period, ...]
    modes: frozenset[Mode] = frozenset(Mode)


@dataclass(frozen=True, slots=True)
class Closed:
    """Why nobody is served on the day; without a reason where there simply are no hours."""

    reason: Words | None
    is_holiday: bool


@dataclass(frozen=True, slots=True)
class MyDesk:
    """The desk that the official said to work at today; until that was asked, ``is_asked`` is False."""

    desk_id: int | None
    is_asked: bool
    has_sound: bool = False
    """Whether the official wants to hear of an arrival there."""


@dataclass(frozen=True, slots=True)
class Day:
    """All that the page of a day shows, at one instant."""

    place: Workplace
    day: date
    today: date
    now: datetime
    bookings: tuple[DayBooking, ...]
    waiting: tuple[Waiting, ...]
    """Who waits now, in order."""
    present: frozenset[str]
    """The references of those who wait and are there."""
    desks: tuple[DayDesk, ...]
    services: tuple[DayService, ...]
    closed: Closed | None
    my_desk: MyDesk
    departments: tuple[Words, ...]
    """Those that the official sees, where these are not all."""
    unrecorded: int
    erased_at: datetime | None
    all_desk_ids: frozenset[int] = frozenset()
    """Of the municipality, those too that the day does not show."""
    open_plans: int = 0
    """Changes of the set-up that wait for a decision of the official's."""

    @property
    def at_my_desk(self) -> frozenset[str]:
        """Of those who are there, whoever waits for my desk, or for a lane of it."""
        mine = self.my_desk.desk_id
        ids = {desk.id for desk in self.desks if mine is not None and mine in {desk.id, desk.overflow_of}}
        return self.present & {one.booking.reference for one in self.waiting if one.booking.desk_id in ids}

    @property
    def delays(self) -> dict[int, timedelta]:
        """What is stated, by desk."""
        return {desk.id: desk.stated_delay for desk in self.desks if desk.stated_delay}


def show_day(context: AppContext, official: Official, place: Workplace, day: date) -> Day:
    """Bookings within the official's scope, held times without their persons, desks, hours, closures and delays."""
    with reading(context.db) as tx:
        return _seen_by(tx, official, _read(context, tx, official, place, day))


def read_day(context: AppContext, official: Official, place: Workplace, day: date) -> Day:
    """The same for all who have these rights there: without what `see_day` adds."""
    with reading(context.db) as tx:
        return _read(context, tx, official, place, day)


def see_day(context: AppContext, official: Official, day: Day) -> Day:
    """A day that was read for all, as this official sees it: their desk, and the changes they decide on."""
    with reading(context.db) as tx:
        return _seen_by(tx, official, day)


def _read(context: AppContext, tx: Session, official: Official, place: Workplace, day: date) -> Day:
    now = context.clock.now()
    today = local_day(now, place.zone)
    period = day_period(day, place.zone)
    scope = bookings_within(official, Permission.VIEW_DESK)
    found = bookings_of_day(tx, scope, place.municipality_id, period, now)
    desk_rows = desks_of_day(tx, place.municipality_id)
    service_rows = services_of_day(tx, place.municipality_id, sorted(place.right.department_ids), day)
    away = away_on_day(tx, place.municipality_id, period)
    start_of_today = day_period(today, place.zone).starts_at
    unrecorded = count_unrecorded(tx, scope, place.municipality_id, start_of_today)
    services = _services(service_rows, away, day, place.zone)
    desks = _told_apart(_desks(desk_rows, services, away, found, place, now), desk_rows, _departments(service_rows))
    delays = {one.row.id: one.delay for one in desk_rows}
    bookings = tuple(_bookings(found, desks, services, delays, now))
    waiting = tuple(find_waiting(bookings, now))
    return Day(
        place=place,
        day=day,
        today=today,
        now=now,
        bookings=bookings,
        waiting=waiting,
        present=frozenset(one.booking.reference for one in waiting if not one.is_away),
        desks=desks,
        services=services,
        closed=_closed(services, away, day, period),
        my_desk=MyDesk(None, is_asked=False),
        departments=tuple(_departments(service_rows).values()) if place.right.department_ids else (),
        unrecorded=unrecorded,
        erased_at=max((one.row.erased_at for one in found if one.row.erased_at), default=None),
        all_desk_ids=frozenset(one.row.id or 0 for one in desk_rows),
    )


def _departments(rows: Iterable[ServiceOfDay]) -> dict[int | None, Words]:
    return {one.department.id: {"el": one.department.name_el, "en": one.department.name_en} for one in rows}


def _told_apart(
    desks: Sequence[DayDesk], rows: Iterable[DeskOfDay], departments: Mapping[int | None, Words]
) -> tuple[DayDesk, ...]:
    """«Θυρίδα 1» of two departments: each with its department's name."""
    number = Counter(desk.name["el"] for desk in desks if desk.overflow_of is None)
    department_of = {one.row.id: one.row.department_id for one in rows}
    return tuple(
        replace(desk, department=departments.get(department_of[desk.overflow_of or desk.id], {}))
        if number[desk.name["el"]] > 1
        else desk
        for desk in desks
    )


def _services(rows: Iterable[ServiceOfDay], away: Iterable[Away], day: date, zone: str) -> tuple[DayService, ...]:
    hours: dict[int, list[ServiceOfDay]] = {}
    for row in rows:
        hours.setdefault(row.row.id or 0, []).append(row)
    closures = [one for one in away if one.desk_id is None]
    return tuple(_service(of_service, closures, day, zone) for of_service in hours.values())


def _service(rows: Sequence[ServiceOfDay], closures: Iterable[Away], day: date, zone: str) -> DayService:
    service, hours = rows[0].row, [one.hours for one in rows if one.hours]
    weekly = [
        WeeklyHours(one.weekday, one.opens, one.closes, one.valid_from, one.valid_until)
        for one in hours
        if one.weekday is not None and one.opens and one.closes is not None
    ]
    dated = [DatedHours(one.on_date, one.opens, one.closes) for one in hours if one.on_date]
    is_open = opening_periods(day, weekly, dated, zone) if service.is_active else []
    closed = [
        Period(one.starts_at, one.ends_at) for one in closures if one.department_id in {None, service.department_id}
    ]
    return DayService(
        id=service.id or 0,
        name={"el": service.short_name_el or service.name_el, "en": service.short_name_en or service.name_en},
        duration_minutes=service.duration_minutes,
        step_minutes=service.step_minutes,
        open_periods=tuple(subtract(is_open, closed)),
        modes=frozenset(mode for mode in Mode if getattr(service, f"offers_{mode}")),
    )


def _desks(
    rows: Iterable[DeskOfDay],
    services: Iterable[DayService],
    away: Iterable[Away],
    found: Iterable[BookingOfDay],
    place: Workplace,
    now: datetime,
) -> tuple[DayDesk, ...]:
    """Those of the official's departments, those that serve a service of these, and those that have a booking."""
    by_id: dict[int, list[DeskOfDay]] = {}
    for row in rows:
        by_id.setdefault(row.row.id or 0, []).append(row)
    absent: dict[int | None, list[Period]] = {}
    for one in away:
        absent.setdefault(one.desk_id, []).append(Period(one.starts_at, one.ends_at))
    hours = {service.id: service.open_periods for service in services}
    booked = {one.row.desk_id for one in found}
    departments = place.right.department_ids
    desks = []
    for desk_id, of_desk in by_id.items():
        desk, delay = of_desk[0].row, of_desk[0].delay
        serves = frozenset(one.service_id for one in of_desk if one.service_id in hours)
        is_ours = (
            desk.is_active
            and desk.overflow_of is None
            and (not departments or desk.department_id in departments or bool(serves))
        )
        if not is_ours and desk_id not in booked:
            continue
        named = by_id[desk.overflow_of][0].row if desk.overflow_of in by_id else desk
        is_late = delay is not None and delay.until > now
        desks.append(
            DayDesk(
                id=desk_id,
                name=names_of(named),
                overflow_of=desk.overflow_of,
                is_open=tuple(merge(period for id_ in serves for period in hours[id_ or 0])),
                absent=tuple(merge(absent.get(desk_id, ()))),
                stated_delay=timedelta(minutes=delay.minutes) if delay and is_late else timedelta(),
                delay_until=delay.until if delay and is_late else None,
                service_ids=frozenset(id_ for id_ in serves if id_),
                is_active=desk.is_active,
            )
        )
    return tuple(desks)


def _bookings(
    found: Iterable[BookingOfDay],
    desks: Iterable[DayDesk],
    services: Iterable[DayService],
    delays: Mapping[int | None, DeskDelayRow | None],
    now: datetime,
) -> Iterable[DayBooking]:
    desk_by_id = {desk.id: desk for desk in desks}
    service_by_id = {service.id: service for service in services}
    for one in found:
        regular = desk_by_id[one.row.desk_id].overflow_of
        booking = to_day_booking(
            one,
            is_over_capacity=regular is not None,
            is_admitted=is_admitted(one.meeting, now),
            desk_delay=delay_of(delays.get(regular or one.row.desk_id), one.row.starts_at),
        )
        is_asked = booking.status in OPEN and booking.period.ends_at > now and not booking.is_outside_hours
        if is_asked and not _has_place(booking, desk_by_id, service_by_id.get(booking.service_id)):
            booking = replace(booking, no_longer_fits=True)
        yield booking


def _has_place(booking: DayBooking, desks: Mapping[int, DayDesk], service: DayService | None) -> bool:
    """Whether it stands in hours, way and desk of its service, all as they are now. A lane is at its desk."""
    own = desks[booking.desk_id]
    desk = desks.get(own.overflow_of, own) if own.overflow_of else own
    if service is None or booking.mode not in service.modes:
        return False
    # A desk that is shown only for its bookings may have more services than the official sees.
    serves = desk.is_active and (service.id in desk.service_ids or own.overflow_of is not None)
    return serves and fits(booking.period, service.open_periods, desk.absent)


def _closed(services: Sequence[DayService], away: Iterable[Away], day: date, period: Period) -> Closed | None:
    if not services or any(service.open_periods for service in services):
        return None
    whole = [one for one in away if one.desk_id is None]
    named = max(
        whole, key=lambda one: min(one.ends_at, period.ends_at) - max(one.starts_at, period.starts_at), default=None
    )
    if named is not None:
        return Closed({"el": named.reason_el, "en": named.reason_en}, is_holiday=False)
    return Closed(None, is_holiday=is_national_holiday(day))


def _seen_by(tx: Session, official: Official, day: Day) -> Day:
    municipality_id = day.place.municipality_id
    may_plan = can(official, Permission.VIEW_SETTINGS, municipality_id)
    return replace(
        day,
        my_desk=_my_desk(session_with_sound(tx, official.session_id), day.desks, day.today),
        open_plans=count_open_plans(tx, official, municipality_id) if may_plan else 0,
    )


def _my_desk(found: tuple[StaffSessionRow, bool] | None, desks: Iterable[DayDesk], today: date) -> MyDesk:
    if found is None or found[0].desk_on != today:
        return MyDesk(None, is_asked=False)
    desk_id, has_sound = found[0].desk_id, found[1]
    is_here = desk_id is None or any(desk.id == desk_id for desk in desks)
    return MyDesk(desk_id if is_here else None, is_asked=is_here, has_sound=has_sound)
