"""Taking an official's last press on a booking back."""

from datetime import datetime

from sqlmodel import Session

from dimoslive.context import AppContext
from dimoslive.db.engine import transaction
from dimoslive.db.queries.claims import release_claims
from dimoslive.db.queries.history import last_happened
from dimoslive.db.queries.meetings import meeting_of
from dimoslive.db.rows.history import facts_of, read_facts
from dimoslive.db.tables.booking import BookingRow
from dimoslive.domain.booking.statuses import FINAL, BookingStatus, correct_status
from dimoslive.domain.errors import NotPossibleNow, SlotTaken
from dimoslive.domain.people.permissions import Permission
from dimoslive.domain.people.principals import Official
from dimoslive.domain.scheduling.local_time import ATHENS, local_day
from dimoslive.services.access.access_booking import access_booking
from dimoslive.services.booking.record_change import record_change
from dimoslive.services.desk.cancel_by_municipality import CANCELLED_BY_STAFF, take_back_cancel
from dimoslive.services.desk.press_booking import Pressed, refuse_changed, take_ahead
from dimoslive.services.waiting.offer_next import take_back_offer

UNDO = "undo"


def undo_press(context: AppContext, official: Official, reference: str, event_id: int) -> Pressed:
    """Put the booking back to where it was before the event, if nothing happened to it since.

    The same local day; later it takes a correction. A cancellation only until the citizen is told of it, and while its
    time is free.

    Raises `NotFound`, `ChangedByOther`, `NotPossibleNow`, `AlreadyTold` or `SlotTaken`.
    """
    now = context.clock.now()
    with transaction(context.db) as tx:
        row = access_booking(tx, official, reference, Permission.SERVE, for_change=True)
        last = last_happened(tx, row.id or 0)
        if last is None or last.event.official_id is None:
            # What citizens and jobs did is not an official's to take back.
            raise NotPossibleNow()
        if last.event.id != event_id:
            if (last.event.action, last.event.official_id) == (UNDO, official.id):
                return Pressed(row.reference, last.event.id or 0, BookingStatus(row.status), row.person_name)
            raise refuse_changed(tx, row)
        was = read_facts(last.event.before)
        if "status" not in was or local_day(last.event.at, ATHENS) != local_day(now, ATHENS):
            raise NotPossibleNow()
        before = facts_of(row)
        if last.event.action == CANCELLED_BY_STAFF:
            take_back_cancel(tx, row)
            take_back_offer(tx, row, now)
        row.status = correct_status(row.status, BookingStatus(was.pop("status")))
        for name, value in was.items():
            setattr(row, name, value)
        _open_again(tx, row, now, was_cancelled=last.event.action == CANCELLED_BY_STAFF)
        event_id = record_change(tx, row, before, UNDO, now, official_id=official.id)
        return Pressed(row.reference, event_id, BookingStatus(row.status), row.person_name)


def _open_again(tx: Session, row: BookingRow, now: datetime, *, was_cancelled: bool) -> None:
    """What follows for the meeting and the claims."""
    if not row.outcome:
        row.outcome_note = ""
    tx.add(row)
    meeting, is_final = meeting_of(tx, row), BookingStatus(row.status) in FINAL
    if meeting.ended_at is not None and not is_final:
        # The door is open again; who waits is admitted anew.
        meeting.ended_at, meeting.outcome = None, ""
        tx.add(meeting)
    tx.flush()
    if is_final:
        release_claims(tx, [row.id or 0])
    elif not take_ahead(tx, row, now) and was_cancelled:
        # Whoever was still to come cannot come where somebody else was booked meanwhile.
        raise SlotTaken()
