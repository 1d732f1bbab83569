"""Municipalities and their services, by query."""

import re
from typing import Any

from sqlalchemy import select
from sqlmodel import Session, col

from dimoslive.db.tables.catalogue import Department, Municipality, OpeningHours, Service


def is_id(number: int) -> bool:
    """Whether a number from outside can be a key; the database fails at a larger one, instead of finding nothing."""
    return 0 < number < 2**31


def all_municipalities(tx: Session) -> list[Municipality]:
    """All of them."""
    return list(tx.scalars(select(Municipality)))


def municipality_by_slug(tx: Session, slug: str) -> Municipality | None:
    """The one with this slug."""
    if not re.fullmatch(r"[a-z0-9-]{1,80}", slug):
        # Not every text that an address can hold can be asked for: PostgreSQL knows no NUL.
        return None
    return tx.scalars(select(Municipality).where(col(Municipality.slug) == slug)).one_or_none()


def services_of(tx: Session, municipality_id: int) -> list[tuple[Service, Department]]:
    """The active services of a municipality with their departments."""
    query = (
        select(Service, Department)
        .join(Department, col(Department.id) == col(Service.department_id))
        .where(col(Department.municipality_id) == municipality_id, col(Service.is_active))
        .order_by(col(Department.id), col(Service.id))
    )
    return [(row[0], row[1]) for row in tx.execute(query)]


def service_with_place(tx: Session, service_id: int) -> Any:
    """(Service, Department, Municipality), or ``None``."""
    if not is_id(service_id):
        return None
    query = (
        select(Service, Department, Municipality)
        .join(Department, col(Department.id) == col(Service.department_id))
        .join(Municipality, col(Municipality.id) == col(Department.municipality_id))
        .where(col(Service.id) == service_id)
    )
    return tx.execute(query).one_or_none()


def hours_of(tx: Session, service_ids: list[int]) -> list[OpeningHours]:
    """The weekly hours of several services."""
    query = select(OpeningHours).where(
        col(OpeningHours.service_id).in_(service_ids), col(OpeningHours.on_date).is_(None)
    )
    return list(tx.scalars(query))
