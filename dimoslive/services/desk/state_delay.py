"""An official says by how much a desk is late; those who wait for it see it at once."""

from datetime import datetime

from dimoslive.context import AppContext
from dimoslive.db.announcements import announce_day_of
from dimoslive.db.engine import transaction
from dimoslive.db.queries.my_desk import desk_within
from dimoslive.db.tables.desk import DeskDelayRow
from dimoslive.domain.desk.typed_times import parse_clock
from dimoslive.domain.errors import InvalidInput, NotFound
from dimoslive.domain.people.principals import Official
from dimoslive.domain.scheduling.local_time import day_period, local_day, to_instant
from dimoslive.services.desk.find_workplace import Workplace

MINUTES = (0, 5, 10, 15, 20, 30, 45, 60)
"""What can be said; 0 is no delay."""


def state_delay(
    context: AppContext, official: Official, place: Workplace, desk_id: int, minutes: int, until: str = ""
) -> None:
    """Until the end of the local day, or until a time of it as people type it; a new word takes the place of the last.

    Raises `NotFound` for a foreign desk and `InvalidInput` for what is not offered.
    """
    now = context.clock.now()
    if minutes not in MINUTES:
        raise InvalidInput("minutes", "minutes_not_offered")
    ends_at = _ends_at(until, now, place.zone)
    with transaction(context.db) as tx:
        if desk_within(tx, place.right, desk_id) is None:
            raise NotFound()
        row = tx.get(DeskDelayRow, desk_id, with_for_update=True)
        if minutes == 0:
            if row is not None:
                tx.delete(row)
        elif row is not None:
            row.minutes, row.until, row.stated_at, row.stated_by = minutes, ends_at, now, official.id
            tx.add(row)
        else:
            tx.add(DeskDelayRow(desk_id=desk_id, minutes=minutes, until=ends_at, stated_at=now, stated_by=official.id))
        announce_day_of(tx, place.municipality_id, local_day(now, place.zone), "delay")


def _ends_at(until: str, now: datetime, zone: str) -> datetime:
    today = local_day(now, zone)
    if not until:
        return day_period(today, zone).ends_at
    try:
        ends_at = to_instant(today, parse_clock(until), zone)
    except InvalidInput:
        raise InvalidInput("until", "time_unreadable") from None
    if ends_at <= now:
        raise InvalidInput("until", "time_is_past")
    return ends_at
