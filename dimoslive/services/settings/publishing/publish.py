"""From when on a municipality takes bookings."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlmodel import Session

from dimoslive.context import AppContext
from dimoslive.db.engine import transaction
from dimoslive.db.queries.tasks import counts_of
from dimoslive.db.rows.roots import RootKind, values_of
from dimoslive.db.tables.catalogue import MunicipalityRow
from dimoslive.domain.catalogue.publication import is_published
from dimoslive.domain.desk.typed_times import parse_clock, parse_day
from dimoslive.domain.errors import InvalidInput, NotPossibleNow, NotReady
from dimoslive.domain.people.principals import Official
from dimoslive.domain.scheduling.local_time import local_day, to_instant
from dimoslive.domain.settings.tasks import is_ready, states_of
from dimoslive.services.settings.root_change import Act
from dimoslive.services.settings.save_root import write_root
from dimoslive.services.settings.tasks.access_set_up import access_set_up

MAX_AHEAD = timedelta(days=400)
PUBLICATION = RootKind(MunicipalityRow, "municipality", ("joined_at",), has_archive=False)


def publish(context: AppContext, official: Official, municipality_id: int, raw: Mapping[str, object]) -> datetime:
    """«Δημοσίευση»: at once, or at a date and hour, which may be set anew until it has come; the instant.

    Raises `NotReady` while a task is not done, `NotPossibleNow` where it is published already, `InvalidInput` or
    `NotFound`.
    """
    now = context.clock.now()
    with transaction(context.db) as tx:
        row = access_set_up(tx, official, municipality_id)
        if is_published(row.joined_at, now):
            raise NotPossibleNow()
        if not is_ready(states_of(counts_of(tx, [row], local_day(now, row.zone))[row.id], now)):
            raise NotReady()
        at = _instant(raw, row.zone, now)
        _write(tx, row, at, Act(official, now, municipality_id), "published")
        return at


def withdraw_publication(context: AppContext, official: Official, municipality_id: int) -> None:
    """A date that has not come yet is set no more; raises `NotPossibleNow` or `NotFound`."""
    now = context.clock.now()
    with transaction(context.db) as tx:
        row = access_set_up(tx, official, municipality_id)
        if row.joined_at is None or is_published(row.joined_at, now):
            raise NotPossibleNow()
        _write(tx, row, None, Act(official, now, municipality_id), "withdrawn")


def _write(tx: Session, row: MunicipalityRow, at: datetime | None, act: Act, action: str) -> None:
    before = values_of(tx, PUBLICATION, row)
    changed = {"joined_at": at.isoformat() if at else None}
    write_root(tx, PUBLICATION, row, changed, act, action=action, before=before)


def _instant(raw: Mapping[str, object], zone: str, now: datetime) -> datetime:
    if raw.get("when") != "later":
        return now
    day, clock = parse_day(str(raw.get("date") or "")), parse_clock(str(raw.get("clock") or ""))
    at = to_instant(day, clock, zone)
    if at <= now:
        raise InvalidInput("date", "not_after_now")
    if at - now > MAX_AHEAD:
        raise InvalidInput("date", "date_too_far", days=MAX_AHEAD.days)
    return at
