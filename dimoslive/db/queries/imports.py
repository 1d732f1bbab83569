"""Files that wait to be imported, and what there is already of what they name."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import delete, func, select
from sqlmodel import Session, col

from dimoslive.db.tables.booking import BookingRow
from dimoslive.db.tables.catalogue import (
    DepartmentRow,
    DeskRow,
    MunicipalityRow,
    OpeningHoursRow,
    ServiceDeskRow,
    ServiceRow,
)
from dimoslive.db.tables.official import (
    DeskOfficialRow,
    OfficialDepartmentRow,
    OfficialRightRow,
    OfficialRow,
)
from dimoslive.db.tables.settings import ImportDraftRow, ServiceSlugRow
from dimoslive.domain.booking.statuses import OPEN


def import_draft(
    tx: Session, draft_id: int, official_id: int, municipality_id: int, now: datetime
) -> ImportDraftRow | None:
    """A file that this official sent for this municipality, while it is kept."""
    query = select(ImportDraftRow).where(
        col(ImportDraftRow.id) == draft_id,
        col(ImportDraftRow.official_id) == official_id,
        col(ImportDraftRow.municipality_id) == municipality_id,
        col(ImportDraftRow.expires_at) > now,
    )
    return tx.scalars(query).one_or_none()


def forget_import_drafts(tx: Session, official_id: int) -> None:
    """An official has one file at a time."""
    tx.execute(delete(ImportDraftRow).where(col(ImportDraftRow.official_id) == official_id))


def forget_expired_imports(tx: Session, now: datetime) -> int:
    """Delete the files that were kept long enough; returns how many."""
    query = select(col(ImportDraftRow.id)).where(col(ImportDraftRow.expires_at) <= now)
    ids = list(tx.scalars(query))
    tx.execute(delete(ImportDraftRow).where(col(ImportDraftRow.id).in_(ids)))
    return len(ids)


def lock_set_up(tx: Session, municipality_id: int) -> None:
    """Two imports into one municipality run one after the other."""
    query = select(col(MunicipalityRow.id)).where(col(MunicipalityRow.id) == municipality_id)
    # What merely refers to the municipality, such as a new booking, does not wait.
    tx.execute(query.with_for_update(key_share=True)).one()


def departments_to_name(tx: Session, municipality_id: int, within: Collection[int]) -> list[DepartmentRow]:
    """The active departments of a municipality; of those named alone, if any is."""
    query = select(DepartmentRow).where(
        col(DepartmentRow.municipality_id) == municipality_id, col(DepartmentRow.is_active)
    )
    if within:
        query = query.where(col(DepartmentRow.id).in_(sorted(within)))
    return list(tx.scalars(query.order_by(col(DepartmentRow.position), col(DepartmentRow.id))))


def desks_to_name(tx: Session, municipality_id: int) -> list[DeskRow]:
    """The active desks of a municipality, in their order; no lanes."""
    query = select(DeskRow).where(
        col(DeskRow.municipality_id) == municipality_id, col(DeskRow.overflow_of).is_(None), col(DeskRow.is_active)
    )
    return list(tx.scalars(query.order_by(col(DeskRow.position), col(DeskRow.id))))


def services_to_match(tx: Session, municipality_id: int) -> list[ServiceRow]:
    """All services of a municipality, archived ones too: their slugs are taken."""
    query = (
        select(ServiceRow)
        .join(DepartmentRow, col(DepartmentRow.id) == col(ServiceRow.department_id))
        .where(col(DepartmentRow.municipality_id) == municipality_id)
    )
    return list(tx.scalars(query.order_by(col(ServiceRow.id))))


def former_slugs(tx: Session, municipality_id: int) -> dict[str, int]:
    """Slugs that lead to a service though it has another now."""
    query = select(ServiceSlugRow).where(col(ServiceSlugRow.municipality_id) == municipality_id)
    return {row.slug: row.service_id for row in tx.scalars(query)}


def desk_ids_of_services(tx: Session, municipality_id: int) -> dict[int, list[int]]:
    """Which active desks serve each service."""
    query = (
        select(col(ServiceDeskRow.service_id), col(ServiceDeskRow.desk_id))
        .join(DeskRow, col(DeskRow.id) == col(ServiceDeskRow.desk_id))
        .where(col(DeskRow.municipality_id) == municipality_id, col(DeskRow.is_active))
        .order_by(col(DeskRow.position), col(DeskRow.id))
    )
    found: dict[int, list[int]] = {}
    for service_id, desk_id in tx.execute(query):
        found.setdefault(service_id, []).append(desk_id)
    return found


def weekly_hours_rows(tx: Session, municipality_id: int) -> list[OpeningHoursRow]:
    """The weekly hours of all services of a municipality."""
    query = (
        select(OpeningHoursRow)
        .join(ServiceRow, col(ServiceRow.id) == col(OpeningHoursRow.service_id))
        .join(DepartmentRow, col(DepartmentRow.id) == col(ServiceRow.department_id))
        .where(col(DepartmentRow.municipality_id) == municipality_id, col(OpeningHoursRow.on_date).is_(None))
    )
    return list(tx.scalars(query))


def dated_hours_rows(tx: Session, service_id: int) -> list[OpeningHoursRow]:
    """The hours of single dates of a service."""
    query = select(OpeningHoursRow).where(
        col(OpeningHoursRow.service_id) == service_id, col(OpeningHoursRow.on_date).is_not(None)
    )
    return list(tx.scalars(query))


def bookings_ahead(tx: Session, service_id: int, now: datetime) -> list[BookingRow]:
    """The open bookings of a service that are still to come."""
    query = select(BookingRow).where(
        col(BookingRow.service_id) == service_id,
        col(BookingRow.status).in_([status.value for status in OPEN]),
        col(BookingRow.starts_at) >= now,
    )
    return list(tx.scalars(query))


def rights_in(tx: Session, municipality_id: int) -> dict[int, OfficialRightRow]:
    """The right of each official of a municipality."""
    query = select(OfficialRightRow).where(col(OfficialRightRow.municipality_id) == municipality_id)
    return {row.official_id: row for row in tx.scalars(query)}


def officials_of_one_municipality(tx: Session, municipality_id: int) -> frozenset[int]:
    """Those who have a right there and nowhere else, and are nothing of the installation's."""
    mine = select(col(OfficialRightRow.official_id)).where(col(OfficialRightRow.municipality_id) == municipality_id)
    query = (
        select(col(OfficialRightRow.official_id))
        .join(OfficialRow, col(OfficialRow.id) == col(OfficialRightRow.official_id))
        .where(col(OfficialRightRow.official_id).in_(mine), col(OfficialRow.is_platform_admin).is_(False))
        .group_by(col(OfficialRightRow.official_id))
        .having(func.count() == 1)
    )
    return frozenset(tx.scalars(query))


def department_ids_of_officials(tx: Session, municipality_id: int) -> dict[int, frozenset[int]]:
    """To which departments of a municipality each official is limited."""
    query = (
        select(OfficialDepartmentRow)
        .join(DepartmentRow, col(DepartmentRow.id) == col(OfficialDepartmentRow.department_id))
        .where(col(DepartmentRow.municipality_id) == municipality_id)
    )
    found: dict[int, frozenset[int]] = {}
    for row in tx.scalars(query):
        found[row.official_id] = found.get(row.official_id, frozenset()) | {row.department_id}
    return found


def desk_ids_of_officials(tx: Session, municipality_id: int) -> dict[int, frozenset[int]]:
    """Which desks of a municipality each official works."""
    query = (
        select(DeskOfficialRow)
        .join(DeskRow, col(DeskRow.id) == col(DeskOfficialRow.desk_id))
        .where(col(DeskRow.municipality_id) == municipality_id)
    )
    found: dict[int, frozenset[int]] = {}
    for row in tx.scalars(query):
        found[row.official_id] = found.get(row.official_id, frozenset()) | {row.desk_id}
    return found
