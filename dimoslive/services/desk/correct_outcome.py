"""«Διόρθωση»: a booking that was settled wrongly."""

from datetime import datetime

from sqlmodel import Session

from dimoslive.context import AppContext
from dimoslive.db.engine import transaction
from dimoslive.db.queries.bookings import booking_within
from dimoslive.db.queries.history import Happened, history_of
from dimoslive.db.queries.meetings import meeting_of
from dimoslive.db.queries.scopes import bookings_within
from dimoslive.db.rows.history import facts_of, read_facts
from dimoslive.db.tables.booking import BookingRow
from dimoslive.domain.booking.statuses import OPEN, BookingStatus, correct_status
from dimoslive.domain.desk.presses import CORRECTED_TO, MAX_OUTCOME_NOTE_LENGTH, NotServedReason
from dimoslive.domain.errors import InvalidInput, NotPossibleNow
from dimoslive.domain.people.permissions import Permission
from dimoslive.domain.people.personal_data import clean_text
from dimoslive.domain.people.principals import Official
from dimoslive.domain.scheduling.local_time import ATHENS, local_day
from dimoslive.domain.scheduling.mode import Mode
from dimoslive.services.access.access_booking import access_booking
from dimoslive.services.booking.record_change import record_change
from dimoslive.services.desk.press_booking import (
    Pressed,
    PressWords,
    SeenBooking,
    refuse_changed,
    take_ahead,
)

CORRECTED = "corrected"
MIN_REASON_LENGTH = 3
MAX_REASON_LENGTH = 500


def correct_outcome(
    context: AppContext,
    official: Official,
    seen: SeenBooking,
    to: BookingStatus | None,
    words: PressWords | None = None,
    reason: str = "",
) -> Pressed:
    """Settle it otherwise, or (``to`` empty) put it back to where it was before it was settled. Nobody is mailed.

    On the day on which it was settled anybody may who serves. Later it takes the right to correct past days, and a
    reason, and it stays settled.

    Raises `NotFound`, `ChangedByOther`, `NotPossibleNow` or `InvalidInput` (the words, the reason).
    """
    words, now = _checked(to, words or PressWords()), context.clock.now()
    with transaction(context.db) as tx:
        row = access_booking(tx, official, seen.reference, Permission.SERVE, for_change=True)
        if row.status != seen.status.value:
            raise refuse_changed(tx, row)
        if seen.status not in CORRECTED_TO or row.erased_at is not None:
            raise NotPossibleNow()
        settled = settled_by(history_of(tx, row.id or 0))
        is_late = local_day(settled_at(row, settled), ATHENS) < local_day(now, ATHENS)
        if is_late:
            _check_may_correct_late(tx, official, row, to)
        reason = clean_text("correction_reason", reason, max_length=MAX_REASON_LENGTH, required=is_late)
        if is_late and len(reason) < MIN_REASON_LENGTH:
            raise InvalidInput("correction_reason", "too_short", min_length=MIN_REASON_LENGTH)
        before = facts_of(row)
        if to is None:
            _put_back(tx, row, settled, now)
        else:
            _settle(tx, row, to, words, official, now)
        event_id = record_change(tx, row, before, CORRECTED, now, official_id=official.id, reason=reason)
        return Pressed(row.reference, event_id, BookingStatus(row.status), row.person_name)


def settled_by(history: list[Happened]) -> Happened | None:
    """The change that led from an open status to a settled one, the last time, if the history tells."""
    opened = {status.value for status in OPEN}
    for happened in history:
        was, is_now = read_facts(happened.event.before), read_facts(happened.event.after)
        if was.get("status") in opened and is_now.get("status") not in opened:
            return happened
    return None


def settled_at(row: BookingRow, settled: Happened | None) -> datetime:
    """When that was; of what has no history, when it ended."""
    return settled.event.at if settled else row.ended_at or row.ends_at


def _checked(to: BookingStatus | None, words: PressWords) -> PressWords:
    if to is not None and to not in CORRECTED_TO:
        raise NotPossibleNow()
    is_not_served = to is BookingStatus.NOT_SERVED
    if is_not_served and words.reason is None:
        raise InvalidInput("reason", "reason_required")
    required = is_not_served and words.reason is NotServedReason.OTHER
    note = clean_text("outcome_note", words.note, max_length=MAX_OUTCOME_NOTE_LENGTH, required=required)
    return PressWords(words.reason if is_not_served else None, note)


def _check_may_correct_late(tx: Session, official: Official, row: BookingRow, to: BookingStatus | None) -> None:
    within = bookings_within(official, Permission.CORRECT_PAST_DAY)
    if to is None or booking_within(tx, within, row.reference) is None:
        raise NotPossibleNow()


def _put_back(tx: Session, row: BookingRow, settled: Happened | None, now: datetime) -> None:
    if settled is None:
        raise NotPossibleNow()
    was = read_facts(settled.event.before)
    row.status = correct_status(row.status, BookingStatus(was.pop("status")))
    for name in was.keys() & {"arrived_at", "started_at", "ended_at", "served_by", "outcome", "call_attempts"}:
        setattr(row, name, was[name])
    row.ended_at, row.outcome, row.outcome_note = None, "", ""
    tx.add(row)
    if Mode(row.mode) is Mode.VIDEO:
        meeting = meeting_of(tx, row)
        if meeting.ended_at is not None:
            # The door is open again; who waits is admitted anew.
            meeting.ended_at, meeting.outcome = None, ""
            tx.add(meeting)
    tx.flush()
    take_ahead(tx, row, now)


def _settle(
    tx: Session, row: BookingRow, to: BookingStatus, words: PressWords, official: Official, now: datetime
) -> None:
    row.status = correct_status(row.status, to)
    row.ended_at, row.served_by = row.ended_at or now, row.served_by or official.id
    row.outcome = words.reason.value if words.reason else CORRECTED_TO[to].value
    row.outcome_note = words.note
    if to is BookingStatus.NO_SHOW:
        # Who never came has neither waited nor been served.
        row.arrived_at = row.started_at = None
    tx.add(row)
    if Mode(row.mode) is Mode.VIDEO:
        meeting = meeting_of(tx, row)
        meeting.ended_at, meeting.outcome = meeting.ended_at or now, row.outcome
        tx.add(meeting)
    tx.flush()
