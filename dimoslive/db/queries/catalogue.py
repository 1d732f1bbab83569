"""Municipalities and their services, by query."""

import re
from collections.abc import Collection
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import and_, bindparam, or_, select
from sqlmodel import Session, col

from dimoslive.db.tables.catalogue import DepartmentRow, MunicipalityRow, OpeningHoursRow, ServiceRow
from dimoslive.db.tables.settings import ServiceSlugRow

_WITH_PLACE = (
    select(ServiceRow, DepartmentRow, MunicipalityRow)
    .join(DepartmentRow, col(DepartmentRow.id) == col(ServiceRow.department_id))
    .join(MunicipalityRow, col(MunicipalityRow.id) == col(DepartmentRow.municipality_id))
    .where(col(ServiceRow.id) == bindparam("service_id"))
)
_LIST = select(
    *(
        col(getattr(MunicipalityRow, name))
        for name in (
            *("id", "slug", "name_el", "name_en", "name_upper_el", "short_name_el", "short_name_en"),
            *("regional_unit_el", "regional_unit_en", "region_el", "region_en", "aliases", "joined_at"),
            *("paused_at", "pause_until", "pause_message_el", "pause_message_en"),
        )
    )
).order_by(col(MunicipalityRow.id))
_BY_SLUGS = (
    select(ServiceRow, DepartmentRow, MunicipalityRow)
    .join(DepartmentRow, col(DepartmentRow.id) == col(ServiceRow.department_id))
    .join(MunicipalityRow, col(MunicipalityRow.id) == col(DepartmentRow.municipality_id))
    .where(
        col(MunicipalityRow.slug) == bindparam("municipality"),
        or_(
            col(ServiceRow.slug) == bindparam("service"),
            col(ServiceRow.id).in_(
                select(col(ServiceSlugRow.service_id)).where(
                    col(ServiceSlugRow.municipality_id) == col(MunicipalityRow.id),
                    col(ServiceSlugRow.slug) == bindparam("service"),
                )
            ),
        ),
    )
)


class ServiceWithPlace(NamedTuple):
    """A service and where it belongs."""

    service: ServiceRow
    department: DepartmentRow
    municipality: MunicipalityRow


def is_id(number: int) -> bool:
    """Whether a number from outside can be a key; the database fails at a larger one, instead of finding nothing."""
    return 0 < number < 2**31


def all_municipalities(tx: Session) -> list[MunicipalityRow]:
    """All of them."""
    return list(tx.scalars(select(MunicipalityRow)))


def list_of_municipalities(tx: Session) -> list[Any]:
    """What anybody may see of each in the list of all: columns alone, so that two readings can be compared.

    They have the names of a `MunicipalityRow`.
    """
    return list(tx.execute(_LIST))


def has_municipalities(tx: Session) -> bool:
    """Whether there is any."""
    return tx.scalar(select(col(MunicipalityRow.id)).limit(1)) is not None


def retention_terms(tx: Session) -> list[int]:
    """After how many days the municipalities have persons erased from bookings, each number once."""
    return list(tx.scalars(select(col(MunicipalityRow.retention_days)).distinct()))


def municipality_by_slug(tx: Session, slug: str) -> MunicipalityRow | None:
    """The one with this slug."""
    if not re.fullmatch(r"[a-z0-9-]{1,80}", slug):
        # Not every text that an address can hold can be asked for: PostgreSQL knows no NUL.
        return None
    return tx.scalars(select(MunicipalityRow).where(col(MunicipalityRow.slug) == slug)).one_or_none()


def services_of(tx: Session, municipality_id: int) -> list[tuple[ServiceRow, DepartmentRow]]:
    """The active services of a municipality's active departments, in the municipality's own order."""
    query = (
        select(ServiceRow, DepartmentRow)
        .join(DepartmentRow, col(DepartmentRow.id) == col(ServiceRow.department_id))
        .where(
            col(DepartmentRow.municipality_id) == municipality_id,
            col(DepartmentRow.is_active),
            col(ServiceRow.is_active),
        )
        .order_by(col(DepartmentRow.position), col(DepartmentRow.id), col(ServiceRow.position), col(ServiceRow.id))
    )
    return [(row[0], row[1]) for row in tx.execute(query)]


def published_services(tx: Session, now: datetime) -> list[tuple[str, str | None]]:
    """The slugs of all published municipalities, each with those of its services in use, or with none."""
    query = (
        select(col(MunicipalityRow.slug), col(ServiceRow.slug))
        .outerjoin(
            DepartmentRow,
            and_(col(DepartmentRow.municipality_id) == col(MunicipalityRow.id), col(DepartmentRow.is_active)),
        )
        .outerjoin(ServiceRow, and_(col(ServiceRow.department_id) == col(DepartmentRow.id), col(ServiceRow.is_active)))
        .where(col(MunicipalityRow.joined_at) <= now)
        .order_by(col(MunicipalityRow.slug), col(DepartmentRow.position), col(ServiceRow.position), col(ServiceRow.id))
    )
    return [(row[0], row[1]) for row in tx.execute(query)]


def departments_within(tx: Session, municipality_id: int, department_ids: Collection[int]) -> list[DepartmentRow]:
    """These departments of a municipality, all where none is named, by name."""
    query = select(DepartmentRow).where(col(DepartmentRow.municipality_id) == municipality_id)
    if department_ids:
        query = query.where(col(DepartmentRow.id).in_(sorted(department_ids)))
    return list(tx.scalars(query.order_by(col(DepartmentRow.name_el), col(DepartmentRow.id))))


def service_with_place(tx: Session, service_id: int) -> ServiceWithPlace | None:
    """The service of this id, active or not."""
    if not is_id(service_id):
        return None
    found = tx.execute(_WITH_PLACE, {"service_id": service_id}).one_or_none()
    return ServiceWithPlace(*found) if found else None


def service_by_slugs(tx: Session, municipality: str, service: str) -> ServiceWithPlace | None:
    """The service that an address names, by a slug that it has or had before; active or not."""
    found = [
        ServiceWithPlace(*row) for row in tx.execute(_BY_SLUGS, {"municipality": municipality, "service": service})
    ]
    # What has the slug now comes before what once had it.
    return next((place for place in found if place.service.slug == service), found[0] if found else None)


def hours_of(tx: Session, service_ids: list[int]) -> list[OpeningHoursRow]:
    """The weekly hours of several services."""
    query = select(OpeningHoursRow).where(
        col(OpeningHoursRow.service_id).in_(service_ids), col(OpeningHoursRow.on_date).is_(None)
    )
    return list(tx.scalars(query))
