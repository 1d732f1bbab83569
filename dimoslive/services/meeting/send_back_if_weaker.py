"""Back to the waiting room, where the proof is weaker."""

from dimoslive.context import AppContext
from dimoslive.db.announcements import announce_day
from dimoslive.db.engine import transaction
from dimoslive.db.queries.closures_of_rooms import enqueue_room_closure
from dimoslive.db.queries.meetings import forget_admission, meeting_of
from dimoslive.db.queries.people import lock_citizen
from dimoslive.db.rows.history import facts_of
from dimoslive.db.tables.booking import BookingRow
from dimoslive.domain.booking.statuses import BookingStatus, change_status
from dimoslive.services.booking.record_change import record_change
from dimoslive.services.meeting.find_participant import Participant


def send_back_if_weaker(context: AppContext, participant: Participant) -> bool:
    """Whether the citizen must be admitted again: what was confirmed and seen was so of a stronger proof.

    An admission counts for whoever shows at least what was shown when it was given. An equal or stronger proof goes on.
    """
    now = context.clock.now()
    with transaction(context.db) as tx:
        lock_citizen(tx, participant.booking.citizen_id)
        booking = tx.get_one(BookingRow, participant.booking.id, with_for_update=True)
        meeting = meeting_of(tx, booking)
        # Also while the room is still being made: the admission was another's.
        if meeting.admitted_at is None or meeting.ended_at is not None:
            return False
        if participant.is_confirmed or not meeting.is_confirmed:
            meeting.is_confirmed = participant.is_confirmed
            announce_day(tx, booking, "confirmed")
            return False
        enqueue_room_closure(tx, booking.id or 0, meeting.provider, meeting.room, now)
        forget_admission(meeting)
        meeting.room, meeting.is_confirmed = "", False
        meeting.waiting_since = meeting.sent_back_at = now
        before = facts_of(booking)
        booking.status = change_status(booking.status, BookingStatus.WAITING)
        booking.started_at = booking.served_by = None
        record_change(tx, booking, before, "sent_back", now)
    return True
