"""How the page of another site stands with a municipality whose pages it wants to show."""

from enum import StrEnum

from dimoslive.context import AppContext
from dimoslive.db.engine import reading
from dimoslive.db.queries.catalogue import municipality_by_slug
from dimoslive.db.queries.frame_origins import origins_of
from dimoslive.domain.catalogue.publication import is_published
from dimoslive.domain.settings.origins import is_listed


class Standing(StrEnum):
    """In the words of the element."""

    LISTED = "listed"
    NOT_LISTED = "not-listed"
    NOT_JOINED = "not-joined"
    UNKNOWN = "unknown"


def find_standing(context: AppContext, slug: str, origin: str) -> Standing:
    """Whether the frame may be shown there, and if not, why."""
    with reading(context.db) as tx:
        row = municipality_by_slug(tx, slug)
        if row is None:
            return Standing.UNKNOWN
        if not is_published(row.joined_at, context.clock.now()):
            return Standing.NOT_JOINED
        is_in = origin == context.public_url or is_listed(origin, origins_of(tx, row.id))
        return Standing.LISTED if is_in else Standing.NOT_LISTED
