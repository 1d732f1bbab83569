"""Go on by telephone."""

from dimoslive.context import AppContext
from dimoslive.db.announcements import announce_day
from dimoslive.db.engine import transaction
from dimoslive.db.queries.bookings import booking_with_service
from dimoslive.db.queries.meetings import meeting_of
from dimoslive.db.rows.booking import to_booking
from dimoslive.domain.errors import NotPossibleNow
from dimoslive.domain.meeting.meeting import check_can_enter
from dimoslive.domain.people.permissions import Permission
from dimoslive.domain.people.personal_data import PhoneNumber
from dimoslive.domain.people.principals import Official
from dimoslive.services.access.access_booking import access_booking


def switch_to_phone(context: AppContext, official: Official, reference: str) -> PhoneNumber:
    """The citizen's number, and a note that the telephone was used.

    Raises `NotFound`, `NotPossibleNow` (there is none) or what `check_can_enter` raises: the number is for the meeting
    alone.
    """
    now = context.clock.now()
    with transaction(context.db) as tx:
        row = access_booking(tx, official, reference, Permission.CALL_CITIZEN, for_change=True)
        check_can_enter(to_booking(booking_with_service(tx, row.id or 0)), now)
        if not row.phone:
            raise NotPossibleNow()
        meeting = meeting_of(tx, row)
        meeting.phone_at = meeting.phone_at or now
        tx.add(meeting)
        announce_day(tx, row, "phone")
        return PhoneNumber(row.phone)
