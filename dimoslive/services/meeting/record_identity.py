"""Note which document was shown."""

from dimoslive.context import AppContext
from dimoslive.db.announcements import announce_day
from dimoslive.db.engine import transaction
from dimoslive.db.queries.meetings import meeting_of
from dimoslive.domain.errors import MeetingOver, NobodyWaits
from dimoslive.domain.meeting.meeting import IdentityDocument
from dimoslive.domain.people.permissions import Permission
from dimoslive.domain.people.principals import Official
from dimoslive.services.access.access_booking import access_booking


def record_identity(context: AppContext, official: Official, reference: str, document: IdentityDocument) -> None:
    """«Identity shown»: the kind of document, nothing else. Raises `NotFound`, `NobodyWaits` or `MeetingOver`."""
    with transaction(context.db) as tx:
        row = access_booking(tx, official, reference, Permission.RECORD_IDENTITY, for_change=True)
        meeting = meeting_of(tx, row)
        if meeting.ended_at is not None:
            raise MeetingOver()
        if meeting.admitted_at is None:
            raise NobodyWaits()
        meeting.identity_document, meeting.identity_at = document.value, context.clock.now()
        tx.add(meeting)
        announce_day(tx, row, "identity")
