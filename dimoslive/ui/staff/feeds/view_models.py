"""Calendar feeds in finished words."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from dimoslive.domain.scheduling.local_time import ATHENS, local_day
from dimoslive.i18n import Texts
from dimoslive.i18n.desk_dates import desk_date, desk_moment
from dimoslive.services.feeds.list_feeds import ListedFeed
from dimoslive.urls import feed_path


@dataclass(frozen=True)
class FeedLineView:
    """A feed; ``of`` is empty for one's own desks."""

    id: str
    of: str
    facts: str


@dataclass(frozen=True)
class NewFeedView:
    """The addresses of a feed that was made a moment ago; empty: none was."""

    https: str = ""
    webcal: str = ""


def show_feed(feed: ListedFeed, t: Texts, *, with_maker: bool) -> FeedLineView:
    """One line."""
    made = desk_date(local_day(feed.created_at, ATHENS))
    facts = t("feeds.made_by", on=made, by=feed.by) if with_maker else t("feeds.made", on=made)
    if feed.fetched_at is None:
        fetched = t("feeds.never_fetched")
    else:
        at = desk_moment(feed.fetched_at, ATHENS)
        fetched = t("feeds.fetched_by", at=at, by=feed.fetched_by) if feed.fetched_by else t("feeds.fetched", at=at)
    return FeedLineView(str(feed.id), feed.of[t.language] or t("feeds.own_desks"), f"{facts} · {fetched}")


def show_new_feed(public_url: str, token: str) -> NewFeedView:
    """Its address, as browsers take it and as calendar programs do."""
    address = public_url + feed_path(token)
    return NewFeedView(address, f"webcal://{urlsplit(address).netloc}{feed_path(token)}")
