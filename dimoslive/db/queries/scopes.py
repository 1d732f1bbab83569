"""What of a municipality somebody's permission reaches: a condition of the query, so that nothing else is ever read."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import ColumnElement, and_, false, or_, select, true
from sqlalchemy.orm import Mapped
from sqlmodel import col

from dimoslive.db.tables.booking import BookingRow
from dimoslive.db.tables.catalogue import ServiceRow
from dimoslive.domain.people.permissions import Permission, can, rights_to
from dimoslive.domain.people.principals import (
    Anonymous,
    ApiKey,
    Citizen,
    FramedCitizen,
    Guest,
    LinkHolder,
    Official,
    Principal,
    StaffRight,
)


def bookings_within(principal: Principal, permission: Permission) -> ColumnElement[bool]:
    """The bookings with which a principal may do this; none for whoever may not."""
    if not can(principal, permission):
        return false()
    match principal:
        case Citizen():
            scope: ColumnElement[bool] = _of_citizen(principal)
        case LinkHolder():
            # Once it is erased, its links are worth nothing.
            scope = and_(col(BookingRow.id) == principal.booking_id, col(BookingRow.erased_at).is_(None))
        case Guest():
            scope = col(BookingRow.id) == principal.booking_id
        case Official():
            scope = _of(rights_to(principal, permission))
        case ApiKey():
            scope = col(BookingRow.municipality_id) == principal.municipality_id
        case Anonymous():
            scope = false()
    return scope


def in_departments(
    official: Official, permission: Permission, municipality_id: int, department: Mapped[Any]
) -> ColumnElement[bool]:
    """Rows whose department, in this column, the official's right for the municipality reaches.

    It says nothing of the rows' municipality: the query does. A row of no department is reached by a right to all.
    """
    rights = [right for right in rights_to(official, permission) if right.municipality_id == municipality_id]
    if any(not right.department_ids for right in rights):
        return true()
    ids = sorted({id_ for right in rights for id_ in right.department_ids})
    return department.in_(ids) if ids else false()


def _of_citizen(citizen: Citizen) -> ColumnElement[bool]:
    """Their own; in a frame, those with the frame's municipality."""
    own = col(BookingRow.citizen_id) == citizen.id
    if isinstance(citizen, FramedCitizen):
        return and_(own, col(BookingRow.municipality_id) == citizen.municipality_id)
    return own


def _of(rights: Iterable[StaffRight]) -> ColumnElement[bool]:
    """Municipalities as a whole by one list, which the index of a day's bookings answers."""
    whole = sorted(right.municipality_id for right in rights if not right.department_ids)
    parts = [
        and_(
            col(BookingRow.municipality_id) == right.municipality_id,
            col(BookingRow.service_id).in_(
                select(col(ServiceRow.id)).where(col(ServiceRow.department_id).in_(sorted(right.department_ids)))
            ),
        )
        for right in rights
        if right.department_ids
    ]
    return or_(col(BookingRow.municipality_id).in_(whole), *parts)
