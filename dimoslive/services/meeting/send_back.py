"""Back to the waiting room: who was admitted waits to be admitted again."""

from datetime import datetime

from sqlmodel import Session

from dimoslive.context import AppContext
from dimoslive.db.engine import transaction
from dimoslive.db.queries.closures_of_rooms import enqueue_room_closure
from dimoslive.db.queries.meetings import forget_admission, is_on, meeting_of
from dimoslive.db.queries.people import lock_citizen
from dimoslive.db.rows.history import facts_of
from dimoslive.db.tables.booking import BookingRow
from dimoslive.db.tables.meeting import MeetingRow
from dimoslive.domain.booking.statuses import BookingStatus, change_status
from dimoslive.services.booking.record_change import record_change
from dimoslive.services.meeting.find_participant import Participant


def send_back(tx: Session, booking: BookingRow, meeting: MeetingRow, now: datetime) -> None:
    """The room goes, and with it what was seen in it; the citizen waits from now on."""
    enqueue_room_closure(tx, booking.id or 0, meeting.provider, meeting.room, now)
    forget_admission(meeting)
    meeting.room = ""
    meeting.waiting_since = meeting.sent_back_at = now
    before = facts_of(booking)
    booking.status = change_status(booking.status, BookingStatus.WAITING)
    booking.started_at = booking.served_by = None
    record_change(tx, booking, before, "sent_back", now)


def send_back_unattended(context: AppContext, participant: Participant) -> bool:
    """The last official was taken the right to be there: nobody is left who may serve. Whether anybody was in."""
    with transaction(context.db) as tx:
        lock_citizen(tx, participant.booking.citizen_id)
        booking = tx.get_one(BookingRow, participant.booking.id, with_for_update=True)
        meeting = meeting_of(tx, booking)
        if not is_on(meeting) or meeting.ended_at is not None:
            return False
        send_back(tx, booking, meeting, context.clock.now())
        return True
