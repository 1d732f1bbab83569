"""One press of an official on one booking, checked against what the official saw."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from dimoslive.context import AppContext
from dimoslive.db.engine import transaction
from dimoslive.db.queries.claims import claim_ticks, release_claims
from dimoslive.db.queries.closures_of_rooms import enqueue_room_closure
from dimoslive.db.queries.history import history_of, last_happened
from dimoslive.db.queries.meetings import forget_admission, meeting_of, note_end
from dimoslive.db.rows.history import facts_of
from dimoslive.db.tables.booking import BookingRow
from dimoslive.domain.booking.statuses import FINAL, BookingStatus, change_status
from dimoslive.domain.desk.presses import (
    MAX_OUTCOME_NOTE_LENGTH,
    RULES,
    NotServedReason,
    Press,
    is_allowed,
)
from dimoslive.domain.errors import ChangedByOther, InvalidInput, NotPossibleNow
from dimoslive.domain.people.permissions import Permission
from dimoslive.domain.people.personal_data import clean_text
from dimoslive.domain.people.principals import Official
from dimoslive.domain.scheduling.local_time import ATHENS, to_local
from dimoslive.domain.scheduling.mode import Mode
from dimoslive.domain.scheduling.slots import ticks
from dimoslive.services.access.access_booking import access_booking
from dimoslive.services.booking.record_change import record_change


@dataclass(frozen=True, slots=True)
class SeenBooking:
    """The booking as the page showed it when the official pressed."""

    reference: str
    status: BookingStatus


@dataclass(frozen=True, slots=True)
class PressWords:
    """What some presses ask for besides: why somebody was not served, or where they were referred to."""

    reason: NotServedReason | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Pressed:
    """What was done; by ``event_id`` it can be undone."""

    reference: str
    event_id: int
    status: BookingStatus
    person: str


def press_booking(
    context: AppContext, official: Official, press: Press, seen: SeenBooking, words: PressWords | None = None
) -> Pressed:
    """Do it, if the booking still stands as the official saw it; the same press again does nothing more.

    Raises `NotFound`, `ChangedByOther`, `NotPossibleNow` or `InvalidInput` (the words).
    """
    words = _checked(press, words or PressWords())
    now = context.clock.now()
    with transaction(context.db) as tx:
        row = access_booking(tx, official, seen.reference, Permission.SERVE, for_change=True)
        if row.status != seen.status.value:
            return _answer_late(tx, row, press, official)
        if not is_allowed(press, seen.status, Mode(row.mode), row.starts_at, now):
            raise NotPossibleNow()
        before = facts_of(row)
        _apply(tx, row, press, official, words, now)
        event_id = record_change(tx, row, before, press.value, now, official_id=official.id)
        return Pressed(row.reference, event_id, BookingStatus(row.status), row.person_name)


def refuse_changed(tx: Session, row: BookingRow, *, by_anything: bool = False) -> ChangedByOther:
    """Who changed the booking last, and when; with ``by_anything``, be it a detail alone."""
    last = next(iter(history_of(tx, row.id or 0, 1)), None) if by_anything else last_happened(tx, row.id or 0)
    official = last.official if last else None
    by = f"{official.first_name[:1]}. {official.last_name}" if official else ""
    by = last.api_key.name if last and last.api_key else by
    at = f"{to_local(last.event.at, ATHENS):%H:%M}" if last else ""
    return ChangedByOther(by=by, at=at, status=row.status)


def _answer_late(tx: Session, row: BookingRow, press: Press, official: Official) -> Pressed:
    """A second press of the same button is no error; anybody else's was faster."""
    last = last_happened(tx, row.id or 0)
    if last is not None and (last.event.official_id, last.event.action) == (official.id, press.value):
        return Pressed(row.reference, last.event.id or 0, BookingStatus(row.status), row.person_name)
    raise refuse_changed(tx, row)


def _checked(press: Press, words: PressWords) -> PressWords:
    if press is Press.NOT_SERVED and words.reason is None:
        raise InvalidInput("reason", "reason_required")
    is_needed = press is Press.REFERRED or words.reason is NotServedReason.OTHER
    note = clean_text("outcome_note", words.note, max_length=MAX_OUTCOME_NOTE_LENGTH, required=is_needed)
    return PressWords(words.reason if press is Press.NOT_SERVED else None, note)


def _apply(tx: Session, row: BookingRow, press: Press, official: Official, words: PressWords, now: datetime) -> None:
    """The columns that each press sets, and what follows for claims and the meeting."""
    came_back = row.status == BookingStatus.NO_SHOW.value
    after = RULES[press].after
    match press:
        case Press.ARRIVED:
            row.arrived_at, row.outcome, row.ended_at = now, "", None
        case Press.START | Press.CALL:
            row.started_at, row.served_by = now, official.id
            row.arrived_at = row.arrived_at or (now if press is Press.START else None)
        case Press.NO_ANSWER:
            row.started_at, row.served_by, row.call_attempts = None, None, row.call_attempts + 1
        case Press.BACK_TO_WAITING:
            row.started_at, row.served_by = None, None
        case _:
            # Who was never started has no service time: none is invented.
            row.ended_at = now
            row.served_by = row.served_by or official.id
            row.outcome = words.reason.value if words.reason else press.value
            row.outcome_note = words.note
    if Mode(row.mode) is Mode.VIDEO:
        _apply_to_meeting(tx, row, after, now)
    else:
        row.status = change_status(row.status, after)
        tx.add(row)
        tx.flush()
        if after in FINAL:
            release_claims(tx, [row.id or 0])
    if came_back:
        _take_what_is_left(tx, row, now)


def _apply_to_meeting(tx: Session, row: BookingRow, after: BookingStatus, now: datetime) -> None:
    meeting = meeting_of(tx, row)
    if after in FINAL:
        note_end(tx, row, meeting, after, row.outcome, now)
        return
    if after is BookingStatus.WAITING:
        enqueue_room_closure(tx, row.id or 0, meeting.provider, meeting.room, now)
        forget_admission(meeting)
        meeting.room, meeting.waiting_since = "", meeting.waiting_since or now
        tx.add(meeting)
    row.status = change_status(row.status, after)
    tx.add(row)
    tx.flush()


def _take_what_is_left(tx: Session, row: BookingRow, now: datetime) -> None:
    """Somebody missed has come after all: what is left of the own time is theirs again, if it is still free."""
    take_ahead(tx, row, now)


def take_ahead(tx: Session, row: BookingRow, now: datetime) -> bool:
    """Claim the booking's ticks that are still ahead; whether they are its own now."""
    ahead = range(max(row.first_tick, ticks(now, now).start), row.end_tick)
    return claim_ticks(tx, row.id or 0, row.desk_id, ahead, now, keep_claims_of=row.id or 0, takes_freed=True)
