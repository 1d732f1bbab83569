"""The citizen left the waiting room."""

from dimoslive.context import AppContext
from dimoslive.db.announcements import announce_day
from dimoslive.db.engine import transaction
from dimoslive.db.queries.meetings import meeting_of
from dimoslive.db.tables.booking import BookingRow


def note_absence(context: AppContext, booking_id: int) -> None:
    """The citizen left the waiting room."""
    with transaction(context.db) as tx:
        booking = tx.get_one(BookingRow, booking_id)
        meeting = meeting_of(tx, booking)
        if meeting.waiting_since is not None:
            meeting.seen_at = None
            tx.add(meeting)
            announce_day(tx, booking, "left")
