"""The log of searches and openings, by query."""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, and_, select
from sqlmodel import Session, col

from dimoslive.db.tables.api_key import ApiKeyRow
from dimoslive.db.tables.booking import BookingRow
from dimoslive.db.tables.desk import AuditEventRow, SearchEventRow
from dimoslive.db.tables.official import OfficialDepartmentRow, OfficialRightRow, OfficialRow

OPENED, LIMITED, READ_BY_KEY = "booking.opened", "search.limited", "key.read_persons"


class Searched(NamedTuple):
    """A search, and whose."""

    search: SearchEventRow
    official: OfficialRow


class Noted(NamedTuple):
    """A line of the audit, whose, and of which booking if it is of one."""

    event: AuditEventRow
    official: OfficialRow
    reference: str


class ReadByKey(NamedTuple):
    """That a program read persons, and by which key."""

    event: AuditEventRow
    api_key: ApiKeyRow


def searches_before(
    tx: Session, municipality_id: int, before: datetime, whose: ColumnElement[bool], limit: int
) -> list[Searched]:
    """The newest first."""
    query = (
        select(SearchEventRow, OfficialRow)
        .join(OfficialRow, col(OfficialRow.id) == col(SearchEventRow.official_id))
        .where(col(SearchEventRow.municipality_id) == municipality_id, col(SearchEventRow.at) < before, whose)
        .order_by(col(SearchEventRow.at).desc(), col(SearchEventRow.id).desc())
    )
    return [Searched(*found) for found in tx.execute(query.limit(limit))]


def openings_before(
    tx: Session, municipality_id: int, before: datetime, whose: Iterable[ColumnElement[bool]], limit: int
) -> list[Noted]:
    """Bookings that were opened from what was found, the newest first."""
    query = (
        select(AuditEventRow, OfficialRow, col(BookingRow.reference))
        .join(OfficialRow, col(OfficialRow.id) == col(AuditEventRow.official_id))
        .join(BookingRow, col(BookingRow.id) == col(AuditEventRow.subject_id))
        .where(*_audit(municipality_id, OPENED, before), *whose)
        .order_by(col(AuditEventRow.at).desc(), col(AuditEventRow.id).desc())
    )
    return [Noted(*found) for found in tx.execute(query.limit(limit))]


def pauses_before(
    tx: Session, municipality_id: int, before: datetime, whose: ColumnElement[bool], limit: int
) -> list[Noted]:
    """Who searched so often that a pause was made, the newest first."""
    query = (
        select(AuditEventRow, OfficialRow)
        .join(OfficialRow, col(OfficialRow.id) == col(AuditEventRow.official_id))
        .where(*_audit(municipality_id, LIMITED, before), whose)
        .order_by(col(AuditEventRow.at).desc(), col(AuditEventRow.id).desc())
    )
    return [Noted(found[0], found[1], "") for found in tx.execute(query.limit(limit))]


def readings_before(tx: Session, municipality_id: int, before: datetime, limit: int) -> list[ReadByKey]:
    """What programs read of persons, the newest first."""
    query = (
        select(AuditEventRow, ApiKeyRow)
        .join(ApiKeyRow, col(ApiKeyRow.id) == col(AuditEventRow.subject_id))
        .where(*_audit(municipality_id, READ_BY_KEY, before))
        .order_by(col(AuditEventRow.at).desc(), col(AuditEventRow.id).desc())
    )
    return [ReadByKey(*found) for found in tx.execute(query.limit(limit))]


def works_in(municipality_id: int, department_ids: Collection[int]) -> ColumnElement[bool]:
    """Officials of a municipality who are entered for one of these departments."""
    entered = select(col(OfficialDepartmentRow.official_id)).where(
        col(OfficialDepartmentRow.department_id).in_(sorted(department_ids))
    )
    rights = select(col(OfficialRightRow.official_id)).where(col(OfficialRightRow.municipality_id) == municipality_id)
    return and_(col(OfficialRow.id).in_(entered), col(OfficialRow.id).in_(rights))


def _audit(municipality_id: int, action: str, before: datetime) -> tuple[ColumnElement[bool], ...]:
    return (
        col(AuditEventRow.municipality_id) == municipality_id,
        col(AuditEventRow.action) == action,
        col(AuditEventRow.at) < before,
    )
