"""End a calendar feed: programs that go on asking find an empty calendar."""

from dimoslive.context import AppContext
from dimoslive.db.engine import transaction
from dimoslive.db.queries.catalogue import is_id
from dimoslive.db.queries.feeds import feed_to_end
from dimoslive.domain.errors import NotFound
from dimoslive.domain.people.principals import Official


def end_feed(context: AppContext, official: Official, feed_id: int, municipality_id: int | None = None) -> None:
    """An own one, or in a municipality one of a desk or department within reach; raises `NotFound`."""
    with transaction(context.db) as tx:
        row = feed_to_end(tx, official, feed_id, municipality_id) if is_id(feed_id) else None
        if row is None:
            raise NotFound()
        row.ended_at = context.clock.now()
