"""Which sites may show a municipality's pages in a frame."""

import re

from dimoslive.context import AppContext
from dimoslive.db.engine import reading
from dimoslive.db.queries.frames import origins_of_slug


def find_origins(context: AppContext, slug: str) -> tuple[str, ...]:
    """By the municipality's slug; none of one that is unknown or not published."""
    if not re.fullmatch(r"[a-z0-9-]{1,80}", slug):
        return ()
    with reading(context.db) as tx:
        return tuple(origins_of_slug(tx, slug, context.clock.now()))
