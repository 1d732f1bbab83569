"""What becomes of a citizen's move under way when the booking itself changes."""

from datetime import datetime

from sqlmodel import Session

from dimoslive.db.queries.holds import hold_of, let_go
from dimoslive.db.tables.booking import BookingRow
from dimoslive.db.tables.draft import DraftRow


def let_go_of_move(tx: Session, booking: BookingRow, now: datetime) -> None:
    """The time held for moving the booking is free: it may lean on claims that the booking is about to lose."""
    if booking.citizen_id is None:
        return
    hold = hold_of(tx, booking.citizen_id, for_change=True)
    if hold is not None and hold.moving_id == booking.id:
        let_go(tx, hold, now)


def end_move(tx: Session, booking: BookingRow, now: datetime) -> None:
    """The same, and a draft that was to move it is one of a new booking."""
    let_go_of_move(tx, booking, now)
    draft = tx.get(DraftRow, booking.citizen_id) if booking.citizen_id is not None else None
    if draft is not None and draft.moving_id == booking.id:
        draft.moving_id = None
        tx.add(draft)
