"""A municipality takes no new bookings for a while, with a reason; those that it has stay."""

from collections.abc import Mapping

from dimoslive.context import AppContext
from dimoslive.db.engine import transaction
from dimoslive.db.rows.catalogue import pause_of
from dimoslive.db.rows.roots import RootKind, values_of
from dimoslive.db.tables.catalogue import MunicipalityRow
from dimoslive.domain.errors import NotPossibleNow
from dimoslive.domain.people.permissions import Permission
from dimoslive.domain.people.principals import Official
from dimoslive.domain.settings.enrolment import parse_pause, parse_reason
from dimoslive.services.platform.access_platform import access_platform
from dimoslive.services.settings.root_change import Act
from dimoslive.services.settings.save_root import write_root

PAUSE = RootKind(
    MunicipalityRow,
    "municipality",
    ("paused_at", "pause_until", "pause_message_el", "pause_message_en"),
    has_archive=False,
)


def pause_municipality(context: AppContext, official: Official, slug: str, raw: Mapping[str, object]) -> None:
    """Until it is reopened. Raises `InvalidDetails`, `NotPossibleNow` for one not enrolled or paused, or `NotFound`."""
    now = context.clock.now()
    with transaction(context.db) as tx:
        row = access_platform(tx, official, slug, Permission.PAUSE_ANY_MUNICIPALITY, for_change=True)
        if (row.enrolled_at is None and row.joined_at is None) or pause_of(row).holds_at(now):
            raise NotPossibleNow()
        typed = parse_pause(raw)
        reason = typed.pop("reason")
        changed: dict[str, object] = {**typed, "paused_at": now.isoformat(), "pause_until": None}
        act = Act(official, now, row.id, reason)
        write_root(tx, PAUSE, row, changed, act, action="paused", before=values_of(tx, PAUSE, row))


def reopen_municipality(context: AppContext, official: Official, slug: str, raw: Mapping[str, object]) -> None:
    """Whoever paused it. Raises `InvalidDetails`, `NotPossibleNow` for one that is not paused, or `NotFound`."""
    now = context.clock.now()
    with transaction(context.db) as tx:
        row = access_platform(tx, official, slug, Permission.PAUSE_ANY_MUNICIPALITY, for_change=True)
        if not pause_of(row).holds_at(now):
            raise NotPossibleNow()
        act = Act(official, now, row.id, parse_reason(raw))
        changed: dict[str, object] = {"paused_at": None, "pause_until": None}
        write_root(tx, PAUSE, row, changed, act, action="reopened", before=values_of(tx, PAUSE, row))
