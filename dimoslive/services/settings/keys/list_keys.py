"""The keys of a municipality, and one of them."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from dimoslive.context import AppContext
from dimoslive.db.engine import reading
from dimoslive.db.queries.api_keys import ListedKey, key_of, keys_of
from dimoslive.db.queries.catalogue import is_id
from dimoslive.db.rows.api_key import lifetime_of, to_principal
from dimoslive.db.rows.roots import values_of
from dimoslive.domain.errors import NotFound
from dimoslive.domain.keys.lifetime import MAX_KEYS, USUAL_DAYS, KeyStatus
from dimoslive.domain.people.permissions import Permission
from dimoslive.domain.people.principals import Official, Scope, StaffRole
from dimoslive.domain.scheduling.local_time import ATHENS, local_day
from dimoslive.domain.settings.history import HistoryLine
from dimoslive.services.desk.open_booking import short_name
from dimoslive.services.settings.keys.kind import KEY
from dimoslive.services.settings.list_root_history import list_root_history
from dimoslive.services.settings.municipality.lock_municipality import check_municipality
from dimoslive.services.settings.root_change import Opened


@dataclass(frozen=True, slots=True)
class KeyLine:
    """A key as the pages show it: whatever is shown of its secret are the last four characters."""

    id: int
    name: str
    shown: str
    """«mdl_4fT9aQ2k_…x7Zq»."""
    scopes: tuple[Scope, ...]
    status: KeyStatus
    last_day: date
    days_left: int
    last_used_at: datetime | None
    requests: int
    """In the last seven days."""
    made_by: str
    is_made_by_former: bool
    """Whoever made it does not administer the municipality any more."""
    former_until: datetime | None
    """Until when the secret of before works too."""


@dataclass(frozen=True, slots=True)
class KeyList:
    """All of them, those that ended too, and whether there may be one more."""

    lines: tuple[KeyLine, ...]
    can_add: bool


@dataclass(frozen=True, slots=True)
class OpenKey:
    """A key with its version and fields, and its history; the line is empty for a new one."""

    opened: Opened
    line: KeyLine | None = None
    history: tuple[HistoryLine, ...] = ()


def list_keys(context: AppContext, official: Official, municipality_id: int) -> KeyList:
    """The newest first, those that ended last; raises `NotFound`."""
    check_municipality(official, municipality_id, Permission.MANAGE_KEYS)
    now = context.clock.now()
    with reading(context.db) as tx:
        lines = [_line(found, now) for found in keys_of(tx, municipality_id, local_day(now, ATHENS))]
    lines.sort(key=lambda line: line.status is not KeyStatus.ACTIVE)
    return KeyList(tuple(lines), sum(line.status is KeyStatus.ACTIVE for line in lines) < MAX_KEYS)


def open_key(context: AppContext, official: Official, municipality_id: int, key_id: int | None) -> OpenKey:
    """The key, or for no id the empty form of a new one; raises `NotFound`."""
    check_municipality(official, municipality_id, Permission.MANAGE_KEYS)
    now = context.clock.now()
    today = local_day(now, ATHENS)
    if key_id is None:
        last = (today + timedelta(days=USUAL_DAYS)).isoformat()
        return OpenKey(Opened(0, {"name": "", "scopes": "", "networks": "", "last_day": last}))
    with reading(context.db) as tx:
        found = key_of(tx, municipality_id, key_id, today) if is_id(key_id) else None
        if found is None:
            raise NotFound()
        return OpenKey(
            opened=Opened(found.row.version, values_of(tx, KEY, found.row)),
            line=_line(found, now),
            history=list_root_history(tx, KEY, municipality_id, key_id),
        )


def _line(found: ListedKey, now: datetime) -> KeyLine:
    row, overlap = found.row, found.row.former_until
    return KeyLine(
        id=row.id or 0,
        name=row.name,
        shown=f"mdl_{row.handle}_…{row.last_four}",
        scopes=tuple(scope for scope in Scope if scope in to_principal(row).scopes),
        status=lifetime_of(row).status(now),
        last_day=row.last_day,
        days_left=(row.last_day - local_day(now, ATHENS)).days,
        last_used_at=row.last_used_at,
        requests=found.requests,
        made_by=short_name(found.made_by),
        is_made_by_former=not found.made_by.is_active or found.role != StaffRole.ADMINISTRATOR.value,
        former_until=overlap if overlap is not None and overlap > now else None,
    )
