"""For how long desks were open is written down when their day is over: later changes of the hours do not change it."""

import logging
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from datetime import date, datetime, timedelta

from sqlmodel import Session

from dimoslive.context import AppContext
from dimoslive.db.engine import reading, transaction
from dimoslive.db.queries.capacity import CountedMunicipality, add_capacity, counted_municipalities
from dimoslive.db.queries.set_up import set_up_of
from dimoslive.db.queries.set_up_history import lines_since
from dimoslive.db.tables.catalogue import MunicipalityRow
from dimoslive.domain.plans.set_up import SetUp, calendar_of
from dimoslive.domain.scheduling.desk_minutes import DeskMinutes, desk_minutes
from dimoslive.domain.scheduling.local_time import day_period, local_day
from dimoslive.services.plans.as_it_was import as_it_was

AFTER_MIDNIGHT = timedelta(minutes=10)
_DAY = timedelta(days=1)
_log = logging.getLogger(__name__)


def remember_capacity(context: AppContext) -> int:
    """Write the days that are over and not written; returns of how many desks and days.

    Each is written once, however many processes do it. Of a night that was missed the history tells what has been
    changed since; where it cannot tell, the day is unknown.
    """
    now = context.clock.now()
    with reading(context.db) as tx:
        found = [(one.id, days) for one in counted_municipalities(tx, now) if (days := _days_due(one, now))]
    return sum(_remember(context, municipality_id, days) for municipality_id, days in found)


def _days_due(municipality: CountedMunicipality, now: datetime) -> list[date]:
    """Those since the last that is known, or since it was published; where none is known yesterday alone."""
    zone = municipality.zone
    yesterday = local_day(now - AFTER_MIDNIGHT, zone) - _DAY
    first = municipality.last_day + _DAY if municipality.last_day else yesterday
    first = max(first, local_day(municipality.joined_at, zone))
    return [first + timedelta(days=number) for number in range((yesterday - first).days + 1)]


def _capacity_of(tx: Session, municipality_id: int, days: Sequence[date]) -> dict[date, dict[int, DeskMinutes | None]]:
    """Of each of these days, oldest first, the desks that were in use then; None where it is not known."""
    municipality = tx.get_one(MunicipalityRow, municipality_id)
    periods = {day: day_period(day, municipality.zone) for day in days}
    is_now = set_up_of(tx, municipality, periods[days[0]].starts_at)
    was: SetUp | None = is_now
    lines = lines_since(tx, municipality_id, periods[days[0]].ends_at)
    found: dict[date, dict[int, DeskMinutes | None]] = {}
    for day in reversed(days):
        later = [line for line in lines if line.at >= periods[day].ends_at]
        lines = lines[len(later) :]
        was = as_it_was(was, later) if was else None
        found[day] = minutes_of(was, day) if was else dict.fromkeys(_desks_of(is_now))
    return found


def minutes_of(set_up: SetUp, day: date) -> dict[int, DeskMinutes | None]:
    """Of each desk in use, those that serve nothing too."""
    calendars = [
        calendar_of(set_up, service_id, {}, day_period(day, service.rules.zone))
        for service_id, service in set_up.services.items()
    ]
    return {
        **dict.fromkeys(_desks_of(set_up), DeskMinutes(0, 0)),
        **desk_minutes(calendars, day),
    }


def _desks_of(set_up: SetUp) -> AbstractSet[int]:
    return set_up.active_desks - set_up.lanes.keys()


def _remember(context: AppContext, municipality_id: int, days: Sequence[date]) -> int:
    try:
        with reading(context.db) as tx:
            found = _capacity_of(tx, municipality_id, days)
        if not any(found.values()):
            return 0
        with transaction(context.db) as tx:
            return add_capacity(tx, municipality_id, found)
    except Exception:  # noqa: BLE001  # whatever it was, the other municipalities must come
        _log.exception("the capacity of municipality %s was not written", municipality_id)
        return 0
