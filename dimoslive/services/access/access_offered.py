"""Fetching what anybody may see of what a municipality offers."""

from datetime import datetime

from sqlmodel import Session

from dimoslive.db.queries.catalogue import ServiceWithPlace, municipality_by_slug, service_by_slugs
from dimoslive.db.rows.catalogue import modes_of
from dimoslive.db.tables.catalogue import MunicipalityRow
from dimoslive.domain.catalogue.publication import is_published
from dimoslive.domain.errors import NotFound
from dimoslive.services.access.check_pause import is_offered


def access_published(tx: Session, slug: str, now: datetime) -> MunicipalityRow:
    """A municipality that takes bookings here; raises `NotFound` for an unknown one and an unpublished one alike."""
    row = municipality_by_slug(tx, slug)
    if row is None or not is_published(row.joined_at, now):
        raise NotFound()
    return row


def access_offered(tx: Session, municipality: str, service: str, now: datetime) -> ServiceWithPlace:
    """A service that is offered there, by its slug or one that it had before; raises `NotFound`."""
    place = service_by_slugs(tx, municipality, service)
    if place is None or not is_offered(place, now) or not modes_of(place.service):
        raise NotFound()
    return place
