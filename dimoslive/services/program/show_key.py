"""What a key is good for, as the program that has it may know."""

from dataclasses import dataclass
from datetime import datetime

from dimoslive.context import AppContext
from dimoslive.db.engine import reading
from dimoslive.db.rows.api_key import lifetime_of, to_principal
from dimoslive.db.tables.api_key import ApiKeyRow
from dimoslive.db.tables.catalogue import MunicipalityRow
from dimoslive.domain.people.principals import ApiKey, Scope


@dataclass(frozen=True, slots=True)
class ShownKey:
    """The key, and whose it is, by slug."""

    name: str
    municipality: str
    scopes: tuple[Scope, ...]
    expires_at: datetime
    rotated_at: datetime | None


def show_key(context: AppContext, key: ApiKey) -> ShownKey:
    """As it is set up now."""
    with reading(context.db) as tx:
        row = tx.get_one(ApiKeyRow, key.id)
        municipality = tx.get_one(MunicipalityRow, row.municipality_id)
    scopes = to_principal(row).scopes
    return ShownKey(
        row.name,
        municipality.slug,
        tuple(scope for scope in Scope if scope in scopes),
        lifetime_of(row).expires_at,
        row.rotated_at,
    )
