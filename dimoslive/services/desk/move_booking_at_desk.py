"""An official gives a booking another time or mode: the new claims first, then the old ones go."""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlmodel import Session

from dimoslive.context import AppContext
from dimoslive.db.engine import transaction
from dimoslive.db.queries.bookings import booking_with_service
from dimoslive.db.queries.claims import hand_over_claims
from dimoslive.db.queries.freed import FormerPlace
from dimoslive.db.queries.history import last_happened
from dimoslive.db.queries.meetings import forget_admission, forget_meeting, meeting_of
from dimoslive.db.queries.places import with_door
from dimoslive.db.rows.booking import to_booking
from dimoslive.db.rows.history import facts_of
from dimoslive.db.tables.booking import BookingRow
from dimoslive.db.tables.desk import CallTaskRow
from dimoslive.domain.booking.booking import Booking
from dimoslive.domain.booking.statuses import BookingStatus, change_status
from dimoslive.domain.errors import InvalidInput, NotMovable
from dimoslive.domain.events import BookingRescheduled
from dimoslive.domain.people.permissions import Permission
from dimoslive.domain.people.principals import Official
from dimoslive.domain.scheduling.mode import Mode
from dimoslive.domain.scheduling.periods import Period
from dimoslive.services.access.access_booking import access_booking
from dimoslive.services.booking.record_change import record_change
from dimoslive.services.desk.press_booking import refuse_changed
from dimoslive.services.desk.take_place import CheckedPlace, WantedPlace, answered, check_place, claim_place
from dimoslive.services.draft.end_move import let_go_of_move
from dimoslive.services.freed.free_late import free_late
from dimoslive.services.outbox.publish_event import publish_event
from dimoslive.services.waiting.enter_list import end_entry_if_earlier

MOVED = "moved"
MOVABLE = frozenset({BookingStatus.BOOKED, BookingStatus.WAITING})


class Telling(StrEnum):
    """How the citizen hears of it."""

    MAIL = "mail"
    """«Ενημέρωση του πολίτη»."""
    CALL = "call"
    """«Θα τον πάρω τηλέφωνο»: it goes to the calls."""
    NONE = "none"
    """The person is at the counter or on the telephone."""


@dataclass(frozen=True, slots=True)
class SeenPlace:
    """The booking as the page showed it when the official pressed."""

    reference: str
    status: BookingStatus
    starts_at: datetime
    desk_id: int
    mode: Mode


def move_booking_at_desk(
    context: AppContext,
    official: Official,
    seen: SeenPlace,
    wanted: WantedPlace,
    telling: Telling,
    mode: Mode | None = None,
) -> Booking:
    """Move it, if it still stands as the official saw it; the same press again does nothing more.

    Without a ``mode`` it keeps its own. Citizens' limits neither bind nor are used up. Raises `NotFound`,
    `ChangedByOther`, `NotMovable`, `NotOffered`, `InvalidInput`, `UnansweredWarnings`, `SlotTaken` or `LanesFull`; then
    nothing was written.
    """
    now = context.clock.now()
    with transaction(context.db) as tx:
        row = access_booking(tx, official, seen.reference, Permission.ARRANGE, for_change=True)
        if place_of(row) != seen:
            if _is_done(tx, row, official, wanted, mode):
                return to_booking(booking_with_service(tx, row.id or 0))
            raise refuse_changed(tx, row)
        if BookingStatus(row.status) not in MOVABLE:
            raise NotMovable()
        if telling is Telling.MAIL and not row.email:
            raise InvalidInput("telling", "no_email")
        _move(tx, row, official, wanted, mode or Mode(row.mode), telling, now)
        return to_booking(booking_with_service(tx, row.id or 0))


def place_of(row: BookingRow) -> SeenPlace:
    """Where the booking stands now."""
    return SeenPlace(row.reference, BookingStatus(row.status), row.starts_at, row.desk_id, Mode(row.mode))


def _move(
    tx: Session,
    row: BookingRow,
    official: Official,
    wanted: WantedPlace,
    mode: Mode,
    telling: Telling,
    now: datetime,
) -> None:
    if mode is Mode.PHONE and not row.phone:
        raise InvalidInput("mode", "mode_without_phone")
    let_go_of_move(tx, row, now)
    period, old_mode = Period(row.starts_at, row.ends_at), Mode(row.mode)
    length = int(period.length.total_seconds() // 60)
    place = check_place(tx, row.service_id, mode, wanted, now, ignoring=row.id or 0, duration_minutes=length)
    if not give_place(tx, row, answered(place, wanted), now, official_id=official.id, mode=mode):
        return
    if telling is Telling.MAIL:
        tell_of_move(tx, row, period, old_mode, now)
    elif telling is Telling.CALL:
        tx.add(a_call(row, MOVED, period, old_mode, now))


def give_place(  # where to, and who does it
    tx: Session,
    row: BookingRow,
    place: CheckedPlace,
    now: datetime,
    *,
    official_id: int | None,
    api_key_id: int | None = None,
    mode: Mode | None = None,
    keeps_former: bool = False,
) -> bool:
    """Move a booking that is locked to a place that was checked; whether that is another than it had.

    ``keeps_former`` keeps its former place for it too, until somebody else lets that go. Raises `SlotTaken` or
    `LanesFull`.
    """
    before, former, old_mode = facts_of(row), FormerPlace.of(row), Mode(row.mode)
    new_mode = mode or old_mode
    claim_place(tx, row, place, now)
    if not keeps_former:
        free_late(tx, former, now, kept=place.ticks if row.desk_id == former.desk_id else range(0))
        hand_over_claims(tx, row.id or 0, row.id or 0, row.desk_id, place.ticks)
    after = facts_of(row)
    if new_mode is old_mode and all(before[name] == after[name] for name in ("starts_at", "ends_at", "desk_id")):
        return False
    if BookingStatus(row.status) is BookingStatus.WAITING:
        _send_home(tx, row)
    if new_mode is not old_mode:
        _change_mode(tx, row, new_mode, now)
    row.first_starts_at = row.first_starts_at or former.period.starts_at
    end_entry_if_earlier(tx, row, former.period.starts_at, now)
    row.sequence += 1
    record_change(tx, row, before, MOVED, now, official_id=official_id, api_key_id=api_key_id, reason=place.reason)
    tx.flush()
    return True


def tell_of_move(
    tx: Session,
    row: BookingRow,
    was: Period,
    mode: Mode,
    now: datetime,
    *,
    reason: str = "",
    wait: timedelta = timedelta(),
) -> int:
    """Have the citizen mailed, after the wait, of the time and mode that the booking has now."""
    booking = with_door(tx, to_booking(booking_with_service(tx, row.id or 0)), row.desk_id)
    return publish_event(tx, BookingRescheduled(booking, was, mode, reason), now, wait=wait)


def a_call(row: BookingRow, kind: str, was: Period, mode: Mode, now: datetime) -> CallTaskRow:
    """Somebody to be phoned, with what the booking was before."""
    facts = {"starts_at": was.starts_at.isoformat(), "ends_at": was.ends_at.isoformat(), "mode": mode.value}
    return CallTaskRow(
        municipality_id=row.municipality_id,
        booking_id=row.id or 0,
        kind=kind,
        facts=json.dumps(facts),
        created_at=now,
    )


def _send_home(tx: Session, row: BookingRow) -> None:
    """Who waited comes again at the new time."""
    row.status = change_status(row.status, BookingStatus.BOOKED)
    row.arrived_at = None
    meeting = meeting_of(tx, row)
    if meeting.waiting_since is not None:
        forget_admission(meeting)
        meeting.waiting_since = meeting.seen_at = meeting.sent_back_at = None
        tx.add(meeting)


def _change_mode(tx: Session, row: BookingRow, mode: Mode, now: datetime) -> None:
    """What hung on the former mode goes: its meeting, and for a call the declaration, which was another one."""
    if Mode(row.mode) is Mode.VIDEO:
        forget_meeting(tx, row.id or 0, now)
    row.mode = mode.value
    if mode is Mode.VIDEO:
        # The citizen makes the one for a call on the page before the waiting room.
        row.consent_version = row.consent_sha256 = row.consent_language = ""
        row.consent_at = None


def _is_done(tx: Session, row: BookingRow, official: Official, wanted: WantedPlace, mode: Mode | None) -> bool:
    """Whether an earlier press of the same button moved it there."""
    last = last_happened(tx, row.id or 0)
    return (
        last is not None
        and (last.event.official_id, last.event.action) == (official.id, MOVED)
        and row.starts_at == wanted.starts_at
        and mode in (None, Mode(row.mode))
    )
