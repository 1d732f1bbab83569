"""An official cancels a booking, with a reason that the citizen reads; until the citizen is told, it can be undone."""

import json
from datetime import datetime, timedelta

from sqlmodel import Session

from dimoslive.context import AppContext
from dimoslive.db.engine import transaction
from dimoslive.db.queries.booking_page import call_tasks_since, drop_event, last_deliveries
from dimoslive.db.queries.bookings import booking_with_service
from dimoslive.db.queries.claims import release_claims
from dimoslive.db.queries.freed import FormerPlace
from dimoslive.db.queries.outbox import CITIZENS_MAIL
from dimoslive.db.rows.booking import to_booking
from dimoslive.db.rows.history import facts_of
from dimoslive.db.tables.booking import BookingRow
from dimoslive.db.tables.desk import CallTaskRow
from dimoslive.domain.booking.booking import MAX_REASON_LENGTH
from dimoslive.domain.booking.statuses import BookingStatus, change_status
from dimoslive.domain.errors import AlreadyTold, InvalidInput, NotPossibleNow
from dimoslive.domain.events import BookingCancelled, booking_subject
from dimoslive.domain.people.permissions import Permission
from dimoslive.domain.people.personal_data import clean_text
from dimoslive.domain.people.principals import Official
from dimoslive.domain.scheduling.local_time import ATHENS, local_day
from dimoslive.services.access.access_booking import access_booking
from dimoslive.services.booking.record_change import record_change
from dimoslive.services.desk.press_booking import Pressed, SeenBooking, refuse_changed
from dimoslive.services.draft.end_move import end_move
from dimoslive.services.freed.free_late import free_late
from dimoslive.services.outbox.publish_event import publish_event

CANCELLED_BY_STAFF = "cancelled_by_staff"
CAN_BE_CANCELLED = frozenset({BookingStatus.BOOKED, BookingStatus.WAITING})
MIN_REASON_LENGTH = 3
MAIL_WAITS = timedelta(minutes=2)
"""For the undo; then the mail is taken for sending."""


def cancel_by_municipality(
    context: AppContext, official: Official, seen: SeenBooking, reason: str, *, at_citizens_wish: bool
) -> Pressed:
    """Cancel and give the time back.

    The citizen gets a mail in two minutes, or, without an address, somebody is to phone.
    Who wished it and has no address knows already. The same press again does nothing more.

    Raises `NotFound`, `ChangedByOther`, `NotPossibleNow` or `InvalidInput` (the reason).
    """
    reason = clean_text("cancel_reason", reason, max_length=MAX_REASON_LENGTH)
    if len(reason) < MIN_REASON_LENGTH:
        raise InvalidInput("cancel_reason", "too_short", min_length=MIN_REASON_LENGTH)
    by = BookingStatus.CANCELLED_BY_CITIZEN if at_citizens_wish else BookingStatus.CANCELLED_BY_MUNICIPALITY
    now = context.clock.now()
    with transaction(context.db) as tx:
        row = access_booking(tx, official, seen.reference, Permission.ARRANGE, for_change=True)
        if row.status != seen.status.value:
            raise refuse_changed(tx, row)
        if not can_be_cancelled(BookingStatus(row.status), row.starts_at, now):
            raise NotPossibleNow()
        event_id, _ = call_off(tx, row, by, reason, now, official_id=official.id, wait=MAIL_WAITS)
        if not row.email and not at_citizens_wish:
            tx.add(call_of_cancelled(row, now))
        return Pressed(row.reference, event_id, BookingStatus(row.status), row.person_name)


def call_off(  # noqa: PLR0913  # what a cancellation says, each by its name
    tx: Session,
    row: BookingRow,
    by: BookingStatus,
    reason: str,
    now: datetime,
    *,
    official_id: int | None,
    wait: timedelta,
    api_key_id: int | None = None,
    keeps_claims: bool = False,
    tells_citizen: bool = True,
) -> tuple[int, int]:
    """Cancel a booking that is locked, and have its citizen told after the wait.

    Returns the ids of its history's event and of the outbox's.
    ``keeps_claims`` keeps its time for it, until somebody else lets it go. Where nobody is told there is no event of
    the outbox, and its id is 0.
    """
    before = facts_of(row)
    row.status = change_status(row.status, by)
    row.cancelled_at, row.cancelled_by, row.cancel_reason = now, official_id, reason
    row.sequence += 1
    tx.add(row)
    tx.flush()
    if not keeps_claims:
        free_late(tx, FormerPlace.of(row), now, undone_for=wait)
        release_claims(tx, [row.id or 0])
    end_move(tx, row, now)
    told = 0
    if tells_citizen:
        told = publish_event(tx, BookingCancelled(to_booking(booking_with_service(tx, row.id or 0))), now, wait=wait)
    event_id = record_change(tx, row, before, CANCELLED_BY_STAFF, now, official_id=official_id, api_key_id=api_key_id)
    return event_id, told


def can_be_cancelled(status: BookingStatus, starts_at: datetime, now: datetime) -> bool:
    """Whether nobody has begun with it; of a day that is over it is settled instead."""
    return status in CAN_BE_CANCELLED and local_day(starts_at, ATHENS) >= local_day(now, ATHENS)


def take_back_cancel(tx: Session, row: BookingRow) -> None:
    """As if nothing had been said; raises `AlreadyTold` where it was, or is being said now."""
    deliveries = last_deliveries(tx, booking_subject(row.id or 0), BookingCancelled.name)
    calls = call_tasks_since(tx, row.id or 0, row.cancelled_at)
    # What officials are told is no promise to anybody.
    to_citizen = [delivery for delivery in deliveries if delivery.deliverer == CITIZENS_MAIL]
    if any(delivery.attempts or delivery.done_at for delivery in to_citizen):
        raise AlreadyTold()
    if any(call.attempts or call.done_at for call in calls):
        raise AlreadyTold()
    drop_event(tx, booking_subject(row.id or 0), BookingCancelled.name)
    for call in calls:
        tx.delete(call)
    row.cancelled_at, row.cancelled_by, row.cancel_reason = None, None, ""


def call_of_cancelled(row: BookingRow, now: datetime) -> CallTaskRow:
    """Somebody to be phoned, because their booking was cancelled."""
    facts = {"starts_at": row.starts_at.isoformat(), "mode": row.mode, "reason": row.cancel_reason}
    return CallTaskRow(
        municipality_id=row.municipality_id,
        booking_id=row.id or 0,
        kind="cancelled",
        facts=json.dumps(facts, ensure_ascii=False),
        created_at=now,
    )
