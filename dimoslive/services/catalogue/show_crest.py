"""A municipality's crest, for whoever looks at its pages."""

from dataclasses import dataclass

from dimoslive.context import AppContext
from dimoslive.db.engine import reading
from dimoslive.db.queries.towns import crest_of_slug
from dimoslive.domain.errors import NotFound


@dataclass(frozen=True, slots=True)
class Crest:
    """A PNG, and its hash."""

    png: bytes
    png_hash: str


def show_crest(context: AppContext, slug: str) -> Crest:
    """By the municipality's slug; raises `NotFound` where there is none."""
    with reading(context.db) as tx:
        row = crest_of_slug(tx, slug)
        if row is None:
            raise NotFound()
        return Crest(row.png, row.png_hash)
