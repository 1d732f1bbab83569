"""A service takes no new bookings for a while; those that it has stay, and can be moved."""

from collections.abc import Mapping

from dimoslive.context import AppContext
from dimoslive.db.engine import transaction
from dimoslive.db.rows.roots import plain, values_of
from dimoslive.db.tables.catalogue import MunicipalityRow
from dimoslive.domain.people.permissions import Permission
from dimoslive.domain.people.principals import Official
from dimoslive.domain.scheduling.local_time import local_day
from dimoslive.domain.settings.service import parse_pause
from dimoslive.services.settings.root_change import Act, Opened, Saved
from dimoslive.services.settings.save_root import save_root, write_root
from dimoslive.services.settings.services.access_service import access_service
from dimoslive.services.settings.services.kind import PAUSE


def pause_service(  # which one, and how its pause was and is to be
    context: AppContext,
    official: Official,
    municipality_id: int,
    service_id: int,
    opened: Opened,
    raw: Mapping[str, object],
) -> Saved:
    """From now on; or other words for a pause that is.

    Raises `InvalidDetails`, `ChangedMeanwhile`, `RemovedMeanwhile`, or `NotFound`.
    """
    now = context.clock.now()
    with transaction(context.db) as tx:
        row = access_service(tx, official, municipality_id, service_id, Permission.EDIT_SERVICES)
        today = local_day(now, tx.get_one(MunicipalityRow, municipality_id).zone)
        mine = parse_pause(raw, today.isoformat())
        is_over = row.reopens_on is not None and row.reopens_on <= today
        mine["paused_at"] = plain(now if row.paused_at is None or is_over else row.paused_at)
        act = Act(official, now, municipality_id)
        # Whoever paused it meanwhile began the same pause: that is no conflict.
        seen = Opened(opened.version, {**opened.values, "paused_at": plain(row.paused_at)})
        return save_root(tx, PAUSE, row, seen, mine, act, action="paused")


def resume_service(context: AppContext, official: Official, municipality_id: int, service_id: int) -> None:
    """New bookings are taken again; what citizens read stays for the next time. Raises `NotFound`."""
    with transaction(context.db) as tx:
        row = access_service(tx, official, municipality_id, service_id, Permission.EDIT_SERVICES)
        if row.paused_at is None:
            return
        before = values_of(tx, PAUSE, row)
        ended = {"paused_at": None, "reopens_on": None}
        act = Act(official, context.clock.now(), municipality_id)
        write_root(tx, PAUSE, row, ended, act, action="resumed", before=before)
