"""Fetching a service to change it, and checking the right to it."""

from sqlalchemy import ColumnElement, and_, select
from sqlmodel import Session, col

from dimoslive.db.queries.scopes import in_departments
from dimoslive.db.tables.catalogue import DepartmentRow, ServiceRow
from dimoslive.domain.people.permissions import Permission
from dimoslive.domain.people.principals import Official
from dimoslive.services.settings.access_root import access_root
from dimoslive.services.settings.services.kind import SERVICE


def access_service(
    tx: Session, official: Official, municipality_id: int, service_id: int, permission: Permission
) -> ServiceRow:
    """The row, locked; raises `NotFound` for a missing and a foreign one alike, or `RemovedMeanwhile`."""
    within = services_within(official, municipality_id, permission)
    return access_root(tx, SERVICE, service_id, within, municipality_id)


def services_within(official: Official, municipality_id: int, permission: Permission) -> ColumnElement[bool]:
    """The services of the municipality that the official's permission reaches."""
    of_municipality = select(col(DepartmentRow.id)).where(col(DepartmentRow.municipality_id) == municipality_id)
    return and_(
        col(ServiceRow.department_id).in_(of_municipality),
        in_departments(official, permission, municipality_id, col(ServiceRow.department_id)),
    )
