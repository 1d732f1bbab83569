"""Held times, by query."""

from datetime import datetime

from sqlalchemy import func, select
from sqlmodel import Session, col

from dimoslive.db.queries.claims import end_holds
from dimoslive.db.tables.booking import BookingRow
from dimoslive.domain.booking.draft import HELD_WITHIN
from dimoslive.domain.booking.statuses import NEVER_BOOKED, BookingStatus
from dimoslive.domain.scheduling.periods import Period

_NEVER_BOOKED = [status.value for status in NEVER_BOOKED]


def let_go(tx: Session, hold: BookingRow, now: datetime) -> None:
    """End a hold, maybe before its time; it then says how long the time was held."""
    if hold.hold_expires_at is not None and now < hold.hold_expires_at:
        hold.hold_expires_at = now
        tx.add(hold)
        tx.flush()
    end_holds(tx, [hold.id])


def held_in_vain(tx: Session, citizen_id: int, since: datetime) -> list[Period]:
    """When the citizen held times that did not become bookings: those begun after the last booking that still stands.

    Only what reached beyond ``since``.
    """
    of_citizen = col(BookingRow.citizen_id) == citizen_id
    undone = [*_NEVER_BOOKED, BookingStatus.CANCELLED_BY_CITIZEN.value]
    booked = select(func.max(col(BookingRow.booked_at))).where(of_citizen, col(BookingRow.status).not_in(undone))
    query = select(col(BookingRow.created_at), col(BookingRow.hold_expires_at)).where(
        of_citizen,
        col(BookingRow.status).in_(_NEVER_BOOKED),
        col(BookingRow.hold_expires_at) > since,
        col(BookingRow.created_at) >= (tx.scalar(booked) or since - HELD_WITHIN),
    )
    return [Period(begun, ended) for begun, ended in tx.execute(query) if begun < ended]


def hold_of(tx: Session, citizen_id: int, *, for_change: bool = False) -> BookingRow | None:
    """The citizen's hold, expired or not; one at most. ``for_change`` locks it against whoever would end it."""
    query = select(BookingRow).where(
        col(BookingRow.citizen_id) == citizen_id, col(BookingRow.status) == BookingStatus.HELD.value
    )
    if for_change:
        query = query.with_for_update().execution_options(populate_existing=True)
    return tx.scalars(query).one_or_none()


_NEVER_BOOKED = [status.value for status in NEVER_BOOKED]


def let_go_of_hold(tx: Session, citizen_id: int, now: datetime) -> None:
    """Let the citizen's time go, if one is held."""
    hold = hold_of(tx, citizen_id, for_change=True)
    if hold is not None:
        let_go(tx, hold, now)
