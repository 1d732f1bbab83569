"""Citizens are reminded of what they booked."""

from datetime import datetime

from sqlmodel import Session

from dimoslive.context import AppContext
from dimoslive.db.engine import reading, transaction
from dimoslive.db.queries.reminders import ToRemind, add_reminder, bookings_to_remind
from dimoslive.db.rows.booking import to_booking
from dimoslive.db.tables.reminder import ReminderRow
from dimoslive.domain.booking.reminders import (
    Remindable,
    ReminderKind,
    ReminderState,
    is_quiet,
    last_start,
    remind_at,
    why_skipped,
)
from dimoslive.domain.events import BookingReminded
from dimoslive.domain.scheduling.local_time import ATHENS
from dimoslive.services.outbox.publish_event import publish_event


def send_reminders(context: AppContext, *, limit: int = 200) -> int:
    """Decide on all reminders that are due, and queue those that help; returns how many were queued.

    Each is decided once, however many processes do it: the first that writes it down also queues its mail. In the
    quiet hours nothing is decided: what is late then waits for the morning, and is told if it still helps.
    """
    if is_quiet(context.clock.now(), ATHENS):
        return 0
    return sum(_send_all(context, kind, limit) for kind in ReminderKind)


def _send_all(context: AppContext, kind: ReminderKind, limit: int) -> int:
    queued = 0
    # Read first: a minute in which nobody is to be reminded takes no lock.
    while _is_anybody(context, kind):
        now = context.clock.now()
        with transaction(context.db) as tx:
            found = bookings_to_remind(tx, kind, now, last_start(kind, now, ATHENS), limit)
            due = [one for one in found if remind_at(kind, one.found.row.starts_at, one.found.municipality.zone) <= now]
            queued += sum(_decide(tx, kind, one, now) for one in due)
        if len(found) < limit or not due:
            break
    return queued


def _is_anybody(context: AppContext, kind: ReminderKind) -> bool:
    now = context.clock.now()
    with reading(context.db) as tx:
        return bool(bookings_to_remind(tx, kind, now, last_start(kind, now, ATHENS), 1))


def _decide(tx: Session, kind: ReminderKind, one: ToRemind, now: datetime) -> bool:
    """Write down what is decided; whether its mail was queued."""
    row, service = one.found.row, one.found.service
    known_at = max(filter(None, (row.booked_at or row.created_at, one.last_moved_at)))
    booking = Remindable(row.starts_at, known_at, has_email=bool(row.email), is_on=service.has_reminders)
    reason = why_skipped(kind, booking, now)
    decided = ReminderRow(
        booking_id=row.id or 0,
        kind=kind.value,
        starts_at=row.starts_at,
        state=(ReminderState.SKIPPED if reason else ReminderState.QUEUED).value,
        reason=reason.value if reason else "",
        decided_at=now,
    )
    if not add_reminder(tx, decided) or reason:
        return False
    publish_event(tx, BookingReminded(to_booking(one.found), kind), now)
    return True
