"""Held times, by query."""

from datetime import datetime

from sqlalchemy import Integer, Update, and_, bindparam, func, select, update
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from dimoslive.db.announcements import announce_day
from dimoslive.db.queries.claims import release_claims
from dimoslive.db.rows.booking import HeldTime
from dimoslive.db.statements import Insert, constants
from dimoslive.db.tables.booking import BookingRow
from dimoslive.domain.booking.draft import HELD_WITHIN
from dimoslive.domain.booking.statuses import NEVER_BOOKED, BookingStatus, change_status
from dimoslive.domain.scheduling.periods import Period


def _of_hold() -> Update:
    return update(BookingRow).where(col(BookingRow.id) == bindparam("hold_id", type_=Integer))


_UNDONE = NEVER_BOOKED | {BookingStatus.CANCELLED_BY_CITIZEN}

# The queries are built once: that takes longer than to run them. Nothing that they read or write is an entity: with the
# session's bookkeeping each takes twice as long.
_OF_CITIZEN = bindparam("citizen_id", type_=Integer)
IS_HELD = col(BookingRow.status).in_(constants([BookingStatus.HELD]))
_HOLD = select(*(col(getattr(BookingRow, name)) for name in HeldTime._fields)).where(
    col(BookingRow.citizen_id) == _OF_CITIZEN, IS_HELD
)
_HOLD_FOR_CHANGE = _HOLD.with_for_update()
_ADD = Insert(BookingRow)
_END = _of_hold().values(status=bindparam("status"), hold_expires_at=bindparam("hold_expires_at"))
_PROLONG = _of_hold().values(hold_expires_at=bindparam("hold_expires_at"), hold_extended=True)
_SEAT = _of_hold().values(desk_id=bindparam("desk_id"))
_LAST = aliased(BookingRow)
IS_IN_VAIN = and_(
    col(BookingRow.status).in_(constants(NEVER_BOOKED)),
    col(BookingRow.hold_expires_at) > bindparam("since"),
    col(BookingRow.created_at)
    >= func.coalesce(
        select(func.max(col(_LAST.booked_at)))
        .where(col(_LAST.citizen_id) == _OF_CITIZEN, col(_LAST.status).not_in(constants(_UNDONE)))
        .scalar_subquery(),
        bindparam("begun_after"),
    ),
)
"""Of a citizen's rows those of times held in vain; asked for with `in_vain_at`."""
_IN_VAIN = select(col(BookingRow.created_at), col(BookingRow.hold_expires_at)).where(
    col(BookingRow.citizen_id) == _OF_CITIZEN, IS_IN_VAIN
)


def add_hold(tx: Session, citizen_id: int | None, hold: HeldTime, ticks: range, now: datetime) -> HeldTime:
    """Store a new hold, its claims not included; its id is new too. A time that was given back is nobody's."""
    given = hold._asdict() | {
        "citizen_id": citizen_id,
        "status": BookingStatus.HELD.value,
        "first_tick": ticks.start,
        "end_tick": ticks.stop,
        "created_at": now,
    }
    del given["id"]
    return hold._replace(id=_ADD(tx, **given))


def seat_hold(tx: Session, hold: HeldTime, desk_id: int) -> HeldTime:
    """Give the hold another desk, its claims not included."""
    tx.connection().execute(_SEAT, {"hold_id": hold.id, "desk_id": desk_id})
    return hold._replace(desk_id=desk_id)


def prolong(tx: Session, hold: HeldTime, expires_at: datetime) -> HeldTime:
    """Hold it longer."""
    tx.connection().execute(_PROLONG, {"hold_id": hold.id, "hold_expires_at": expires_at})
    announce_day(tx, hold, "held")
    return hold._replace(hold_expires_at=expires_at, hold_extended=True)


def let_go(tx: Session, hold: HeldTime, now: datetime) -> None:
    """End a hold, maybe before its time; it then says how long the time was held."""
    status = change_status(BookingStatus.HELD.value, BookingStatus.EXPIRED)
    ended = {"hold_id": hold.id, "status": status, "hold_expires_at": min(now, hold.hold_expires_at)}
    # Its row first, as whoever ends expired holds locks it before the claims.
    tx.connection().execute(_END, ended)
    release_claims(tx, [hold.id])
    announce_day(tx, hold, "let_go")


def in_vain_at(now: datetime) -> dict[str, datetime]:
    """What counts at an instant: holds begun after the last booking that still stands, as far as they are not old."""
    since = now - HELD_WITHIN
    return {"since": since, "begun_after": since - HELD_WITHIN}


def held_in_vain(tx: Session, citizen_id: int, now: datetime) -> list[Period]:
    """When the citizen held times that did not become bookings, as far as it counts now."""
    found = tx.connection().execute(_IN_VAIN, {"citizen_id": citizen_id} | in_vain_at(now))
    return [Period(begun, ended) for begun, ended in found if ended is not None and begun < ended]


def hold_of(tx: Session, citizen_id: int, *, for_change: bool = False) -> HeldTime | None:
    """The citizen's hold, expired or not; one at most. ``for_change`` locks it against whoever would end it."""
    query = _HOLD_FOR_CHANGE if for_change else _HOLD
    found = tx.connection().execute(query, {"citizen_id": citizen_id}).one_or_none()
    return HeldTime(*found) if found else None


def let_go_of_hold(tx: Session, citizen_id: int, now: datetime) -> None:
    """Let the citizen's time go, if one is held."""
    hold = hold_of(tx, citizen_id, for_change=True)
    if hold is not None:
        let_go(tx, hold, now)
