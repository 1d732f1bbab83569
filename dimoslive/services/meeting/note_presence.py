"""The citizen is in the waiting room."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from dimoslive.context import AppContext
from dimoslive.db.engine import transaction
from dimoslive.db.queries.bookings import booking_with_service
from dimoslive.db.queries.claims import claim_ticks
from dimoslive.db.queries.meetings import count_ahead, forget_admission, is_on, meeting_of
from dimoslive.db.queries.my_desk import stated_delay
from dimoslive.db.queries.people import lock_citizen
from dimoslive.db.rows.booking import to_booking
from dimoslive.db.rows.history import facts_of
from dimoslive.db.tables.booking import BookingRow
from dimoslive.db.tables.meeting import MeetingRow
from dimoslive.domain.booking.statuses import BookingStatus, change_status
from dimoslive.domain.errors import DeclarationNeeded, MeetingOver
from dimoslive.domain.meeting.meeting import PRESENT_FOR, check_can_enter
from dimoslive.services.booking.record_change import announce_day, record_change
from dimoslive.services.meeting.find_participant import Participant


@dataclass(frozen=True, slots=True)
class Queue:
    """What a waiting citizen is told."""

    ahead: int
    delay_minutes: int


def note_presence(context: AppContext, participant: Participant, *, goes_on: bool = False) -> Queue | None:
    """The citizen is in the waiting room; None if the meeting is on.

    Raises `DeclarationNeeded`, or what `check_can_enter` raises, for the booking as it is by now. Who comes after a
    no-show opens the meeting anew. Whoever ``goes_on`` waiting was there when it was noted, and hears `MeetingOver`.
    """
    now = context.clock.now()
    with transaction(context.db) as tx:
        if participant.booking.citizen_id:
            # Whom an official booked for has no account to wait for.
            lock_citizen(tx, participant.booking.citizen_id)
        booking = tx.get_one(BookingRow, participant.booking.id, with_for_update=True)
        as_it_is = to_booking(booking_with_service(tx, participant.booking.id))
        check_can_enter(as_it_is, now)
        if not as_it_is.is_declared:
            raise DeclarationNeeded()
        meeting, before = meeting_of(tx, booking), facts_of(booking)
        was_there = meeting.seen_at is not None and now - meeting.seen_at <= PRESENT_FOR
        if booking.status == BookingStatus.NO_SHOW.value:
            if goes_on:
                raise MeetingOver()
            _reopen(tx, booking, meeting, now)
        if is_on(meeting):
            return None
        if booking.status in {BookingStatus.BOOKED.value, BookingStatus.NO_SHOW.value}:
            booking.status = change_status(booking.status, BookingStatus.WAITING)
            booking.arrived_at, booking.ended_at, booking.outcome = now, None, ""
            record_change(tx, booking, before, "arrived", now)
        elif not was_there:
            announce_day(tx, booking, "arrived")
        meeting.waiting_since, meeting.seen_at = meeting.waiting_since or now, now
        # Whoever waits now: a device that took the place may have the mail's link alone.
        meeting.is_confirmed = participant.is_confirmed
        tx.add(meeting)
        tx.add(booking)
        tx.flush()
        late = max(stated_delay(tx, booking.desk_id, now), now - booking.starts_at)
        return Queue(count_ahead(tx, booking, now - PRESENT_FOR), int(late.total_seconds() // 60))


def _reopen(tx: Session, booking: BookingRow, meeting: MeetingRow, now: datetime) -> None:
    """Somebody who was not there has come after all, and must be admitted like others."""
    forget_admission(meeting)
    meeting.waiting_since = meeting.ended_at = meeting.sent_back_at = None
    meeting.outcome = ""
    wanted = range(booking.first_tick, booking.end_tick)
    if not claim_ticks(tx, booking.id or 0, booking.desk_id or 0, wanted, now):
        # The time was given back and is somebody else's by now; the official sees who comes first.
        return
