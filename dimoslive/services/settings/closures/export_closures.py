"""The closures of a municipality for a file: those ahead, suggestions, and those that are over."""

from dimoslive.context import AppContext
from dimoslive.db.engine import transaction
from dimoslive.domain.errors import NotFound
from dimoslive.domain.people.permissions import Permission, can
from dimoslive.domain.people.principals import Official
from dimoslive.services.audit.record_audit import record_audit
from dimoslive.services.settings.closures.list_closures import Closures, list_closures


def export_closures(context: AppContext, official: Official, municipality_id: int) -> Closures:
    """As they are listed; it is logged. Raises `NotFound` for whoever may close nothing."""
    if not can(official, Permission.CLOSE_DEPARTMENT, municipality_id):
        raise NotFound()
    found = list_closures(context, official, municipality_id)
    with transaction(context.db) as tx:
        record_audit(
            tx,
            context.clock.now(),
            "closures.exported",
            by=official,
            subject=("closure", None),
            municipality_id=municipality_id,
            after={"lines": len(found.lines)},
        )
    return found
