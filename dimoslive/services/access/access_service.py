"""Fetching what an official arranges bookings of, and checking the right to it."""

from collections.abc import Iterable

from sqlmodel import Session

from dimoslive.db.queries.catalogue import municipality_by_slug
from dimoslive.db.queries.places import department_of_service
from dimoslive.db.tables.catalogue import MunicipalityRow
from dimoslive.domain.errors import NotFound, NotOffered
from dimoslive.domain.people.permissions import Permission, can
from dimoslive.domain.people.principals import Official


def access_municipality(tx: Session, official: Official, slug: str, permission: Permission) -> MunicipalityRow:
    """The municipality that a page's address names; raises `NotFound` for a missing and for a foreign one alike."""
    municipality = municipality_by_slug(tx, slug)
    if municipality is None or not can(official, permission, municipality.id):
        raise NotFound()
    return municipality


def access_service(tx: Session, official: Official, service_id: int, permission: Permission) -> int:
    """The municipality of a service that the official's departments cover; raises `NotOffered` for any other."""
    found = department_of_service(tx, service_id)
    if found is None or not can(official, permission, *found):
        raise NotOffered()
    return found[0]


def departments_within(
    official: Official, permission: Permission, municipality_id: int, ids: Iterable[int]
) -> set[int]:
    """Those of the departments that the official's rights reach."""
    return {id_ for id_ in ids if can(official, permission, municipality_id, id_)}
