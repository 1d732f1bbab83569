"""What a citizen would miss: services that cannot be booked, and why."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session

from dimoslive.db.queries.calendars import calendars_of_municipality
from dimoslive.db.queries.hours import closures_of, uses_of_desks
from dimoslive.db.queries.tasks import ServiceInUse, services_in_use
from dimoslive.db.rows.catalogue import modes_of
from dimoslive.db.tables.catalogue import MunicipalityRow
from dimoslive.domain.desk.booking_line import Words
from dimoslive.domain.scheduling.local_time import local_day
from dimoslive.domain.scheduling.opening_hours import opening_periods
from dimoslive.domain.scheduling.periods import Period
from dimoslive.domain.scheduling.slots import ServiceCalendar, first_free, last_open_day
from dimoslive.domain.scheduling.why_not import Check, KnownClosure, Offer, why_not
from dimoslive.services.catalogue.find_slots import to_come


@dataclass(frozen=True, slots=True)
class NamedService:
    """A service to be looked at, and what keeps all its times back, where that is asked."""

    id: int
    name: Words
    check: Check | None = None


@dataclass(frozen=True, slots=True)
class Gaps:
    """What is missing, each with the services that it is missing of."""

    services: int = 0
    without_mode: tuple[NamedService, ...] = ()
    without_desk: tuple[NamedService, ...] = ()
    without_hours: tuple[NamedService, ...] = ()
    without_english: tuple[NamedService, ...] = ()
    nothing_free: tuple[NamedService, ...] = ()
    """With a desk and hours, and no time that could be booked as far as the horizon reaches."""
    suggested: int = 0
    """English names that nobody has looked at."""


def find_gaps(tx: Session, municipality: MunicipalityRow, now: datetime) -> Gaps:
    """Of the services in use, whether they are published or not."""
    today = local_day(now, municipality.zone)
    services = services_in_use(tx, [municipality.id], today)
    complete = [one for one in services if one.has_desk and one.has_hours and modes_of(one.row)]
    return Gaps(
        services=len(services),
        without_mode=_named(one for one in services if not modes_of(one.row)),
        without_desk=_named(one for one in services if not one.has_desk),
        without_hours=_named(one for one in services if not one.has_hours),
        without_english=_named(one for one in services if not _is_english(one.row.name_en)),
        nothing_free=_nothing_free(tx, municipality, complete, now) if complete else (),
        suggested=sum(one.row.is_name_en_suggested for one in services),
    )


def _is_english(name: str) -> bool:
    return name != "" and not any("\u0370" <= letter <= "\u03ff" for letter in name)


def _named(services: Iterable[ServiceInUse]) -> tuple[NamedService, ...]:
    return tuple(_name(one) for one in services)


def _name(one: ServiceInUse, check: Check | None = None) -> NamedService:
    return NamedService(one.row.id or 0, {"el": one.row.name_el, "en": one.row.name_en or one.row.name_el}, check)


def _nothing_free(
    tx: Session, municipality: MunicipalityRow, services: Sequence[ServiceInUse], now: datetime
) -> tuple[NamedService, ...]:
    window = to_come(now)
    calendars = calendars_of_municipality(tx, municipality.id, window, now, as_if_published=True)
    found = []
    for one in services:
        calendar = calendars[one.row.id or 0]
        if first_free(calendar, modes_of(one.row), window, now) is None:
            found.append(_name(one, _most_frequent(tx, one, calendar, now)))
    return tuple(found)


def _most_frequent(tx: Session, one: ServiceInUse, calendar: ServiceCalendar, now: datetime) -> Check:
    """What keeps most of the days back: each day's first start is asked about."""
    rules = calendar.rules
    today, last = local_day(now, rules.zone), last_open_day(rules, now)
    days = [today + timedelta(days=number) for number in range((last - today).days + 1)]
    starts = [opening for day in days for opening in opening_periods(day, calendar.weekly, calendar.dated, rules.zone)]
    near = Period(now, now + timedelta(days=len(days) + 1))
    closures = [
        KnownClosure(row.id or 0, Period(row.starts_at, row.ends_at)) for row in closures_of(tx, one.department, near)
    ]
    offer = Offer(
        calendar,
        modes=frozenset(modes_of(one.row)),
        closures=closures,
        desks=uses_of_desks(tx, calendar.busy, near, now),
    )
    mode = modes_of(one.row)[0]
    asked = (why_not(offer, mode, opening.starts_at, now) for opening in starts)
    reasons = Counter(reason.check for reason in asked if reason is not None)
    return reasons.most_common(1)[0][0] if reasons else Check.HOURS
