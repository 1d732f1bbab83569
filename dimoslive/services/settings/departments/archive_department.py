"""Take a department out of use, or back into it."""

from dimoslive.context import AppContext
from dimoslive.db.engine import transaction
from dimoslive.db.queries.departments import active_services_of
from dimoslive.domain.errors import StillNeeded
from dimoslive.domain.people.permissions import Permission
from dimoslive.domain.people.principals import Official
from dimoslive.services.settings.archive_root import archive_root, restore_root
from dimoslive.services.settings.departments.access_department import access_department
from dimoslive.services.settings.departments.kind import DEPARTMENT
from dimoslive.services.settings.root_change import Act


def archive_department(context: AppContext, official: Official, municipality_id: int, department_id: int) -> None:
    """Raises `StillNeeded` with the services that are in use, or `NotFound`."""
    with transaction(context.db) as tx:
        row = access_department(tx, official, municipality_id, department_id, Permission.MANAGE_DEPARTMENTS)
        services = active_services_of(tx, department_id)
        if services:
            raise StillNeeded({one.id or 0: {"el": one.name_el, "en": one.name_en} for one in services})
        archive_root(tx, DEPARTMENT, row, Act(official, context.clock.now(), municipality_id))


def restore_department(context: AppContext, official: Official, municipality_id: int, department_id: int) -> None:
    """It can have services again; raises `NotFound`."""
    with transaction(context.db) as tx:
        row = access_department(tx, official, municipality_id, department_id, Permission.MANAGE_DEPARTMENTS)
        restore_root(tx, DEPARTMENT, row, Act(official, context.clock.now(), municipality_id))
