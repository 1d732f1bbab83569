"""Note which kind of document a person showed, at the counter too."""

from dimoslive.context import AppContext
from dimoslive.db.engine import transaction
from dimoslive.db.queries.meetings import is_admitted, meeting_of
from dimoslive.db.rows.history import facts_of
from dimoslive.domain.booking.statuses import CANCELLED
from dimoslive.domain.errors import NotPossibleNow
from dimoslive.domain.meeting.meeting import IdentityDocument
from dimoslive.domain.people.permissions import Permission
from dimoslive.domain.people.principals import Official
from dimoslive.domain.scheduling.mode import Mode
from dimoslive.services.access.access_booking import access_booking
from dimoslive.services.booking.record_change import record_change

IDENTITY = "identity"


def note_identity(context: AppContext, official: Official, reference: str, document: IdentityDocument) -> None:
    """The kind alone, never a number; of a meeting under way it is noted there as well.

    Raises `NotFound` or `NotPossibleNow` (cancelled, or the person is erased).
    """
    now = context.clock.now()
    with transaction(context.db) as tx:
        row = access_booking(tx, official, reference, Permission.RECORD_IDENTITY, for_change=True)
        if row.erased_at is not None or row.status in CANCELLED:
            raise NotPossibleNow()
        if row.identity_document == document.value:
            return
        before = facts_of(row)
        row.identity_document, row.identity_at = document.value, now
        if Mode(row.mode) is Mode.VIDEO:
            meeting = meeting_of(tx, row)
            if is_admitted(meeting, now):
                meeting.identity_document, meeting.identity_at = document.value, now
                tx.add(meeting)
        record_change(tx, row, before, IDENTITY, now, official_id=official.id, reason=document.value)
