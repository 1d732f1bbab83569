"""Municipalities on the platform, by query: numbers, and what happened to them there."""

from collections.abc import Collection

from sqlalchemy import func, select
from sqlmodel import Session, col

from dimoslive.db.tables.desk import AuditEventRow
from dimoslive.db.tables.official import OfficialRightRow, OfficialRow
from dimoslive.domain.people.principals import StaffRole

PLATFORM_ACTIONS = (
    "municipality.enrolled",
    "municipality.published",
    "municipality.withdrawn",
    "municipality.paused",
    "municipality.reopened",
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
