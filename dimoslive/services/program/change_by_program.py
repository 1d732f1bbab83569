"""A program moves or cancels a booking: by the steps of the desk, and within what citizens are offered."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session

from dimoslive.context import AppContext
from dimoslive.db.engine import transaction
from dimoslive.db.queries.catalogue import ServiceWithPlace, service_with_place
from dimoslive.db.queries.people import lock_citizen
from dimoslive.db.rows.catalogue import pause_of
from dimoslive.db.tables.booking import BookingRow
from dimoslive.domain.booking.booking import MAX_REASON_LENGTH
from dimoslive.domain.booking.statuses import CANCELLED, BookingStatus
from dimoslive.domain.catalogue.pause import pause_at
from dimoslive.domain.errors import InvalidInput, NotSignedIn, Paused, TooLate
from dimoslive.domain.keys.errors import PersonErased, StatusNotAllowed, VersionChanged
from dimoslive.domain.people.permissions import Permission
from dimoslive.domain.people.personal_data import clean_text
from dimoslive.domain.people.principals import ApiKey
from dimoslive.domain.scheduling.mode import Mode
from dimoslive.domain.scheduling.periods import Period
from dimoslive.services.access.access_booking import access_booking
from dimoslive.services.desk.cancel_by_municipality import (
    CAN_BE_CANCELLED,
    MIN_REASON_LENGTH,
    call_of_cancelled,
    call_off,
    can_be_cancelled,
)
from dimoslive.services.desk.move_booking_at_desk import MOVABLE, MOVED, a_call, give_place, tell_of_move
from dimoslive.services.draft.end_move import let_go_of_move
from dimoslive.services.program.answer_once import Answered, Once, answer_once
from dimoslive.services.program.book_by_program import Write, shown_after
from dimoslive.services.program.offered_place import lock_places, offered_place, seat

_AT_ONCE = timedelta()


@dataclass(frozen=True, slots=True)
class SeenVersion:
    """A booking, and the version in which the program has seen it; none if it does not say."""

    reference: str
    version: int | None = None


@dataclass(frozen=True, slots=True)
class MoveWish:
    """Where to. Without a mode it keeps its own; ``tells`` has the citizen mailed, or phoned where there is no mail."""

    starts_at: datetime
    mode: Mode | None = None
    tells: bool = True


@dataclass(frozen=True, slots=True)
class CancelWish:
    """Who wishes it, and why: the citizen reads the reason where it is the municipality's."""

    by: BookingStatus
    reason: str
    tells: bool = True


def move_by_program(
    context: AppContext, key: ApiKey, seen: SeenVersion, wish: MoveWish, once: Once | None, write: Write
) -> Answered:
    """Move it and answer; to where it is already changes nothing. Citizens' limits neither bind nor are used up.

    Raises `NotFound`, `Paused`, `VersionChanged`, `StatusNotAllowed`, `TooLate`, `PersonErased`, `NotOffered`,
    `InvalidInput`, `SlotTaken`, or what `answer_once` does; then nothing was written.
    """
    now = context.clock.now()

    def move(tx: Session) -> str:
        row, place = _locked(tx, key, seen.reference, now)
        _check_version(row, seen)
        _check_movable(row, now)
        _move(tx, key, row, place, wish, now)
        return write(shown_after(tx, key, row.reference, now))

    with transaction(context.db) as tx:
        return answer_once(context, tx, key, once, now, lambda: move(tx))


def cancel_by_program(
    context: AppContext, key: ApiKey, seen: SeenVersion, wish: CancelWish, once: Once | None, write: Write
) -> Answered:
    """Cancel it and answer; one that is cancelled already stays as it is.

    Raises as `move_by_program` does.
    """
    reason = clean_text("reason", wish.reason, max_length=MAX_REASON_LENGTH)
    if len(reason) < MIN_REASON_LENGTH:
        raise InvalidInput("reason", "too_short", min_length=MIN_REASON_LENGTH)
    now = context.clock.now()

    def cancel(tx: Session) -> str:
        row, _ = _locked(tx, key, seen.reference, now)
        if BookingStatus(row.status) not in CANCELLED:
            _check_version(row, seen)
            _check_cancellable(row, now)
            _cancel(tx, key, row, wish, reason, now)
        return write(shown_after(tx, key, row.reference, now))

    with transaction(context.db) as tx:
        return answer_once(context, tx, key, once, now, lambda: cancel(tx))


def _locked(tx: Session, key: ApiKey, reference: str, now: datetime) -> tuple[BookingRow, ServiceWithPlace]:
    """The booking, after all that is locked before one; raises `NotFound`, or `Paused` for the whole municipality."""
    row = access_booking(tx, key, reference, Permission.ARRANGE)
    place = service_with_place(tx, row.service_id)
    assert place is not None
    pause = pause_at(now, pause_of(place.municipality))
    if pause is not None:
        raise Paused(pause.message)
    if row.citizen_id is not None and place.service.staff_reserve > 0:
        try:
            lock_citizen(tx, row.citizen_id)
        except NotSignedIn:
            """Erased in this moment: then there is nobody to wait for."""
    lock_places(tx, place.service)
    return access_booking(tx, key, reference, Permission.ARRANGE, for_change=True), place


def _check_version(row: BookingRow, seen: SeenVersion) -> None:
    if seen.version is not None and seen.version != row.version:
        raise VersionChanged(version=row.version)


def _check_movable(row: BookingRow, now: datetime) -> None:
    if row.erased_at is not None:
        raise PersonErased()
    if BookingStatus(row.status) not in MOVABLE:
        raise StatusNotAllowed(status=row.status)
    if row.ends_at <= now:
        raise TooLate()


def _check_cancellable(row: BookingRow, now: datetime) -> None:
    status = BookingStatus(row.status)
    if status not in CAN_BE_CANCELLED:
        raise StatusNotAllowed(status=row.status)
    if not can_be_cancelled(status, row.starts_at, now):
        raise TooLate()


def _move(tx: Session, key: ApiKey, row: BookingRow, place: ServiceWithPlace, wish: MoveWish, now: datetime) -> None:
    was, old_mode = Period(row.starts_at, row.ends_at), Mode(row.mode)
    mode = wish.mode or old_mode
    if (wish.starts_at, mode) == (row.starts_at, old_mode):
        return
    if mode is Mode.PHONE and not row.phone:
        raise InvalidInput("mode", "mode_without_phone")
    let_go_of_move(tx, row, now)
    offered = offered_place(tx, place.service, mode, wish.starts_at, now, moving=row.id)
    give_place(tx, row, seat(tx, row, offered, now), now, official_id=None, api_key_id=key.id, mode=mode)
    if wish.tells and row.email:
        tell_of_move(tx, row, was, old_mode, now)
    elif wish.tells:
        tx.add(a_call(row, MOVED, was, old_mode, now))


def _cancel(tx: Session, key: ApiKey, row: BookingRow, wish: CancelWish, reason: str, now: datetime) -> None:
    call_off(
        tx,
        row,
        wish.by,
        reason,
        now,
        official_id=None,
        api_key_id=key.id,
        wait=_AT_ONCE,
        tells_citizen=wish.tells,
    )
    if wish.tells and not row.email and wish.by is BookingStatus.CANCELLED_BY_MUNICIPALITY:
        tx.add(call_of_cancelled(row, now))
