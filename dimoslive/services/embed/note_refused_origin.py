"""A site asked for a municipality's pages in a frame: counted by day, so that an administrator sees it and lists it."""

from datetime import timedelta

from dimoslive.context import AppContext
from dimoslive.db.engine import transaction
from dimoslive.db.queries.catalogue import municipality_by_slug
from dimoslive.db.queries.frames import count_sighting
from dimoslive.domain.scheduling.local_time import ATHENS, local_day

MAX_ORIGINS_A_DAY = 50
"""Anybody can name any site: what is more than this is noise."""
SIGHTINGS_KEPT = timedelta(days=30)


def note_refused_origin(context: AppContext, municipality_slug: str, origin: str) -> None:
    """Count a site that is not listed, for the municipality; of an unknown municipality nothing is kept."""
    _note(context, municipality_slug, origin, MAX_ORIGINS_A_DAY)


def note_listed_origin(context: AppContext, municipality_slug: str, origin: str) -> None:
    """Count a site that is listed: what others ask for takes no room from it."""
    _note(context, municipality_slug, origin, 2 * MAX_ORIGINS_A_DAY)


def _note(context: AppContext, slug: str, origin: str, most: int) -> None:
    now = context.clock.now()
    with transaction(context.db) as tx:
        municipality = municipality_by_slug(tx, slug)
        if municipality is not None:
            count_sighting(tx, municipality.id, local_day(now, ATHENS), origin, most)
