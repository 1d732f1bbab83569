"""What an official does with a call: told, no answer, mine; and taking it back."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from dimoslive.context import AppContext
from dimoslive.db.announcements import announce_day, announce_day_of
from dimoslive.db.engine import transaction
from dimoslive.db.queries.calls import call_for_change
from dimoslive.db.queries.catalogue import is_id
from dimoslive.db.queries.scopes import bookings_within
from dimoslive.db.rows.calls import to_caller
from dimoslive.db.tables.booking import BookingRow
from dimoslive.db.tables.desk import CallTaskRow
from dimoslive.db.tables.official import OfficialRow
from dimoslive.domain.desk.calls import CallPress
from dimoslive.domain.errors import ChangedByOther, NotFound, NotPossibleNow
from dimoslive.domain.people.permissions import Permission
from dimoslive.domain.people.principals import Official
from dimoslive.domain.scheduling.local_time import local_day, to_local
from dimoslive.services.desk.find_workplace import Workplace

_CALL = "call"


@dataclass(frozen=True, slots=True)
class SeenCall:
    """The call as the page showed it when the official pressed."""

    id: int
    attempts: int
    taken_by: int | None = None


def press_call(context: AppContext, official: Official, place: Workplace, press: CallPress, seen: SeenCall) -> bool:
    """Do it, if the call still stands as the official saw it; the same press again does nothing more.

    Returns whether this press did something. Raises `NotFound` or `ChangedByOther`.
    """
    now = context.clock.now()
    with transaction(context.db) as tx:
        row, booking = _locked(tx, official, place, seen.id)
        if row.done_at is not None:
            return _answer_done(tx, row, press, official, place)
        match press:
            case CallPress.TOLD:
                row.done_at, row.done_by = now, official.id
            case CallPress.NO_ANSWER:
                if row.attempts != seen.attempts:
                    # Pressed twice, or a colleague just tried: one attempt was made.
                    return False
                row.attempts, row.tried_at = row.attempts + 1, now
            case CallPress.MINE:
                if row.taken_by == official.id:
                    return False
                if row.taken_by is not None and row.taken_by != seen.taken_by:
                    raise _refuse(tx, row.taken_by, None, place)
                row.taken_by = official.id
        _announce(tx, row, booking, now, place)
        return True


def undo_call(context: AppContext, official: Official, place: Workplace, press: CallPress, call_id: int) -> bool:
    """Take the official's own last press back; done already, it does nothing. Raises `NotFound` or `NotPossibleNow`."""
    now = context.clock.now()
    with transaction(context.db) as tx:
        row, booking = _locked(tx, official, place, call_id)
        match press:
            case CallPress.TOLD:
                if row.done_at is None:
                    return False
                if row.done_by != official.id or local_day(row.done_at, place.zone) != local_day(now, place.zone):
                    raise NotPossibleNow()
                row.done_at, row.done_by = None, None
            case CallPress.NO_ANSWER:
                if row.done_at is not None:
                    raise NotPossibleNow()
                if not row.attempts:
                    return False
                row.attempts -= 1
                row.tried_at = row.tried_at if row.attempts else None
            case CallPress.MINE:
                if row.taken_by != official.id:
                    return False
                row.taken_by = None
        _announce(tx, row, booking, now, place)
        return True


def _locked(tx: Session, official: Official, place: Workplace, call_id: int) -> tuple[CallTaskRow, BookingRow]:
    if not is_id(call_id):
        raise NotFound()
    found = call_for_change(tx, bookings_within(official, Permission.HANDLE_CALLS), place.municipality_id, call_id)
    if found is None:
        raise NotFound()
    return found


def _answer_done(tx: Session, row: CallTaskRow, press: CallPress, official: Official, place: Workplace) -> bool:
    if press is CallPress.TOLD or row.done_by == official.id:
        return False
    raise _refuse(tx, row.done_by, row.done_at, place)


def _refuse(tx: Session, official_id: int | None, at: datetime | None, place: Workplace) -> ChangedByOther:
    caller = to_caller(tx.get(OfficialRow, official_id))
    when = f"{to_local(at, place.zone):%-H:%M}" if at else ""
    return ChangedByOther(by=caller.short_name if caller else "", at=when, status=_CALL)


def _announce(tx: Session, row: CallTaskRow, booking: BookingRow, now: datetime, place: Workplace) -> None:
    """The booking's day says that a call is made; every page counts those that wait, and listens to today."""
    tx.add(row)
    announce_day(tx, booking, _CALL)
    announce_day_of(tx, place.municipality_id, local_day(now, place.zone), _CALL)
