"""Rows of keys to domain values."""

from dimoslive.db.tables.api_key import ApiKeyRow
from dimoslive.domain.keys.lifetime import Lifetime, end_of_day
from dimoslive.domain.people.principals import ApiKey, Scope


def to_principal(row: ApiKeyRow) -> ApiKey:
    """Who asks with this key. A scope of another release is none."""
    known = {scope.value for scope in Scope}
    return ApiKey(
        row.id or 0, row.municipality_id, frozenset(Scope(word) for word in row.scopes.split() if word in known)
    )


def lifetime_of(row: ApiKeyRow) -> Lifetime:
    """What decides whether it works."""
    return Lifetime(row.made_at, end_of_day(row.last_day), row.revoked_at, row.last_used_at)
