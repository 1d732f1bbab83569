"""Municipalities on the platform, by query: numbers, and what happened to them there."""

from collections.abc import Collection
from typing import Any, NamedTuple

from sqlalchemy import case, func, select
from sqlmodel import Session, col

from dimoslive.db.tables.booking import BookingRow
from dimoslive.db.tables.desk import AuditEventRow
from dimoslive.db.tables.official import OfficialRightRow, OfficialRow
from dimoslive.domain.booking.statuses import CANCELLED, FINAL, NEVER_BOOKED, BookingStatus
from dimoslive.domain.people.principals import StaffRole
from dimoslive.domain.scheduling.periods import Period

PLATFORM_ACTIONS = (
    "municipality.enrolled",
    "municipality.published",
    "municipality.withdrawn",
    "municipality.paused",
    "municipality.reopened",
    "municipality.public_figures_hidden",
    "municipality.public_figures_shown",
    "official.entered",
    "official.ended",
)


def administrators_by_municipality(tx: Session, municipality_ids: Collection[int]) -> dict[int, int]:
    """How many may set up each of these."""
    own = col(OfficialRightRow.municipality_id)
    query = (
        select(own, func.count())
        .join(OfficialRow, col(OfficialRow.id) == col(OfficialRightRow.official_id))
        .where(
            own.in_(sorted(municipality_ids)),
            col(OfficialRightRow.role) == StaffRole.ADMINISTRATOR.value,
            col(OfficialRow.is_active),
        )
        .group_by(own)
    )
    return dict(tx.execute(query).all())


class DueBookings(NamedTuple):
    """How many were due, not cancelled; of them, of how many an outcome was noted, and how many were served."""

    due: int
    done: int
    served: int


def due_bookings(tx: Session, municipality_id: int, period: Period) -> DueBookings:
    """Of those that started in a period that is over: numbers alone."""
    status = col(BookingRow.status)

    def among(statuses: Collection[BookingStatus]) -> Any:
        return func.count(case((status.in_(sorted(one.value for one in statuses)), 1)))

    query = select(
        among(set(BookingStatus) - NEVER_BOOKED - CANCELLED), among(FINAL - CANCELLED), among({BookingStatus.SERVED})
    ).where(
        col(BookingRow.municipality_id) == municipality_id,
        col(BookingRow.starts_at) >= period.starts_at,
        col(BookingRow.starts_at) < period.ends_at,
    )
    return DueBookings(*tx.execute(query).one())


def platform_history(
    tx: Session, municipality_id: int, limit: int = 50
) -> list[tuple[AuditEventRow, OfficialRow | None]]:
    """Enrolment, rights and pauses of a municipality, newest first, and who did it."""
    query = (
        select(AuditEventRow, OfficialRow)
        .outerjoin(OfficialRow, col(OfficialRow.id) == col(AuditEventRow.official_id))
        .where(col(AuditEventRow.municipality_id) == municipality_id, col(AuditEventRow.action).in_(PLATFORM_ACTIONS))
        .order_by(col(AuditEventRow.id).desc())
        .limit(limit)
    )
    return [(row[0], row[1]) for row in tx.execute(query)]
