"""An official's note on a booking, for colleagues alone."""

from datetime import timedelta

from dimoslive.context import AppContext
from dimoslive.db.engine import transaction
from dimoslive.db.queries.booking_page import last_note
from dimoslive.db.rows.history import facts_of
from dimoslive.db.tables.desk import BookingNoteRow
from dimoslive.domain.errors import NotPossibleNow
from dimoslive.domain.people.permissions import Permission
from dimoslive.domain.people.personal_data import clean_text
from dimoslive.domain.people.principals import Official
from dimoslive.services.access.access_booking import access_booking
from dimoslive.services.booking.record_change import record_change

MAX_NOTE_LENGTH = 1000
NOTE = "note"
_SAME_PRESS = timedelta(minutes=1)


def write_note(context: AppContext, official: Official, reference: str, text: str) -> None:
    """Add a note, whatever the booking's status; the same one again within a minute is the same press.

    Raises `NotFound`, `NotPossibleNow` (the person is erased, and notes with them) or `InvalidInput`.
    """
    text = clean_text("note", text, max_length=MAX_NOTE_LENGTH)
    now = context.clock.now()
    with transaction(context.db) as tx:
        row = access_booking(tx, official, reference, Permission.SERVE, for_change=True)
        if row.erased_at is not None:
            raise NotPossibleNow()
        last = last_note(tx, row.id or 0, official.id)
        if last is not None and last.text == text and now - last.written_at < _SAME_PRESS:
            return
        tx.add(BookingNoteRow(booking_id=row.id or 0, official_id=official.id, written_at=now, text=text))
        record_change(tx, row, facts_of(row), NOTE, now, official_id=official.id)
