"""The free times of a service for programs of others: the same engine, calendar and limits as on the pages."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import islice

from dimoslive.context import AppContext
from dimoslive.db.engine import reading
from dimoslive.db.queries.calendars import service_calendar
from dimoslive.db.queries.catalogue import ServiceWithPlace
from dimoslive.db.rows.catalogue import modes_of, pauses_of
from dimoslive.domain.catalogue.pause import Pause, pause_at
from dimoslive.domain.errors import InvalidInput
from dimoslive.domain.scheduling.local_time import by_local_day, days_period
from dimoslive.domain.scheduling.mode import Mode
from dimoslive.domain.scheduling.periods import Period
from dimoslive.domain.scheduling.slots import ServiceCalendar, free_places, last_open_day, next_release
from dimoslive.services.access.access_offered import access_offered
from dimoslive.services.catalogue.find_slots import to_come

MAX_AHEAD_DAYS = 400


@dataclass(frozen=True, slots=True)
class OfferedTimes:
    """Free times by local day, as seconds since the epoch; days without any are left out. None while it is paused."""

    municipality: str
    service: str
    mode: Mode
    zone: str
    duration_minutes: int
    computed_at: datetime
    last_open_day: date
    next_release_at: datetime
    pause: Pause | None
    days: dict[date, list[int]]
    scarce: frozenset[int]
    """Those of them that one more booking takes."""
    next_free_on: date | None
    """The first day after those asked for that has a free time."""


@dataclass(frozen=True, slots=True)
class NextTime:
    """A free time, and how one is served at it."""

    starts_at: datetime
    ends_at: datetime
    mode: Mode


@dataclass(frozen=True, slots=True)
class NextTimes:
    """The earliest free times, in order."""

    municipality: str
    service: str
    name: dict[str, str]
    """Of the service, by language."""
    zone: str
    times: tuple[NextTime, ...]
    last_open_day: date
    next_release_at: datetime
    pause: Pause | None


def offer_times(
    context: AppContext, municipality: str, service: str, mode: Mode | None, first: date, last: date
) -> OfferedTimes:
    """From local day ``first`` to ``last``. Four queries.

    Raises `NotFound`, or `InvalidInput` of ``mode`` where there are several or not this one.
    """
    now = context.clock.now()
    with reading(context.db) as tx:
        place = access_offered(tx, municipality, service, now)
        [chosen] = _chosen(place, mode, only_one=True)
        pause = pause_at(now, *pauses_of(place.municipality, place.service))
        asked = days_period(first, last, place.municipality.zone)
        # What comes after is looked through as far as the first free time.
        window = Period(asked.starts_at, max(asked.ends_at, to_come(now).ends_at))
        calendar = service_calendar(tx, place.service.id or 0, chosen, window, now)
    rules = calendar.rules
    starts, scarce, following = _split(calendar, chosen, window, now, int(asked.ends_at.timestamp()), is_open=not pause)
    return OfferedTimes(
        municipality=place.municipality.slug,
        service=place.service.slug,
        mode=chosen,
        zone=rules.zone,
        duration_minutes=rules.duration_minutes,
        computed_at=now,
        last_open_day=last_open_day(rules, now),
        next_release_at=next_release(rules, now),
        pause=pause,
        days=by_local_day(starts, rules.zone),
        scarce=frozenset(scarce),
        next_free_on=next(iter(by_local_day(following, rules.zone)), None),
    )


def _split(
    calendar: ServiceCalendar, mode: Mode, window: Period, now: datetime, end: int, *, is_open: bool
) -> tuple[list[int], list[int], list[int]]:
    """The starts before ``end``, those of them with one place left, and the first one from there on."""
    starts: list[int] = []
    scarce: list[int] = []
    for start, places in free_places(calendar, mode, window, now) if is_open else ():
        if start >= end:
            return starts, scarce, [start]
        starts.append(start)
        if places == 1:
            scarce.append(start)
    return starts, scarce, []


def next_times(context: AppContext, municipality: str, service: str, mode: Mode | None, limit: int) -> NextTimes:
    """The earliest in any mode, or in this one; errors as of `offer_times`. Four queries."""
    now = context.clock.now()
    window = to_come(now)
    with reading(context.db) as tx:
        place = access_offered(tx, municipality, service, now)
        modes = _chosen(place, mode, only_one=False)
        pause = pause_at(now, *pauses_of(place.municipality, place.service))
        calendar = service_calendar(tx, place.service.id or 0, modes[0], window, now)
    rules = calendar.rules
    found = sorted(
        (start, order, one)
        for order, one in enumerate(modes if pause is None else ())
        for start, _places in islice(free_places(calendar, one, window, now), limit)
    )
    length = timedelta(minutes=rules.duration_minutes)
    return NextTimes(
        municipality=place.municipality.slug,
        service=place.service.slug,
        name={"el": place.service.name_el, "en": place.service.name_en},
        zone=rules.zone,
        times=tuple(
            NextTime(at := datetime.fromtimestamp(start, UTC), at + length, one) for start, _, one in found[:limit]
        ),
        last_open_day=last_open_day(rules, now),
        next_release_at=next_release(rules, now),
        pause=pause,
    )


def _chosen(place: ServiceWithPlace, mode: Mode | None, *, only_one: bool) -> tuple[Mode, ...]:
    offered = modes_of(place.service)
    if mode is None and only_one and len(offered) > 1:
        raise InvalidInput("mode", "required")
    if mode is not None and mode not in offered:
        raise InvalidInput("mode", "not_a_choice")
    return offered if mode is None else (mode,)
