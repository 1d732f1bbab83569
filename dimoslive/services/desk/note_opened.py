"""That an official opened a booking which a search had found: it is not one of the own day's list."""

from dimoslive.context import AppContext
from dimoslive.db.engine import transaction
from dimoslive.db.tables.desk import AuditEventRow
from dimoslive.domain.people.permissions import Permission
from dimoslive.domain.people.principals import Official
from dimoslive.services.access.access_booking import access_booking

OPENED = "booking_opened"


def note_opened(context: AppContext, official: Official, reference: str) -> None:
    """Write it into the log; raises `NotFound`."""
    with transaction(context.db) as tx:
        row = access_booking(tx, official, reference, Permission.VIEW_DESK)
        tx.add(
            AuditEventRow(
                at=context.clock.now(),
                municipality_id=row.municipality_id,
                actor="official",
                official_id=official.id,
                action=OPENED,
                subject_kind="booking",
                subject_id=row.id,
            )
        )
