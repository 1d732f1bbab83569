"""Calendar feeds end with what they were made of, or when nobody fetches them."""

from dimoslive.context import AppContext
from dimoslive.db.engine import transaction
from dimoslive.db.queries.feeds import end_feeds_of, forget_ended_feeds, lasting_feeds
from dimoslive.db.queries.officials import rights_of
from dimoslive.domain.desk.feeds import EMPTY_FOR, is_unused
from dimoslive.services.feeds.read_feed import is_over, maker_of

_AT_ONCE = 200


def end_feeds(context: AppContext) -> int:
    """End those, and forget what ended so long ago that its address is nothing any more; returns how many ended."""
    now, ended, last = context.clock.now(), 0, 0
    while True:
        with transaction(context.db) as tx:
            feeds = lasting_feeds(tx, last, _AT_ONCE)
            over = [
                one.feed.id or 0
                for one in feeds
                if is_unused(one.feed.created_at, one.feed.fetched_at, now)
                or is_over(one, maker_of(one, rights_of(tx, one.official.id or 0)))
            ]
            end_feeds_of(tx, over, now)
            ended += len(over)
            if len(feeds) < _AT_ONCE:
                forget_ended_feeds(tx, now - EMPTY_FOR)
                return ended
            last = feeds[-1].feed.id or 0
