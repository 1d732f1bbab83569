"""A week of a municipality in counts, as far as an official may see it: four queries, however full it is."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from dimoslive.context import AppContext
from dimoslive.db.engine import reading
from dimoslive.db.queries.day import Away, DeskOfDay, away_on_day, desks_of_day
from dimoslive.db.queries.scopes import bookings_within
from dimoslive.db.queries.week import ServiceOfWeek, bookings_of_week, services_of_week
from dimoslive.db.rows.catalogue import rules_of
from dimoslive.domain.desk.week import (
    DayUse,
    WeekService,
    absent_ticks,
    days_shown,
    monday_of,
    use_of_week,
)
from dimoslive.domain.people.permissions import Permission
from dimoslive.domain.people.principals import Official
from dimoslive.domain.scheduling.holidays import holiday_name
from dimoslive.domain.scheduling.local_time import day_period, days_period, local_day
from dimoslive.domain.scheduling.opening_hours import DatedHours, WeeklyHours
from dimoslive.domain.scheduling.periods import Period
from dimoslive.domain.scheduling.slots import ServiceCalendar, ticks
from dimoslive.i18n import LANGUAGES
from dimoslive.services.desk.find_workplace import Workplace, names_of

Words = Mapping[str, str]
_NEAR = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class NamedService:
    """A service by its short name, in its department."""

    id: int
    name: Words
    department_id: int
    department_name: Words


@dataclass(frozen=True, slots=True)
class Closing:
    """A closure on a day; without a department it is the municipality's, without a period it lasts the whole day."""

    reason: Words
    department_name: Words | None
    period: Period | None


@dataclass(frozen=True, slots=True)
class DeskAway:
    """A desk's absence on a day; without a period it lasts the whole day."""

    desk_name: Words
    period: Period | None


@dataclass(frozen=True, slots=True)
class WeekDay:
    """A day of the week."""

    use: DayUse
    holiday: Words | None
    closings: tuple[Closing, ...]
    absences: tuple[DeskAway, ...]


@dataclass(frozen=True, slots=True)
class Week:
    """The week as it is now. ``services`` are those shown, ``choices`` all that the official could choose."""

    monday: date
    today: date
    days: tuple[WeekDay, ...]
    services: tuple[NamedService, ...]
    choices: tuple[NamedService, ...]


@dataclass(frozen=True, slots=True)
class WeekFilter:
    """Of which department or service alone."""

    department_id: int | None = None
    service_id: int | None = None

    def lets(self, service: NamedService) -> bool:
        """Whether the service is one of these."""
        return self.department_id in {None, service.department_id} and self.service_id in {None, service.id}


def show_week(
    context: AppContext, official: Official, place: Workplace, day: date, only: WeekFilter | None = None
) -> Week:
    """The week in which the day is, within the official's scope."""
    now, monday = context.clock.now(), monday_of(day)
    last = monday + timedelta(days=6)
    period = days_period(monday, last, place.zone)
    with reading(context.db) as tx:
        rows = services_of_week(tx, place.municipality_id, place.right.department_ids, monday, last)
        desks = desks_of_day(tx, place.municipality_id)
        away = away_on_day(tx, place.municipality_id, period)
        scope = bookings_within(official, Permission.VIEW_DESK)
        bookings = bookings_of_week(tx, scope, place.municipality_id, period, now)
    by_id = _by_service(rows)
    choices = tuple(_named(of_service[0]) for of_service in by_id.values())
    shown = [service for service in choices if (only or WeekFilter()).lets(service)]
    absences = _absences(away)
    services = [_service(by_id[service.id], desks, away, absences, period, place.zone) for service in shown]
    uses = use_of_week(monday, services, bookings, absences, now, place.zone)
    names = {desk.row.id or 0: names_of(desk.row) for desk in desks if _is_shown(desk, shown)}
    return Week(
        monday=monday,
        today=local_day(now, place.zone),
        days=tuple(_day(use, away, names, shown, place.zone) for use in days_shown(monday, uses)),
        # Of a service that is offered no more only what is still booked is of interest.
        services=tuple(one for one in shown if by_id[one.id][0].row.is_active or _has_any(uses, one.id)),
        choices=choices,
    )


def _by_service(rows: Iterable[ServiceOfWeek]) -> dict[int, list[ServiceOfWeek]]:
    found: dict[int, list[ServiceOfWeek]] = {}
    for row in rows:
        found.setdefault(row.row.id or 0, []).append(row)
    return found


def _named(one: ServiceOfWeek) -> NamedService:
    row, department = one.row, one.department
    return NamedService(
        id=row.id or 0,
        name={"el": row.short_name_el or row.name_el, "en": row.short_name_en or row.name_en},
        department_id=department.id or 0,
        department_name={"el": department.name_el, "en": department.name_en},
    )


def _absences(away: Iterable[Away]) -> dict[int, list[Period]]:
    found: dict[int, list[Period]] = {}
    for one in away:
        if one.desk_id is not None:
            found.setdefault(one.desk_id, []).append(Period(one.starts_at, one.ends_at))
    return found


def _service(
    rows: Sequence[ServiceOfWeek],
    desks: Iterable[DeskOfDay],
    away: Iterable[Away],
    absences: Mapping[int, Sequence[Period]],
    week: Period,
    zone: str,
) -> WeekService:
    service, hours = rows[0].row, [one.hours for one in rows if one.hours]
    closures = [
        Period(one.starts_at, one.ends_at)
        for one in away
        if one.desk_id is None and one.department_id in {None, service.department_id}
    ]
    near = Period(week.starts_at - _NEAR, week.ends_at + _NEAR)
    serving = [one.row.id or 0 for one in desks if one.service_id == service.id and one.row.is_active]
    calendar = ServiceCalendar(
        rules=rules_of(service, zone),
        weekly=[
            WeeklyHours(one.weekday, one.opens, one.closes, one.valid_from, one.valid_until)
            for one in hours
            if one.weekday is not None and one.opens and one.closes is not None
        ],
        dated=[DatedHours(one.on_date, one.opens, one.closes) for one in hours if one.on_date],
        closed=frozenset(
            tick
            for closure in closures
            if (part := closure.clipped_to(near))
            for tick in ticks(part.starts_at, part.ends_at)
        ),
        busy={desk_id: absent_ticks(absences.get(desk_id, ()), near) for desk_id in sorted(serving)},
    )
    return WeekService(service.id or 0, calendar if service.is_active else _without_hours(calendar), closures)


def _without_hours(calendar: ServiceCalendar) -> ServiceCalendar:
    return ServiceCalendar(calendar.rules)


def _is_shown(desk: DeskOfDay, services: Iterable[NamedService]) -> bool:
    return desk.row.is_active and any(desk.service_id == service.id for service in services)


def _has_any(uses: Iterable[DayUse], service_id: int) -> bool:
    return any(use.by_service[service_id].booked for use in uses)


def _day(
    use: DayUse, away: Iterable[Away], names: Mapping[int, Words], services: Iterable[NamedService], zone: str
) -> WeekDay:
    day = day_period(use.day, zone)
    departments = {service.department_id: service.department_name for service in services}
    closings, absences = [], []
    for one in sorted(away, key=lambda one: (one.starts_at, one.desk_id or 0)):
        part = Period(one.starts_at, one.ends_at).clipped_to(day)
        if part is None:
            continue
        within = None if part == day else part
        if one.desk_id is not None:
            if one.desk_id in names:
                absences.append(DeskAway(names[one.desk_id], within))
        elif one.department_id is None or one.department_id in departments:
            reason = {"el": one.reason_el, "en": one.reason_en}
            closings.append(Closing(reason, departments.get(one.department_id) if one.department_id else None, within))
    holiday = {language: holiday_name(use.day, language) for language in LANGUAGES}
    return WeekDay(use, holiday if all(holiday.values()) else None, tuple(closings), tuple(absences))
