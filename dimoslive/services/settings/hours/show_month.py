"""A month of a service: the hours of each day, and where they come from."""

from dataclasses import dataclass
from datetime import date, timedelta

from dimoslive.context import AppContext
from dimoslive.db.engine import reading
from dimoslive.db.queries.hours import closures_of, dated_hours, weekly_hours
from dimoslive.db.queries.places import desks_serving
from dimoslive.domain.desk.booking_line import Words
from dimoslive.domain.people.principals import Official
from dimoslive.domain.scheduling.holidays import holiday_name
from dimoslive.domain.scheduling.local_time import days_period, local_day
from dimoslive.domain.scheduling.opening_hours import DatedHours, WeeklyHours
from dimoslive.domain.scheduling.periods import Period
from dimoslive.services.settings.hours.access_hours import find_service
from dimoslive.services.settings.hours.open_hours import ServiceHead, head_of

MAX_AWAY = timedelta(days=500)


@dataclass(frozen=True, slots=True)
class DayClosure:
    """A closure as far as it lies in a day; no period: all of the day."""

    id: int
    reason: Words
    period: Period | None


@dataclass(frozen=True, slots=True)
class MonthDay:
    """A day with the week's hours, its own if it has any, and what closes it. ``holiday`` is by language."""

    day: date
    weekly: tuple[WeeklyHours, ...]
    dated: tuple[DatedHours, ...]
    holiday: Words | None
    closures: tuple[DayClosure, ...]


@dataclass(frozen=True, slots=True)
class HoursMonth:
    """All days of a month. ``version`` is the service's, which a save of a day goes with."""

    head: ServiceHead
    version: int
    first: date
    today: date
    zone: str
    days: tuple[MonthDay, ...]


def show_month(
    context: AppContext, official: Official, municipality_id: int, service_id: int, month: date | None
) -> HoursMonth:
    """The month of a date, this one if that is too far away; raises `NotFound`."""
    with reading(context.db) as tx:
        place = find_service(tx, official, municipality_id, service_id)
        zone = place.municipality.zone
        today = local_day(context.clock.now(), zone)
        first = (month if month and abs(month - today) <= MAX_AWAY else today).replace(day=1)
        last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
        head = head_of(place.service, len(desks_serving(tx, [service_id]).get(service_id, [])))
        weekly = weekly_hours(tx, [service_id]).get(service_id, [])
        dated = dated_hours(tx, service_id, first, last)
        closures = [
            DayClosure(row.id or 0, {"el": row.reason_el, "en": row.reason_en}, Period(row.starts_at, row.ends_at))
            for row in closures_of(tx, place.department, days_period(first, last, zone))
        ]
    days = (first + timedelta(days=ahead) for ahead in range((last - first).days + 1))
    return HoursMonth(
        head,
        place.service.version,
        first,
        today,
        zone,
        tuple(
            MonthDay(
                day,
                weekly=tuple(one for one in weekly if one.holds_on(day)),
                dated=tuple(one for one in dated if one.on == day),
                holiday=_holiday(day),
                closures=_on(day, closures, zone),
            )
            for day in days
        ),
    )


def _holiday(day: date) -> Words | None:
    names = {language: holiday_name(day, language) for language in ("el", "en")}
    return names if all(names.values()) else None


def _on(day: date, closures: list[DayClosure], zone: str) -> tuple[DayClosure, ...]:
    whole = days_period(day, day, zone)
    met = [(one, one.period.clipped_to(whole)) for one in closures if one.period]
    return tuple(DayClosure(one.id, one.reason, None if part == whole else part) for one, part in met if part)
