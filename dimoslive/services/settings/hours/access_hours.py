"""Fetching a service whose hours somebody sets up, and checking the right to it."""

from sqlalchemy import ColumnElement, and_, select
from sqlmodel import Session, col

from dimoslive.db.queries.catalogue import ServiceWithPlace
from dimoslive.db.queries.hours import service_to_set_up
from dimoslive.db.queries.scopes import in_departments
from dimoslive.db.rows.roots import RootKind
from dimoslive.db.tables.catalogue import DepartmentRow, MunicipalityRow, ServiceRow
from dimoslive.domain.errors import NotFound
from dimoslive.domain.people.permissions import Permission
from dimoslive.domain.people.principals import Official
from dimoslive.services.settings.access_root import access_root

_SERVICE = RootKind(ServiceRow, "service", ())


def within_scope(official: Official, municipality_id: int) -> ColumnElement[bool]:
    """Services whose hours the official may change; the query says of which municipality."""
    return in_departments(official, Permission.EDIT_SERVICES, municipality_id, col(ServiceRow.department_id))


def find_service(tx: Session, official: Official, municipality_id: int, service_id: int) -> ServiceWithPlace:
    """The service, to be looked at; raises `NotFound` for a missing and a foreign one alike."""
    place = service_to_set_up(tx, municipality_id, within_scope(official, municipality_id), service_id)
    if place is None:
        raise NotFound()
    return place


def access_hours(tx: Session, official: Official, municipality_id: int, service_id: int) -> tuple[ServiceRow, str]:
    """The service, locked, and its municipality's zone; raises `NotFound` or `RemovedMeanwhile`."""
    of_municipality = select(col(DepartmentRow.id)).where(col(DepartmentRow.municipality_id) == municipality_id)
    within = and_(col(ServiceRow.department_id).in_(of_municipality), within_scope(official, municipality_id))
    row = access_root(tx, _SERVICE, service_id, within, municipality_id)
    return row, tx.get_one(MunicipalityRow, municipality_id).zone
