"""Publish a new version of what a municipality adds to the declaration: from now on it is what people declare."""

from dimoslive.context import AppContext
from dimoslive.db.engine import transaction
from dimoslive.db.queries.supplements import to_supplement, unpublished_of
from dimoslive.db.rows.roots import plain
from dimoslive.domain.booking.consents import DECLARATION_VERSION, version_label
from dimoslive.domain.errors import ChangedElsewhere
from dimoslive.domain.people.principals import Official
from dimoslive.services.settings.declarations.kind import SUPPLEMENT
from dimoslive.services.settings.municipality.lock_municipality import lock_municipality
from dimoslive.services.settings.root_change import Act
from dimoslive.services.settings.save_root import write_root


def publish_supplement(context: AppContext, official: Official, municipality_id: int, seen_version: int) -> str:
    """The version that bookings keep from now on.

    Only what the official has seen is published: raises `ChangedElsewhere` where another has written or published
    meanwhile, or `NotFound`.
    """
    now = context.clock.now()
    with transaction(context.db) as tx:
        municipality = lock_municipality(tx, official, municipality_id)
        row = unpublished_of(tx, municipality_id)
        if row is None or row.version != seen_version:
            raise ChangedElsewhere()
        changed: dict[str, object] = {
            "published_at": plain(now),
            "text_hash": to_supplement(row, municipality.slug).sha256,
            "declaration_version": DECLARATION_VERSION,
        }
        act = Act(official, now, municipality_id)
        write_root(tx, SUPPLEMENT, row, changed, act, action="published", before={})
        return version_label(DECLARATION_VERSION, municipality.slug, row.number)
