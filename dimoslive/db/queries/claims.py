"""Desks and their ticks: to take a time is to insert its claims. The primary key has the last word."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import delete, insert, select, update
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlmodel import Session, col

from dimoslive.db.tables.booking import BookingRow, ClaimRow
from dimoslive.domain.booking.statuses import BookingStatus
from dimoslive.domain.errors import SlotTaken

_DEADLOCK = "40P01"


def claim_ticks(
    tx: Session, booking_id: int, desk_id: int, wanted: range, now: datetime, *, keep_claims_of: int = 0
) -> None:
    """Take the ticks of a desk for a booking, or raise `SlotTaken`: the last word on double booking.

    Expired holds of the wanted ticks give way. ``keep_claims_of`` is a booking being moved, whose own ticks it keeps.
    """
    kept: set[int] = set()
    if keep_claims_of:
        own = select(col(ClaimRow.tick)).where(
            col(ClaimRow.desk_id) == desk_id, col(ClaimRow.booking_id) == keep_claims_of
        )
        kept = set(tx.scalars(own))
    claims = [{"desk_id": desk_id, "tick": tick, "booking_id": booking_id} for tick in wanted if tick not in kept]
    if not claims:
        return
    try:
        with tx.begin_nested():
            end_holds(tx, expired_holds(tx, now, desk_id=desk_id, wanted=wanted))
            tx.execute(insert(ClaimRow).values(claims))
    except IntegrityError:
        raise SlotTaken() from None
    except OperationalError as problem:
        # Two who want each other's expired time: PostgreSQL lets one of them through, and this is the other.
        if getattr(problem.orig, "sqlstate", None) != _DEADLOCK:
            raise
        raise SlotTaken() from None


def expired_holds(
    tx: Session, now: datetime, *, desk_id: int | None = None, wanted: range = range(0), limit: int = 500
) -> list[int]:
    """Holds that ran out, locked so that their owners cannot confirm them: of a desk at the wanted ticks, or of all.

    Of all: those that somebody has locked already are left to them.
    """
    query = select(col(BookingRow.id)).where(
        col(BookingRow.status) == BookingStatus.HELD.value, col(BookingRow.hold_expires_at) <= now
    )
    if desk_id is not None:
        query = query.where(
            col(BookingRow.desk_id) == desk_id,
            col(BookingRow.first_tick) < wanted.stop,
            col(BookingRow.end_tick) > wanted.start,
        )
    query = query.order_by(col(BookingRow.id)).limit(limit).with_for_update(skip_locked=desk_id is None)
    return [id_ for id_ in tx.scalars(query) if id_]


def hand_over_claims(tx: Session, from_id: int, to_id: int, desk_id: int, wanted: range) -> None:
    """A move: the booking takes the hold's claims and lets go of its own outside the wanted time."""
    tx.execute(update(ClaimRow).where(col(ClaimRow.booking_id) == from_id).values(booking_id=to_id))
    tx.execute(
        delete(ClaimRow).where(
            col(ClaimRow.booking_id) == to_id,
            (col(ClaimRow.desk_id) != desk_id) | col(ClaimRow.tick).not_in(list(wanted)),
        )
    )


def release_claims(tx: Session, booking_ids: Iterable[int]) -> None:
    """Give the time of these bookings back."""
    tx.execute(delete(ClaimRow).where(col(ClaimRow.booking_id).in_(list(booking_ids))))


def forget_past_claims(tx: Session, before: int) -> None:
    """Remove claims of ticks before this one."""
    tx.execute(delete(ClaimRow).where(col(ClaimRow.tick) < before))


def end_holds(tx: Session, booking_ids: Iterable[int | None]) -> None:
    """Turn holds into expired ones and free their time."""
    ids = [booking_id for booking_id in booking_ids if booking_id is not None]
    if not ids:
        return
    release_claims(tx, ids)
    tx.execute(update(BookingRow).where(col(BookingRow.id).in_(ids)).values(status=BookingStatus.EXPIRED.value))
