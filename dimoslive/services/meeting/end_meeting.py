"""End a meeting with its outcome."""

from dimoslive.context import AppContext
from dimoslive.db.engine import transaction
from dimoslive.db.queries.meetings import meeting_of, note_end
from dimoslive.db.rows.history import facts_of
from dimoslive.domain.booking.statuses import OPEN, BookingStatus
from dimoslive.domain.errors import MeetingOver, NobodyWaits
from dimoslive.domain.meeting.meeting import STATUS_AFTER, Outcome, can_end_with
from dimoslive.domain.people.permissions import Permission
from dimoslive.domain.people.principals import Official
from dimoslive.services.access.access_booking import access_booking
from dimoslive.services.booking.record_change import record_change


def end_meeting(context: AppContext, official: Official, reference: str, outcome: Outcome) -> None:
    """End it for all; what remains are times and the outcome. The provider's room is closed by a job.

    Raises `NotFound`, `MeetingOver`, or `NobodyWaits` for an outcome that needs a citizen who was admitted.
    """
    status = STATUS_AFTER[outcome]
    with transaction(context.db) as tx:
        booking = access_booking(tx, official, reference, Permission.END_MEETING, for_change=True)
        meeting = meeting_of(tx, booking)
        now_in = BookingStatus(booking.status)
        if meeting.ended_at is not None or now_in not in OPEN:
            raise MeetingOver()
        if not can_end_with(outcome, now_in):
            raise NobodyWaits()
        now, before = context.clock.now(), facts_of(booking)
        booking.ended_at, booking.outcome = now, outcome.value
        booking.served_by = booking.served_by or official.id
        note_end(tx, booking, meeting, status, outcome.value, now)
        record_change(tx, booking, before, "ended", now, official_id=official.id)
