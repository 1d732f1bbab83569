"""Delete a department that nothing ever belonged to."""

from dimoslive.context import AppContext
from dimoslive.db.engine import transaction
from dimoslive.db.queries.departments import is_used
from dimoslive.db.queries.feeds import forget_feeds_of_department
from dimoslive.domain.errors import InUse
from dimoslive.domain.people.permissions import Permission
from dimoslive.domain.people.principals import Official
from dimoslive.services.settings.delete_root import delete_root
from dimoslive.services.settings.departments.access_department import access_department
from dimoslive.services.settings.departments.kind import DEPARTMENT
from dimoslive.services.settings.root_change import Act


def delete_department(context: AppContext, official: Official, municipality_id: int, department_id: int) -> None:
    """Raises `InUse` for one that anything ever belonged to, or `NotFound`."""
    with transaction(context.db) as tx:
        row = access_department(tx, official, municipality_id, department_id, Permission.MANAGE_DEPARTMENTS)
        if is_used(tx, department_id):
            raise InUse()
        act = Act(official, context.clock.now(), municipality_id)
        delete_root(tx, DEPARTMENT, row, act, forget=lambda: forget_feeds_of_department(tx, department_id))
