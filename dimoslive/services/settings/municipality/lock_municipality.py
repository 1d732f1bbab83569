"""Fetching a municipality to change it, and checking the right to it."""

from sqlalchemy import true
from sqlmodel import Session

from dimoslive.db.tables.catalogue import MunicipalityRow
from dimoslive.domain.errors import NotFound
from dimoslive.domain.people.permissions import Permission, can
from dimoslive.domain.people.principals import Official
from dimoslive.services.settings.access_root import access_root
from dimoslive.services.settings.municipality.kind import MUNICIPALITY


def lock_municipality(
    tx: Session,
    official: Official,
    municipality_id: int,
    permission: Permission = Permission.MANAGE_MUNICIPALITY,
) -> MunicipalityRow:
    """The row, locked; raises `NotFound` for a missing one and for one that is not the official's."""
    check_municipality(official, municipality_id, permission)
    return access_root(tx, MUNICIPALITY, municipality_id, true(), municipality_id)


def check_municipality(
    official: Official, municipality_id: int, permission: Permission = Permission.MANAGE_MUNICIPALITY
) -> None:
    """Raises `NotFound` for one that is not the official's."""
    if not can(official, permission, municipality_id):
        raise NotFound()
