"""Take a service out of use, or back into it."""

from dimoslive.context import AppContext
from dimoslive.db.announcements import announce_day_of
from dimoslive.db.engine import transaction
from dimoslive.db.queries.services import has_other_service, lock_names
from dimoslive.db.tables.catalogue import DepartmentRow
from dimoslive.domain.errors import DepartmentArchived, LastService
from dimoslive.domain.people.permissions import Permission
from dimoslive.domain.people.principals import Official
from dimoslive.domain.plans.changes import ServiceChange
from dimoslive.domain.scheduling.local_time import ATHENS, local_day
from dimoslive.services.plans.preview_change import preview_change
from dimoslive.services.plans.weigh_change import weigh_change
from dimoslive.services.settings.archive_root import archive_root, restore_root
from dimoslive.services.settings.root_change import Act
from dimoslive.services.settings.services.access_service import access_service
from dimoslive.services.settings.services.kind import SERVICE


def archive_service(context: AppContext, official: Official, municipality_id: int, service_id: int) -> int:
    """At once where that changes nothing for anybody; else the id of the plan in which it is decided.

    Raises `LastService` or `NotFound`.
    """
    now = context.clock.now()
    with transaction(context.db) as tx:
        lock_names(tx, municipality_id)
        row = access_service(tx, official, municipality_id, service_id, Permission.MANAGE_SERVICES)
        if not has_other_service(tx, municipality_id, service_id):
            raise LastService()
        is_planned = weigh_change(tx, municipality_id, _archiving(service_id), now).impact.does_anything
        if not is_planned:
            archive_root(tx, SERVICE, row, Act(official, now, municipality_id))
            announce_day_of(tx, municipality_id, local_day(now, ATHENS), "set_up")
    return preview_change(context, official, municipality_id, _archiving(service_id)) if is_planned else 0


def restore_service(context: AppContext, official: Official, municipality_id: int, service_id: int) -> None:
    """It can be booked again; raises `DepartmentArchived` or `NotFound`."""
    now = context.clock.now()
    with transaction(context.db) as tx:
        row = access_service(tx, official, municipality_id, service_id, Permission.MANAGE_SERVICES)
        if not tx.get_one(DepartmentRow, row.department_id).is_active:
            raise DepartmentArchived()
        restore_root(tx, SERVICE, row, Act(official, now, municipality_id))
        announce_day_of(tx, municipality_id, local_day(now, ATHENS), "set_up")


def _archiving(service_id: int) -> ServiceChange:
    return ServiceChange(service_id, {"is_active": False})
