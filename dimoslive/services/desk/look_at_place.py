"""What stands against a time, before anybody presses."""

from dimoslive.context import AppContext
from dimoslive.db.engine import reading
from dimoslive.domain.people.permissions import Permission
from dimoslive.domain.people.principals import Official
from dimoslive.domain.scheduling.mode import Mode
from dimoslive.services.access.access_booking import access_booking
from dimoslive.services.access.access_service import access_service
from dimoslive.services.desk.take_place import CheckedPlace, WantedPlace, check_place


def look_at_place(
    context: AppContext, official: Official, service_id: int, mode: Mode, wanted: WantedPlace, *, moving: str = ""
) -> CheckedPlace:
    """The place with its warnings; nothing is kept for anybody.

    ``moving`` is the reference of a booking whose own time counts as free. Raises what `check_place` raises.
    """
    now = context.clock.now()
    with reading(context.db) as tx:
        access_service(tx, official, service_id, Permission.ARRANGE)
        row = access_booking(tx, official, moving, Permission.ARRANGE) if moving else None
        length = int((row.ends_at - row.starts_at).total_seconds() // 60) if row else 0
        ignoring = row.id or 0 if row else 0
        return check_place(tx, service_id, mode, wanted, now, ignoring=ignoring, duration_minutes=length)
