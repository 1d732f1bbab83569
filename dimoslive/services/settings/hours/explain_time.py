"""«Γιατί δεν προσφέρεται;» of one time of a service."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session

from dimoslive.context import AppContext
from dimoslive.db.engine import reading
from dimoslive.db.queries.calendars import calendar_of_set_up
from dimoslive.db.queries.catalogue import ServiceWithPlace
from dimoslive.db.queries.hours import closures_of, uses_of_desks
from dimoslive.db.queries.places import desks_serving
from dimoslive.db.rows.catalogue import modes_of, pauses_of
from dimoslive.db.tables.catalogue import ClosureRow
from dimoslive.domain.catalogue.pause import Pause, pause_at
from dimoslive.domain.catalogue.publication import is_published
from dimoslive.domain.desk.booking_line import Words
from dimoslive.domain.desk.typed_times import parse_clock, parse_day
from dimoslive.domain.errors import InvalidInput, NotFound
from dimoslive.domain.people.principals import Official
from dimoslive.domain.scheduling.local_time import local_day, to_instant
from dimoslive.domain.scheduling.mode import Mode
from dimoslive.domain.scheduling.periods import Period
from dimoslive.domain.scheduling.slots import TICK, occupied_ticks
from dimoslive.domain.scheduling.why_not import KnownClosure, Offer, WhyNot, why_not
from dimoslive.services.desk.find_workplace import names_of
from dimoslive.services.settings.hours.access_hours import find_service

MAX_AWAY = timedelta(days=400)


@dataclass(frozen=True, slots=True)
class ExplainedTime:
    """The first reason, none of a time that is offered; and the names of what it speaks of."""

    starts_at: datetime
    mode: Mode
    now: datetime
    zone: str
    why_not: WhyNot | None
    is_published: bool
    pause: Pause | None
    duration_minutes: int
    notice_working_days: int
    closures: Mapping[int, Words]
    """Their reasons, by id."""
    closure_periods: Mapping[int, Period]
    desks: Mapping[int, Words]


def explain_time(
    context: AppContext, official: Official, municipality_id: int, service_id: int, day: str, clock: str, mode: str
) -> ExplainedTime:
    """Of a time as typed; raises `InvalidInput` or `NotFound`."""
    if mode not in set(Mode):
        raise InvalidInput("mode", "not_a_choice")
    now = context.clock.now()
    with reading(context.db) as tx:
        place = find_service(tx, official, municipality_id, service_id)
        starts_at = _start(day, clock, place.municipality.zone, now)
        return _explain(tx, place, Mode(mode), starts_at, now)


def _start(day: str, clock: str, zone: str, now: datetime) -> datetime:
    on, wall = parse_day(day), parse_clock(clock)
    if abs(on - local_day(now, zone)) > MAX_AWAY:
        raise InvalidInput("date", "date_too_far", days=MAX_AWAY.days)
    return to_instant(on, wall, zone)


def _explain(tx: Session, place: ServiceWithPlace, mode: Mode, starts_at: datetime, now: datetime) -> ExplainedTime:
    service = place.service
    calendar = calendar_of_set_up(tx, service.id or 0, Period(starts_at, starts_at + TICK), now)
    if calendar is None:
        raise NotFound()
    wanted = occupied_ticks(calendar.rules, starts_at)
    near = Period(starts_at - len(wanted) * TICK, starts_at + len(wanted) * TICK)
    closures = closures_of(tx, place.department, near)
    pause = pause_at(now, *pauses_of(place.municipality, service))
    offer = Offer(
        calendar,
        modes=frozenset(modes_of(service)),
        is_published=is_published(place.municipality.joined_at, now),
        is_active=service.is_active and place.department.is_active,
        is_paused=pause is not None,
        closures=[KnownClosure(row.id or 0, Period(row.starts_at, row.ends_at)) for row in closures],
        desks=uses_of_desks(tx, calendar.busy, near, now),
    )
    return ExplainedTime(
        starts_at=starts_at,
        mode=mode,
        now=now,
        zone=calendar.rules.zone,
        why_not=why_not(offer, mode, starts_at, now),
        is_published=offer.is_published,
        pause=pause,
        duration_minutes=calendar.rules.duration_minutes,
        notice_working_days=calendar.rules.notice_working_days,
        closures={row.id or 0: _reason(row) for row in closures},
        closure_periods={row.id or 0: Period(row.starts_at, row.ends_at) for row in closures},
        desks={row.id or 0: names_of(row) for row in desks_serving(tx, [service.id or 0]).get(service.id or 0, [])},
    )


def _reason(row: ClosureRow) -> Words:
    return {"el": row.reason_el, "en": row.reason_en or row.reason_el}
