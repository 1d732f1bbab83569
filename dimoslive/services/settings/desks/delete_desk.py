"""Delete a desk at which nobody was ever booked."""

from dimoslive.context import AppContext
from dimoslive.db.announcements import announce_day_of
from dimoslive.db.engine import transaction
from dimoslive.db.queries.desks import forget_desk, is_used
from dimoslive.db.queries.services import lock_names
from dimoslive.domain.errors import InUse
from dimoslive.domain.people.principals import Official
from dimoslive.domain.scheduling.local_time import ATHENS, local_day
from dimoslive.services.settings.delete_root import delete_root
from dimoslive.services.settings.desks.access_desk import access_desk
from dimoslive.services.settings.desks.archive_desk import check_not_last
from dimoslive.services.settings.desks.kind import DESK
from dimoslive.services.settings.root_change import Act


def delete_desk(context: AppContext, official: Official, municipality_id: int, desk_id: int) -> None:
    """Raises `InUse` for one with any booking or absence ever, `LastDesk`, or `NotFound`."""
    now = context.clock.now()
    with transaction(context.db) as tx:
        lock_names(tx, municipality_id)
        row = access_desk(tx, official, municipality_id, desk_id)
        if is_used(tx, desk_id):
            raise InUse()
        if row.is_active:
            check_not_last(tx, desk_id)
        delete_root(tx, DESK, row, Act(official, now, municipality_id), forget=lambda: forget_desk(tx, desk_id))
        announce_day_of(tx, municipality_id, local_day(now, ATHENS), "set_up")
