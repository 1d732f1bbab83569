"""Times that are given back, by query."""

from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple, Self

from sqlalchemy import ColumnElement, bindparam, or_, select
from sqlmodel import Session, col

from dimoslive.crypto import random_reference_bits
from dimoslive.db.queries.claims import pass_claims
from dimoslive.db.queries.holds import add_hold
from dimoslive.db.queries.waiting_list import FreedHold, freed_hold, is_offered
from dimoslive.db.rows.booking import HeldTime
from dimoslive.db.tables.booking import BookingRow
from dimoslive.db.tables.catalogue import ClosureRow, DepartmentRow, MunicipalityRow, ServiceDeskRow, ServiceRow
from dimoslive.db.tables.freed_time import FreedTimeRow
from dimoslive.domain.booking.references import make_reference
from dimoslive.domain.booking.statuses import BookingStatus
from dimoslive.domain.scheduling.mode import Mode
from dimoslive.domain.scheduling.periods import Period
from dimoslive.domain.scheduling.slots import MAX_TICKS, ServiceRules, ticks

_RULES = ServiceRules.__dataclass_fields__.keys()
IS_FREED = (col(BookingRow.status) == BookingStatus.HELD.value) & col(BookingRow.citizen_id).is_(None)
"""A hold that is nobody's is a time that was given back."""


class FormerPlace(NamedTuple):
    """The place that a booking gives up, as it was."""

    booking_id: int
    municipality_id: int
    service_id: int
    desk_id: int
    mode: str
    period: Period
    ticks: range

    @classmethod
    def of(cls, row: BookingRow) -> Self:
        """Where the booking stands now."""
        return cls(
            row.id or 0,
            row.municipality_id,
            row.service_id,
            row.desk_id,
            row.mode,
            Period(row.starts_at, row.ends_at),
            range(row.first_tick, row.end_tick),
        )


def offers_at_desk(tx: Session, desk_id: int) -> list[tuple[ServiceRules, Mode]]:
    """The services of a desk, in each of their modes; a lane has none."""
    query = (
        select(
            *(col(getattr(MunicipalityRow if name == "zone" else ServiceRow, name)) for name in _RULES),
            *(col(getattr(ServiceRow, f"offers_{mode}")) for mode in Mode),
        )
        .select_from(ServiceDeskRow)
        .join(ServiceRow, col(ServiceRow.id) == col(ServiceDeskRow.service_id))
        .join(DepartmentRow, col(DepartmentRow.id) == col(ServiceRow.department_id))
        .join(MunicipalityRow, col(MunicipalityRow.id) == col(DepartmentRow.municipality_id))
        .where(col(ServiceDeskRow.desk_id) == desk_id, col(ServiceRow.is_active), col(DepartmentRow.is_active))
    )
    return [
        (ServiceRules(**{name: getattr(row, name) for name in _RULES}), mode)
        for row in tx.execute(query)
        for mode in Mode
        if getattr(row, f"offers_{mode}")
    ]


def is_closed(tx: Session, place: FormerPlace) -> bool:
    """Whether the municipality, or the department of the service, is closed then."""
    department = select(col(ServiceRow.department_id)).where(col(ServiceRow.id) == place.service_id).scalar_subquery()
    query = select(col(ClosureRow.id)).where(
        col(ClosureRow.municipality_id) == place.municipality_id,
        or_(col(ClosureRow.department_id).is_(None), col(ClosureRow.department_id) == department),
        col(ClosureRow.is_active),
        col(ClosureRow.starts_at) < place.period.ends_at,
        col(ClosureRow.ends_at) > place.period.starts_at,
    )
    return tx.scalar(query.limit(1)) is not None


def keep_freed(tx: Session, place: FormerPlace, now: datetime, public_at: datetime, next_at: datetime) -> None:
    """Hand the claims of a place to a hold of nobody's, until citizens may have it.

    The waiting list looks at it first at ``next_at``.
    """
    hold = HeldTime(
        id=0,
        reference=make_reference(random_reference_bits()),
        municipality_id=place.municipality_id,
        service_id=place.service_id,
        desk_id=place.desk_id,
        mode=place.mode,
        starts_at=place.period.starts_at,
        ends_at=place.period.ends_at,
        moving_id=None,
        hold_expires_at=public_at,
        hold_extended=False,
    )
    hold = add_hold(tx, None, hold, place.ticks, now)
    pass_claims(tx, place.booking_id, hold.id, place.desk_id, place.ticks)
    tx.add(
        FreedTimeRow(hold_id=hold.id, booking_id=place.booking_id, freed_at=now, public_at=public_at, next_at=next_at)
    )


def freed_within(tx: Session, scope: ColumnElement[bool], reference: str) -> FreedHold | None:
    """A time that was given back, if it is in a scope, with its hold, which may have ended; both are locked."""
    query = (
        select(col(FreedTimeRow.hold_id), col(FreedTimeRow.booking_id))
        .join(BookingRow, col(BookingRow.id) == col(FreedTimeRow.hold_id))
        .where(col(BookingRow.reference) == reference, scope)
    )
    found = tx.execute(query).one_or_none()
    if found is None:
        return None
    # The booking first, as whoever takes its cancellation back does.
    former = select(BookingRow).where(col(BookingRow.id) == found.booking_id).with_for_update()
    tx.scalars(former.execution_options(populate_existing=True)).one()
    return freed_hold(tx, found.hold_id)


def freed_by(tx: Session, booking_id: int, now: datetime) -> BookingRow | None:
    """The hold of the time that a booking gave back last, while it is not public."""
    query = (
        select(BookingRow)
        .join(FreedTimeRow, col(FreedTimeRow.hold_id) == col(BookingRow.id))
        .where(col(FreedTimeRow.booking_id) == booking_id, IS_FREED, col(BookingRow.hold_expires_at) > now)
        .order_by(col(BookingRow.id).desc())
        .limit(1)
    )
    return tx.scalars(query).one_or_none()


# Built once: that takes longer than to run it.
_FREED_TICKS = (
    select(col(BookingRow.desk_id), col(BookingRow.first_tick), col(BookingRow.end_tick))
    .join(ServiceDeskRow, col(ServiceDeskRow.desk_id) == col(BookingRow.desk_id))
    .where(
        col(ServiceDeskRow.service_id) == bindparam("service_id"),
        IS_FREED,
        ~is_offered(),
        col(BookingRow.hold_expires_at) > bindparam("now"),
        col(BookingRow.first_tick) > bindparam("after_tick"),
        col(BookingRow.first_tick) < bindparam("end_tick"),
    )
)


def freed_ticks(tx: Session, service_id: int, window: Period, now: datetime) -> Mapping[int, set[int]]:
    """Of each desk of a service, the ticks that were given back, are not public yet, and are offered to nobody."""
    within = ticks(window.starts_at, window.ends_at)
    asked = {
        "service_id": service_id,
        "now": now,
        "after_tick": within.start - MAX_TICKS,
        "end_tick": within.stop,
    }
    tx.flush()
    found: dict[int, set[int]] = {}
    for desk_id, first, end in tx.connection().execute(_FREED_TICKS, asked):
        found.setdefault(desk_id, set()).update(range(first, end))
    return found
