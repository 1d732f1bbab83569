"""Delete a service that nobody ever booked."""

from dimoslive.context import AppContext
from dimoslive.db.engine import transaction
from dimoslive.db.queries.services import forget_service, has_bookings
from dimoslive.domain.errors import InUse
from dimoslive.domain.people.permissions import Permission
from dimoslive.domain.people.principals import Official
from dimoslive.services.settings.delete_root import delete_root
from dimoslive.services.settings.root_change import Act
from dimoslive.services.settings.services.access_service import access_service
from dimoslive.services.settings.services.kind import SERVICE


def delete_service(context: AppContext, official: Official, municipality_id: int, service_id: int) -> None:
    """With its hours and addresses; raises `InUse` for one with any booking ever, or `NotFound`."""
    with transaction(context.db) as tx:
        row = access_service(tx, official, municipality_id, service_id, Permission.MANAGE_SERVICES)
        if has_bookings(tx, service_id):
            raise InUse()
        act = Act(official, context.clock.now(), municipality_id)
        delete_root(tx, SERVICE, row, act, forget=lambda: forget_service(tx, service_id))
