"""Take no new bookings for a while, and take them again; what is booked stays."""

from collections.abc import Mapping
from datetime import datetime

from sqlmodel import Session

from dimoslive.context import AppContext
from dimoslive.db.engine import transaction
from dimoslive.db.rows.catalogue import pause_of
from dimoslive.db.rows.roots import plain
from dimoslive.db.tables.catalogue import MunicipalityRow
from dimoslive.domain.people.permissions import Permission
from dimoslive.domain.people.principals import Official
from dimoslive.domain.settings.municipality import TypedPause, parse_pause
from dimoslive.services.settings.municipality.kind import MUNICIPALITY
from dimoslive.services.settings.municipality.lock_municipality import lock_municipality
from dimoslive.services.settings.root_change import Act
from dimoslive.services.settings.save_root import write_root

_COLUMNS = ("paused_at", "pause_until", "pause_message_el", "pause_message_en")
PAUSED, REOPENED = "paused", "reopened"


def pause_municipality(
    context: AppContext,
    official: Official,
    municipality_id: int,
    raw: Mapping[str, object],
    *,
    permission: Permission = Permission.MANAGE_MUNICIPALITY,
    reason: str = "",
) -> None:
    """From now on, or go on with another message and another end. Raises `InvalidDetails` or `NotFound`.

    Whoever pauses one that is not their own gives a ``reason`` for the log.
    """
    now = context.clock.now()
    with transaction(context.db) as tx:
        row = lock_municipality(tx, official, municipality_id, permission)
        pause = parse_pause(raw, row.zone, now)
        is_on = pause_of(row).holds_at(now)
        act = Act(official, now, municipality_id, reason)
        _write(tx, row, pause, row.paused_at if is_on else now, act, PAUSED)


def reopen_municipality(
    context: AppContext,
    official: Official,
    municipality_id: int,
    *,
    permission: Permission = Permission.MANAGE_MUNICIPALITY,
    reason: str = "",
) -> None:
    """New bookings from now on; nothing where it takes them already. Raises `NotFound`."""
    now = context.clock.now()
    with transaction(context.db) as tx:
        row = lock_municipality(tx, official, municipality_id, permission)
        if pause_of(row).holds_at(now):
            nothing = TypedPause({"el": "", "en": ""}, None)
            _write(tx, row, nothing, None, Act(official, now, municipality_id, reason), REOPENED)


def _write(tx: Session, row: MunicipalityRow, pause: TypedPause, since: datetime | None, act: Act, action: str) -> None:
    before = {name: plain(getattr(row, name)) for name in _COLUMNS}
    values = (since, pause.until, pause.message["el"], pause.message["en"])
    after = {name: plain(value) for name, value in zip(_COLUMNS, values, strict=True)}
    changed = {name: value for name, value in after.items() if value != before[name]}
    if changed:
        write_root(tx, MUNICIPALITY, row, changed, act, action=action, before=before)
