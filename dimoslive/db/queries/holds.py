"""Held times, by query."""

from datetime import datetime

from sqlalchemy import Integer, bindparam, func, select
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from dimoslive.db.announcements import announce_day
from dimoslive.db.queries.claims import release_claims
from dimoslive.db.tables.booking import BookingRow
from dimoslive.domain.booking.draft import HELD_WITHIN
from dimoslive.domain.booking.statuses import NEVER_BOOKED, BookingStatus, change_status
from dimoslive.domain.scheduling.periods import Period

_NEVER_BOOKED = [status.value for status in NEVER_BOOKED]
_UNDONE = [*_NEVER_BOOKED, BookingStatus.CANCELLED_BY_CITIZEN.value]

# The queries are built once: that takes longer than to run them.
_OF_CITIZEN = bindparam("citizen_id", type_=Integer)
_HOLD = select(BookingRow).where(
    col(BookingRow.citizen_id) == _OF_CITIZEN, col(BookingRow.status) == BookingStatus.HELD.value
)
_HOLD_FOR_CHANGE = _HOLD.with_for_update().execution_options(populate_existing=True)
_LAST = aliased(BookingRow)
_IN_VAIN = select(col(BookingRow.created_at), col(BookingRow.hold_expires_at)).where(
    col(BookingRow.citizen_id) == _OF_CITIZEN,
    col(BookingRow.status).in_(_NEVER_BOOKED),
    col(BookingRow.hold_expires_at) > bindparam("since"),
    col(BookingRow.created_at)
    >= func.coalesce(
        select(func.max(col(_LAST.booked_at)))
        .where(col(_LAST.citizen_id) == _OF_CITIZEN, col(_LAST.status).not_in(_UNDONE))
        .scalar_subquery(),
        bindparam("begun_after"),
    ),
)


def let_go(tx: Session, hold: BookingRow, now: datetime) -> None:
    """End a hold, maybe before its time; it then says how long the time was held."""
    release_claims(tx, [hold.id or 0])
    if hold.hold_expires_at is not None and now < hold.hold_expires_at:
        hold.hold_expires_at = now
    hold.status = change_status(hold.status, BookingStatus.EXPIRED)
    tx.add(hold)
    tx.flush()
    announce_day(tx, hold, "let_go")


def held_in_vain(tx: Session, citizen_id: int, since: datetime) -> list[Period]:
    """When the citizen held times that did not become bookings: those begun after the last booking that still stands.

    Only what reached beyond ``since``.
    """
    asked = {"citizen_id": citizen_id, "since": since, "begun_after": since - HELD_WITHIN}
    return [Period(begun, ended) for begun, ended in tx.execute(_IN_VAIN, asked) if begun < ended]


def hold_of(tx: Session, citizen_id: int, *, for_change: bool = False) -> BookingRow | None:
    """The citizen's hold, expired or not; one at most. ``for_change`` locks it against whoever would end it."""
    return tx.scalars(_HOLD_FOR_CHANGE if for_change else _HOLD, {"citizen_id": citizen_id}).one_or_none()


def let_go_of_hold(tx: Session, citizen_id: int, now: datetime) -> None:
    """Let the citizen's time go, if one is held."""
    hold = hold_of(tx, citizen_id, for_change=True)
    if hold is not None:
        let_go(tx, hold, now)
