"""Services as a municipality sets them up, by query."""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, delete, func, select, update
from sqlmodel import Session, col

from dimoslive.db.queries.catalogue import ServiceWithPlace
from dimoslive.db.tables.booking import BookingRow
from dimoslive.db.tables.catalogue import (
    DepartmentRow,
    DeskRow,
    MunicipalityRow,
    OpeningHoursRow,
    ServiceDeskRow,
    ServiceRow,
)
from dimoslive.db.tables.draft import DraftRow
from dimoslive.db.tables.settings import ServiceSlugRow
from dimoslive.domain.booking.statuses import OPEN


class ServiceLine(NamedTuple):
    """A service, its department, how many desks in use serve it, and whether it has hours."""

    row: ServiceRow
    department: DepartmentRow
    desks: int
    hours: int


def services_to_list(tx: Session, municipality_id: int, within: ColumnElement[bool]) -> list[ServiceLine]:
    """Those within a scope, in the order in which citizens see them, archived ones last."""
    desks = (
        select(func.count())
        .select_from(ServiceDeskRow)
        .join(DeskRow, col(DeskRow.id) == col(ServiceDeskRow.desk_id))
        .where(col(ServiceDeskRow.service_id) == col(ServiceRow.id), col(DeskRow.is_active))
        .correlate(ServiceRow)
        .scalar_subquery()
    )
    hours = (
        select(func.count())
        .select_from(OpeningHoursRow)
        .where(col(OpeningHoursRow.service_id) == col(ServiceRow.id), col(OpeningHoursRow.opens).is_not(None))
        .correlate(ServiceRow)
        .scalar_subquery()
    )
    query = (
        select(ServiceRow, DepartmentRow, desks, hours)
        .join(DepartmentRow, col(DepartmentRow.id) == col(ServiceRow.department_id))
        .where(col(DepartmentRow.municipality_id) == municipality_id, within)
        .order_by(
            col(ServiceRow.is_active).desc(),
            col(DepartmentRow.position),
            col(DepartmentRow.id),
            col(ServiceRow.position),
            col(ServiceRow.id),
        )
    )
    return [ServiceLine(*found) for found in tx.execute(query)]


def desks_of_municipality(tx: Session, municipality_id: int) -> list[DeskRow]:
    """All desks in use, no lanes, in the municipality's own order."""
    query = select(DeskRow).where(
        col(DeskRow.municipality_id) == municipality_id, col(DeskRow.overflow_of).is_(None), col(DeskRow.is_active)
    )
    return list(tx.scalars(query.order_by(col(DeskRow.position), col(DeskRow.id))))


def serving_desks(tx: Session, service_id: int) -> list[int]:
    """The ids of the desks in use that serve a service."""
    query = (
        select(col(ServiceDeskRow.desk_id))
        .join(DeskRow, col(DeskRow.id) == col(ServiceDeskRow.desk_id))
        .where(col(ServiceDeskRow.service_id) == service_id, col(DeskRow.is_active))
    )
    return sorted(tx.scalars(query))


def write_serving_desks(tx: Session, service_id: int, desk_ids: Iterable[int]) -> None:
    """These serve it, and of those in use no others; archived ones stay as they were."""
    in_use = select(col(DeskRow.id)).where(col(DeskRow.is_active))
    tx.execute(
        delete(ServiceDeskRow).where(
            col(ServiceDeskRow.service_id) == service_id, col(ServiceDeskRow.desk_id).in_(in_use)
        )
    )
    tx.add_all(ServiceDeskRow(service_id=service_id, desk_id=desk_id) for desk_id in desk_ids)
    tx.flush()


def next_position(tx: Session, department_id: int) -> int:
    """Behind all services of the department."""
    query = select(func.max(col(ServiceRow.position))).where(col(ServiceRow.department_id) == department_id)
    return (tx.scalar(query) or 0) + 1


def lock_names(tx: Session, municipality_id: int) -> None:
    """Who gives something of the municipality a name that must be unique in it does so one after the other."""
    query = select(col(MunicipalityRow.id)).where(col(MunicipalityRow.id) == municipality_id)
    tx.execute(query.with_for_update(key_share=True)).one()


def service_by_slug(tx: Session, municipality_id: int, slug: str) -> ServiceWithPlace | None:
    """The service of a municipality with this slug, in use or not."""
    query = (
        select(ServiceRow, DepartmentRow, MunicipalityRow)
        .join(DepartmentRow, col(DepartmentRow.id) == col(ServiceRow.department_id))
        .join(MunicipalityRow, col(MunicipalityRow.id) == col(DepartmentRow.municipality_id))
        .where(col(DepartmentRow.municipality_id) == municipality_id, col(ServiceRow.slug) == slug)
    )
    found = tx.execute(query).one_or_none()
    return ServiceWithPlace(*found) if found else None


def slugs_of(tx: Session, municipality_id: int) -> dict[str, int]:
    """Every address that leads to a service, of before too, and the id of the service."""
    former = select(ServiceSlugRow).where(col(ServiceSlugRow.municipality_id) == municipality_id)
    own = (
        select(col(ServiceRow.slug), col(ServiceRow.id))
        .join(DepartmentRow, col(DepartmentRow.id) == col(ServiceRow.department_id))
        .where(col(DepartmentRow.municipality_id) == municipality_id)
    )
    return {row.slug: row.service_id for row in tx.scalars(former)} | {row[0]: row[1] for row in tx.execute(own)}


def former_slugs(tx: Session, service_ids: Iterable[int]) -> dict[int, list[str]]:
    """The addresses that services had before."""
    found: dict[int, list[str]] = {}
    query = select(ServiceSlugRow).where(col(ServiceSlugRow.service_id).in_(list(service_ids)))
    for row in tx.scalars(query.order_by(col(ServiceSlugRow.slug))):
        found.setdefault(row.service_id, []).append(row.slug)
    return found


def keep_slug(tx: Session, municipality_id: int, row: ServiceRow, slug: str) -> None:
    """The address that the service has leads to it for good; one that it had before and gets again does so itself."""
    again = tx.get(ServiceSlugRow, (municipality_id, slug))
    if again is not None:
        tx.delete(again)
    tx.add(ServiceSlugRow(municipality_id=municipality_id, slug=row.slug, service_id=row.id or 0))
    tx.flush()


def has_bookings(tx: Session, service_id: int) -> bool:
    """Whether anybody ever booked it."""
    return bool(tx.scalar(select(select(col(BookingRow.id)).where(col(BookingRow.service_id) == service_id).exists())))


def bookings_ahead(tx: Session, service_id: int, now: datetime) -> int:
    """How many open bookings of it are still to come."""
    query = select(func.count()).where(
        col(BookingRow.service_id) == service_id,
        col(BookingRow.status).in_([status.value for status in OPEN]),
        col(BookingRow.starts_at) >= now,
    )
    return tx.scalar(query) or 0


def has_other_service(tx: Session, municipality_id: int, service_id: int) -> bool:
    """Whether the municipality offers anything beside it."""
    query = (
        select(col(ServiceRow.id))
        .join(DepartmentRow, col(DepartmentRow.id) == col(ServiceRow.department_id))
        .where(
            col(DepartmentRow.municipality_id) == municipality_id,
            col(ServiceRow.id) != service_id,
            col(ServiceRow.is_active),
        )
    )
    return tx.scalars(query.limit(1)).one_or_none() is not None


def forget_service(tx: Session, service_id: int) -> None:
    """What belongs to a service that is deleted: hours, desks, addresses; whoever was about to choose it chooses."""
    for table in (OpeningHoursRow, ServiceDeskRow, ServiceSlugRow):
        tx.execute(delete(table).where(table.service_id == service_id))  # type: ignore[arg-type]  # a column
    tx.execute(update(DraftRow).where(col(DraftRow.service_id) == service_id).values(service_id=None, mode=""))
