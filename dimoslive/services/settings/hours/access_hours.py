"""Fetching a service whose hours somebody sets up, and checking the right to it."""

from sqlalchemy import ColumnElement
from sqlmodel import Session, col

from dimoslive.db.queries.catalogue import ServiceWithPlace
from dimoslive.db.queries.hours import service_to_set_up
from dimoslive.db.queries.scopes import in_departments
from dimoslive.db.tables.catalogue import ServiceRow
from dimoslive.domain.errors import NotFound
from dimoslive.domain.people.permissions import Permission
from dimoslive.domain.people.principals import Official


def within_scope(official: Official, municipality_id: int) -> ColumnElement[bool]:
    """Services whose hours the official may change; the query says of which municipality."""
    return in_departments(official, Permission.EDIT_SERVICES, municipality_id, col(ServiceRow.department_id))


def find_service(tx: Session, official: Official, municipality_id: int, service_id: int) -> ServiceWithPlace:
    """The service, to be looked at; raises `NotFound` for a missing and a foreign one alike."""
    place = service_to_set_up(tx, municipality_id, within_scope(official, municipality_id), service_id)
    if place is None:
        raise NotFound()
    return place
