"""Desks and their ticks: to take a time is to insert its claims. The primary key decides who gets it."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Integer, bindparam, delete, func, or_, select, update
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.exc import OperationalError
from sqlmodel import Session, col

from dimoslive.db.announcements import announce_days_of
from dimoslive.db.queries.waiting_list import is_offered
from dimoslive.db.tables.booking import BookingRow, ClaimRow
from dimoslive.domain.booking.statuses import BookingStatus
from dimoslive.domain.errors import SlotTaken
from dimoslive.domain.scheduling.slots import MAX_TICKS

_DEADLOCK = "40P01"
# Built once: that takes longer than to run them. The ticks come as one value, so that a claim of any length is the
# same statement, and the database says how many of them were free.
_CLAIMED = ["desk_id", "tick", "booking_id"]
_DESK_ID, _BOOKING_ID = bindparam("desk_id", type_=Integer), bindparam("booking_id", type_=Integer)
_TICKS_IN_JSON = func.json_each(bindparam("ticks", type_=JSON)).table_valued("value")
_CLAIM: dict[str, Any] = {
    "postgresql": postgresql_insert(ClaimRow)
    .from_select(_CLAIMED, select(_DESK_ID, func.unnest(bindparam("ticks", type_=ARRAY(Integer))), _BOOKING_ID))
    .on_conflict_do_nothing()
    .execution_options(preserve_rowcount=True),
    "sqlite": sqlite_insert(ClaimRow)
    .from_select(_CLAIMED, select(_DESK_ID, _TICKS_IN_JSON.c.value, _BOOKING_ID).where(_TICKS_IN_JSON.c.value > 0))
    .on_conflict_do_nothing()
    .execution_options(preserve_rowcount=True),
}
_UNCLAIM = delete(ClaimRow).where(
    col(ClaimRow.desk_id) == _DESK_ID,
    col(ClaimRow.tick).in_(bindparam("ticks", expanding=True)),
    col(ClaimRow.booking_id) == _BOOKING_ID,
)
_OWN = select(col(ClaimRow.tick)).where(col(ClaimRow.desk_id) == _DESK_ID, col(ClaimRow.booking_id) == _BOOKING_ID)
_RELEASE = delete(ClaimRow).where(col(ClaimRow.booking_id).in_(bindparam("booking_ids", expanding=True)))


def claim_ticks(
    tx: Session,
    booking_id: int,
    desk_id: int,
    wanted: range,
    now: datetime,
    *,
    keep_claims_of: int = 0,
    takes_freed: bool = False,
) -> bool:
    """Take all the wanted ticks of a desk for a booking, or none. This is what prevents double bookings.

    Expired holds of the wanted ticks give way, and with ``takes_freed``, which is for staff, those of times that were
    given back. ``keep_claims_of`` is a booking being moved, whose own ticks it keeps. Raises `SlotTaken` where the
    database has ended the transaction in favour of another.
    """
    kept: set[int] = set()
    if keep_claims_of:
        own = {"desk_id": desk_id, "booking_id": keep_claims_of}
        kept = set(tx.connection().scalars(_OWN, own))
    missing = [tick for tick in wanted if tick not in kept]
    try:
        if _insert(tx, booking_id, desk_id, missing):
            return True
        # Somebody has been there before. Only now is it asked who: most times are nobody's.
        ended = expired_holds(tx, now, desk_id=desk_id, wanted=wanted, or_freed=takes_freed)
        end_holds(tx, ended)
        return bool(ended) and _insert(tx, booking_id, desk_id, missing)
    except OperationalError as problem:
        # Two who want each other's expired time: PostgreSQL lets one of them through, and this is the other.
        if getattr(problem.orig, "sqlstate", None) != _DEADLOCK:
            raise
        raise SlotTaken() from None


def _insert(tx: Session, booking_id: int, desk_id: int, wanted: list[int]) -> bool:
    """Claim all of the ticks, or none."""
    if not wanted:
        return True
    connection, given = tx.connection(), {"desk_id": desk_id, "booking_id": booking_id, "ticks": wanted}
    claimed = connection.execute(_CLAIM[connection.dialect.name], given).rowcount
    if claimed == len(wanted):
        return True
    if claimed:
        connection.execute(_UNCLAIM, given)
    return False


def expired_holds(
    tx: Session,
    now: datetime,
    *,
    desk_id: int | None = None,
    wanted: range = range(0),
    or_freed: bool = False,
    limit: int = 500,
) -> list[int]:
    """Holds that ran out, locked so that their owners cannot confirm them: of a desk at the wanted ticks, or of all.

    ``or_freed``: those too that are nobody's, and offered to nobody. Of all: those that somebody has locked already are
    left to them.
    """
    is_over = col(BookingRow.hold_expires_at) <= now
    query = select(col(BookingRow.id)).where(
        col(BookingRow.status) == BookingStatus.HELD.value,
        or_(is_over, col(BookingRow.citizen_id).is_(None) & ~is_offered()) if or_freed else is_over,
    )
    if desk_id is not None:
        query = query.where(
            col(BookingRow.desk_id) == desk_id,
            col(BookingRow.first_tick) > wanted.start - MAX_TICKS,
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


def pass_claims(tx: Session, from_id: int, to_id: int, desk_id: int, wanted: range) -> None:
    """Of these ticks, those that one booking has are the other's now."""
    tx.execute(
        update(ClaimRow)
        .where(
            col(ClaimRow.booking_id) == from_id,
            col(ClaimRow.desk_id) == desk_id,
            col(ClaimRow.tick).in_(list(wanted)),
        )
        .values(booking_id=to_id)
    )


def release_claims(tx: Session, booking_ids: Iterable[int]) -> None:
    """Give the time of these bookings back."""
    tx.connection().execute(_RELEASE, {"booking_ids": list(booking_ids)})


def forget_past_claims(tx: Session, before: int) -> None:
    """Remove claims of ticks before this one."""
    tx.execute(delete(ClaimRow).where(col(ClaimRow.tick) < before))


def end_holds(tx: Session, booking_ids: Iterable[int | None]) -> None:
    """Turn holds into expired ones, all in one statement and so without `change_status`, and free their time."""
    ids = [booking_id for booking_id in booking_ids if booking_id is not None]
    if not ids:
        return
    release_claims(tx, ids)
    announce_days_of(tx, ids, "let_go")
    tx.execute(update(BookingRow).where(col(BookingRow.id).in_(ids)).values(status=BookingStatus.EXPIRED.value))
