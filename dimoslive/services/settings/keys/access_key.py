"""Fetching a key to change it, and checking the right to it."""

from sqlmodel import Session, col

from dimoslive.db.tables.api_key import ApiKeyRow
from dimoslive.domain.keys.errors import KeyEnded
from dimoslive.domain.people.permissions import Permission
from dimoslive.domain.people.principals import Official
from dimoslive.services.settings.access_root import access_root
from dimoslive.services.settings.keys.kind import KEY
from dimoslive.services.settings.municipality.lock_municipality import check_municipality


def access_key(tx: Session, official: Official, municipality_id: int, key_id: int) -> ApiKeyRow:
    """The row, locked; raises `NotFound` for a missing and a foreign one alike, or `KeyEnded` for a revoked one."""
    check_municipality(official, municipality_id, Permission.MANAGE_KEYS)
    row = access_root(tx, KEY, key_id, col(ApiKeyRow.municipality_id) == municipality_id, municipality_id)
    if row.revoked_at is not None:
        raise KeyEnded()
    return row
