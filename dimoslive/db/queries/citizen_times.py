"""All times that a citizen has, in one query: held, booked, and held in vain."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Integer, bindparam, or_, select
from sqlmodel import Session, col

from dimoslive.db.queries.bookings import IS_STILL_TO_COME
from dimoslive.db.queries.holds import IS_HELD, IS_IN_VAIN, in_vain_at
from dimoslive.db.rows.booking import HeldTime, OpenBooking
from dimoslive.db.tables.booking import BookingRow
from dimoslive.domain.booking.statuses import BookingStatus
from dimoslive.domain.scheduling.periods import Period

_OF_HOLD = len(HeldTime._fields)
_OPEN_ONE = [HeldTime._fields.index(name) for name in OpenBooking._fields]
_TIMES = (
    select(
        *(col(getattr(BookingRow, name)) for name in HeldTime._fields),
        col(BookingRow.status),
        col(BookingRow.created_at),
        IS_IN_VAIN.label("is_in_vain"),
    )
    .where(
        col(BookingRow.citizen_id) == bindparam("citizen_id", type_=Integer),
        or_(IS_HELD, IS_STILL_TO_COME, IS_IN_VAIN),
    )
    .order_by(col(BookingRow.starts_at))
)


class CitizenTimes(NamedTuple):
    """What a citizen who takes another time has already."""

    hold: HeldTime | None
    """Expired or not; one at most."""
    ahead: list[OpenBooking]
    """Open bookings still to come, soonest first."""
    in_vain: list[Period]
    """When times were held that did not become bookings, the hold as if it ended now."""


def citizen_times(tx: Session, citizen_id: int, now: datetime) -> CitizenTimes:
    """Of a citizen who is locked: nobody else books or holds for them until we are done."""
    hold, ahead, in_vain = None, [], []
    asked = {"citizen_id": citizen_id, "now": now} | in_vain_at(now)
    for row in tx.connection().execute(_TIMES, asked):
        if row.status == BookingStatus.HELD.value:
            hold = HeldTime(*row[:_OF_HOLD])
        if row.is_in_vain:
            ended = min(row.hold_expires_at, now)
            in_vain += [Period(row.created_at, ended)] if row.created_at < ended else []
        elif row.status != BookingStatus.HELD.value:
            ahead.append(OpenBooking(*(row[place] for place in _OPEN_ONE)))
    return CitizenTimes(hold, ahead, in_vain)
