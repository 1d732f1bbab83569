"""The citizen left the waiting room."""

from dimoslive.context import Parts
from dimoslive.db.engine import transaction
from dimoslive.db.queries.meetings import meeting_of
from dimoslive.db.tables.booking import BookingRow


def note_absence(parts: Parts, booking_id: int) -> None:
    """The citizen left the waiting room."""
    with transaction(parts.db) as tx:
        meeting = meeting_of(tx, tx.get_one(BookingRow, booking_id))
        if meeting.waiting_since is not None:
            meeting.seen_at = None
            tx.add(meeting)
