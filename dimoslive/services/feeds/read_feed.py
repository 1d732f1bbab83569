"""A calendar feed, as a program fetches it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from dimoslive.context import AppContext
from dimoslive.crypto import token_hash
from dimoslive.db.engine import reading, transaction
from dimoslive.db.queries.feeds import FeedFound, bookings_in_feed, feed_by_token, note_fetch
from dimoslive.db.queries.officials import rights_of
from dimoslive.domain.desk.feeds import DAYS_AHEAD, DAYS_BEFORE, FeedBooking, is_empty
from dimoslive.domain.errors import NotFound
from dimoslive.domain.people.permissions import Permission, can
from dimoslive.domain.people.principals import Official, StaffRight
from dimoslive.domain.scheduling.periods import Period
from dimoslive.i18n import texts_of
from dimoslive.integrations.calendar.feed import calendar_feed
from dimoslive.services.access.limit_attempts import RateLimit, limit_attempts
from dimoslive.services.feeds.list_feeds import feed_name

NOTED_EVERY = timedelta(minutes=10)
"""When it was fetched last is written no more often."""


@dataclass(frozen=True, slots=True)
class FeedAsked:
    """A feed that an address names, with its maker as of today."""

    found: FeedFound
    maker: Official


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed that was read."""

    id: int
    content: bytes
    fetched_at: datetime | None
    is_over: bool


def find_feed(context: AppContext, token: str, address: str) -> FeedAsked:
    """Raises `NotFound` for an address that names none, or one long ended; `TooManyAttempts` for one who guesses."""
    now = context.clock.now()
    with reading(context.db) as tx:
        found = feed_by_token(tx, token_hash(token))
        if found is not None and found.feed.ended_at is not None and not is_empty(found.feed.ended_at, now):
            found = None
        maker = maker_of(found, rights_of(tx, found.official.id or 0)) if found else None
    if found is None or maker is None:
        limit_attempts(context, RateLimit.LINK, address)
        raise NotFound()
    return FeedAsked(found, maker)


def read_feed(context: AppContext, asked: FeedAsked) -> Feed:
    """What its program is given: of one that is over an empty calendar."""
    found, maker, now = asked.found, asked.maker, context.clock.now()
    bookings = () if is_over(found, maker) else _bookings(context, found, maker, now)
    t = texts_of(found.feed.language)
    content = calendar_feed(
        t("feeds.calendar", of=feed_name(found)[t.language] or t("feeds.own_desks")),
        bookings,
        public_url=context.public_url,
        host=urlsplit(context.public_url).hostname or "dimoslive",
        texts=t,
    )
    return Feed(found.feed.id or 0, content, found.feed.fetched_at, is_over(found, maker))


def note_feed_fetched(context: AppContext, feed: Feed, program: str) -> None:
    """For the list of feeds; an ended one is in no list."""
    now = context.clock.now()
    if feed.is_over or (feed.fetched_at is not None and now - feed.fetched_at < NOTED_EVERY):
        return
    with transaction(context.db) as tx:
        note_fetch(tx, feed.id, now, program)


def is_over(found: FeedFound, maker: Official) -> bool:
    """Ended, or without what it was made of: the right of its maker, the desk, the department."""
    feed, of = found.feed, found.desk or found.department
    if feed.ended_at is not None or not found.official.is_active or (of is not None and not of.is_active):
        return True
    if feed.municipality_id is None:
        return not can(maker, Permission.VIEW_DESK)
    department_id = feed.department_id or (found.desk.department_id if found.desk else None)
    return not can(maker, Permission.MANAGE_DESKS, feed.municipality_id, department_id)


def _bookings(context: AppContext, found: FeedFound, maker: Official, now: datetime) -> Sequence[FeedBooking]:
    """Of whole days, so that an hour later they are the same."""
    day = now.replace(hour=0, minute=0, second=0, microsecond=0)
    with reading(context.db) as tx:
        return bookings_in_feed(tx, found.feed, maker, Period(day - DAYS_BEFORE, day + DAYS_AHEAD))


def maker_of(found: FeedFound, rights: frozenset[StaffRight]) -> Official:
    """Who made it, with the rights of today."""
    return Official(found.official.id or 0, found.official.first_name, found.official.last_name, rights)
