"""A mail that was given up: whoever was to read it is phoned instead."""

import json
from datetime import datetime
from typing import Any

from sqlmodel import Session

from dimoslive.db.queries.calls import open_call
from dimoslive.db.rows.events import UnknownEvent, to_event
from dimoslive.db.tables.booking import BookingRow
from dimoslive.db.tables.desk import CallTaskRow
from dimoslive.db.tables.outbox import DeliveryRow, OutboxRow
from dimoslive.domain.booking.statuses import OPEN, BookingStatus
from dimoslive.domain.desk.calls import CallKind
from dimoslive.domain.events import BookingCancelled, BookingEvent, BookingRescheduled
from dimoslive.services.outbox.deliver_mail import MAIL


def note_undelivered(tx: Session, delivery: DeliveryRow, row: OutboxRow, now: datetime) -> None:
    """Add a call, if what the mail was to say still matters and can be said by telephone. One call is enough."""
    event = _event(row) if delivery.deliverer == MAIL.name else None
    booking = tx.get(BookingRow, event.booking.id) if event else None
    if event is None or booking is None or not _is_to_be_told(event, booking, now):
        return
    if open_call(tx, booking.id or 0, CallKind.NOT_DELIVERED) is not None:
        return
    tx.add(
        CallTaskRow(
            municipality_id=booking.municipality_id,
            booking_id=booking.id or 0,
            kind=CallKind.NOT_DELIVERED.value,
            facts=json.dumps(_facts(event)),
            created_at=now,
        )
    )


def _event(row: OutboxRow) -> BookingEvent | None:
    try:
        event = to_event(row)
    except UnknownEvent:
        return None
    return event if isinstance(event, BookingEvent) else None


def _is_to_be_told(event: BookingEvent, booking: BookingRow, now: datetime) -> bool:
    """Not what is over, what the citizen did, what was mailed to another address since, or what nobody can phone."""
    if booking.starts_at <= now or not booking.phone or booking.email != event.booking.details.email:
        return False
    status = BookingStatus(booking.status)
    if isinstance(event, BookingCancelled):
        return status is BookingStatus.CANCELLED_BY_MUNICIPALITY
    return status in OPEN


def _facts(event: BookingEvent) -> dict[str, Any]:
    before = event.previous_period if isinstance(event, BookingRescheduled) else None
    mode = event.previous_mode if isinstance(event, BookingRescheduled) else None
    if before is None or mode is None:
        return {}
    return {"starts_at": before.starts_at.isoformat(), "ends_at": before.ends_at.isoformat(), "mode": mode.value}
