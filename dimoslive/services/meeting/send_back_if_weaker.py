"""Back to the waiting room, where the proof is weaker."""

from dimoslive.context import AppContext
from dimoslive.db.engine import transaction
from dimoslive.db.queries.meetings import meeting_of
from dimoslive.db.queries.people import lock_citizen
from dimoslive.db.tables.booking import BookingRow
from dimoslive.services.meeting.find_participant import Participant
from dimoslive.services.meeting.send_back import send_back


def send_back_if_weaker(context: AppContext, participant: Participant) -> bool:
    """Whether the citizen must be admitted again: what was confirmed and seen was so of a stronger proof.

    An admission counts for whoever shows at least what was shown when it was given. An equal or stronger proof goes on.
    """
    now = context.clock.now()
    with transaction(context.db) as tx:
        if participant.booking.citizen_id:
            # Whom an official booked for has no account to wait for.
            lock_citizen(tx, participant.booking.citizen_id)
        booking = tx.get_one(BookingRow, participant.booking.id, with_for_update=True)
        meeting = meeting_of(tx, booking)
        # Also while the room is still being made: the admission was another's.
        if meeting.admitted_at is None or meeting.ended_at is not None:
            return False
        if participant.is_confirmed or not meeting.is_confirmed:
            meeting.is_confirmed = participant.is_confirmed
            return False
        meeting.is_confirmed = False
        send_back(tx, booking, meeting, now)
    return True
