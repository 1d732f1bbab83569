"""Monday to Friday, 8:30 to 15:00, for all services that have no hours: in one press."""

from dimoslive.context import AppContext
from dimoslive.db.announcements import announce_day_of
from dimoslive.db.engine import transaction
from dimoslive.db.queries.tasks import services_in_use
from dimoslive.db.rows.roots import values_of
from dimoslive.domain.people.principals import Official
from dimoslive.domain.scheduling.local_time import local_day
from dimoslive.domain.settings.usual import WEEKLY
from dimoslive.services.settings.hours.access_hours import access_hours
from dimoslive.services.settings.hours.kind import weekly_kind
from dimoslive.services.settings.root_change import Act
from dimoslive.services.settings.save_root import write_root
from dimoslive.services.settings.tasks.access_set_up import access_set_up


def set_usual_hours(context: AppContext, official: Official, municipality_id: int) -> int:
    """Hours that somebody has entered stay as they are; for how many services there are some now. Raises `NotFound`."""
    now = context.clock.now()
    act = Act(official, now, municipality_id)
    with transaction(context.db) as tx:
        today = local_day(now, access_set_up(tx, official, municipality_id).zone)
        kind = weekly_kind(today)
        without = [one.row for one in services_in_use(tx, [municipality_id], today) if not one.has_hours]
        for found in without:
            row, _ = access_hours(tx, official, municipality_id, found.id or 0)
            before = values_of(tx, kind, row)
            changed = {day: hours for day, hours in WEEKLY.items() if before[day] != hours}
            write_root(tx, kind, row, changed, act, action="changed", before=before)
        if without:
            announce_day_of(tx, municipality_id, today, "set_up")
        return len(without)
