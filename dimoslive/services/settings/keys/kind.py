"""A key of the API, as the set-up changes it."""

from dimoslive.db.rows.roots import RootKind
from dimoslive.db.tables.api_key import ApiKeyRow

KEY = RootKind(ApiKeyRow, "key", ("name", "scopes", "networks", "last_day"), has_archive=False)
