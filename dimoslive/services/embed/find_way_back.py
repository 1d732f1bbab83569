"""Where somebody goes back to who was led away from a municipality's own site to book."""

from dimoslive.context import AppContext
from dimoslive.db.engine import reading
from dimoslive.db.queries.frame_origins import origins_of
from dimoslive.domain.settings.origins import is_listed, read_origin


def find_way_back(context: AppContext, municipality_id: int, said: str) -> str:
    """The origin that a browser says it came from, if the municipality lists it; empty for whatever else is said."""
    origin = read_origin(said)
    if not origin or origin != said.lower():
        return ""
    with reading(context.db) as tx:
        return origin if is_listed(origin, origins_of(tx, municipality_id)) else ""
