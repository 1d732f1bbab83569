"""Whoever runs the installation: sees municipalities and numbers, no person and no booking."""

from sqlmodel import Session

from dimoslive.db.queries.catalogue import municipality_by_slug
from dimoslive.db.tables.catalogue import MunicipalityRow
from dimoslive.domain.errors import NotFound
from dimoslive.domain.people.permissions import Permission, can
from dimoslive.domain.people.principals import Official


def access_platform(
    tx: Session, official: Official, slug: str, permission: Permission, *, for_change: bool = False
) -> MunicipalityRow:
    """A municipality, ``for_change`` locked; raises `NotFound` for a missing one, and for whoever may not."""
    check_platform(official, permission)
    row = municipality_by_slug(tx, slug)
    if row is None:
        raise NotFound()
    if for_change:
        tx.refresh(row, with_for_update={"key_share": True})
    return row


def check_platform(official: Official, permission: Permission) -> None:
    """Raises `NotFound` for whoever may not."""
    if not can(official, permission):
        raise NotFound()
