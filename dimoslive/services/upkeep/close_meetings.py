"""Meetings that nobody ended are over when their time is over."""

from datetime import timedelta

from dimoslive.context import AppContext
from dimoslive.db.engine import reading, transaction
from dimoslive.db.queries.guests import forget_guests, with_past_guests
from dimoslive.db.queries.meetings import left_open, meeting_of, note_end
from dimoslive.db.queries.people import lock_citizen
from dimoslive.db.rows.history import facts_of
from dimoslive.db.tables.booking import BookingRow
from dimoslive.domain.booking.statuses import IN_MEETING, BookingStatus
from dimoslive.domain.meeting.meeting import CLOSES_AFTER
from dimoslive.services.booking.record_change import record_change


def close_meetings(context: AppContext, *, limit: int = 500) -> int:
    """End what is still under way; returns how many. The outcome stays empty: nobody noted one.

    Who booked and never came stays booked: that somebody was missed is for the municipality to say.
    """
    ended_before = context.clock.now() - CLOSES_AFTER
    with reading(context.db) as tx:
        delays = left_open(tx, ended_before, limit)
        # Of meetings, too, to which the citizen never came.
        with_guests = with_past_guests(tx, ended_before)
    for booking_id in with_guests:
        with transaction(context.db) as tx:
            forget_guests(tx, booking_id)
    return sum(_close(context, booking_id, delay) for booking_id, delay in delays.items())


def _close(context: AppContext, booking_id: int, delay: timedelta) -> bool:
    with transaction(context.db) as tx:
        booking = tx.get_one(BookingRow, booking_id)
        if booking.citizen_id is not None:
            lock_citizen(tx, booking.citizen_id)
        tx.refresh(booking, with_for_update=True)
        if booking.status not in IN_MEETING:
            # Ended or cancelled meanwhile.
            return False
        meeting = meeting_of(tx, booking)
        # Until its room is made, nobody is admitted.
        was_admitted = booking.status == BookingStatus.IN_SERVICE.value and bool(meeting.room)
        status = BookingStatus.SERVED if was_admitted else BookingStatus.NOT_SERVED
        at, before = booking.ends_at + CLOSES_AFTER + delay, facts_of(booking)
        booking.ended_at = at
        note_end(tx, booking, meeting, status, "", at)
        record_change(tx, booking, before, "closed", context.clock.now())
    return True
