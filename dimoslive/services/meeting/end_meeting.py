"""End a meeting with its outcome."""

from dimoslive.context import AppContext
from dimoslive.db.engine import transaction
from dimoslive.db.queries.meetings import meeting_of, note_end
from dimoslive.domain.booking.statuses import OPEN, TRANSITIONS, BookingStatus
from dimoslive.domain.errors import MeetingOver, NobodyWaits
from dimoslive.domain.meeting.meeting import STATUS_AFTER, Outcome
from dimoslive.domain.people.permissions import Permission
from dimoslive.domain.people.principals import Official
from dimoslive.services.access.access_booking import access_booking


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
        if status not in TRANSITIONS[now_in]:
            raise NobodyWaits()
        note_end(tx, booking, meeting, status, outcome.value, context.clock.now())
