"""The calendar feeds that an official made, and those of the desks and departments that they set up."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlmodel import col

from dimoslive.context import AppContext
from dimoslive.db.engine import reading
from dimoslive.db.queries.feeds import FeedFound, feeds_within, own_feeds
from dimoslive.db.tables.catalogue import DeskRow
from dimoslive.domain.desk.booking_line import Words
from dimoslive.domain.errors import NotFound
from dimoslive.domain.people.permissions import Permission, can
from dimoslive.domain.people.principals import Official
from dimoslive.services.desk.open_booking import short_name
from dimoslive.services.settings.desks.access_desk import desks_within
from dimoslive.services.settings.services.choices import departments_to_choose


@dataclass(frozen=True, slots=True)
class ListedFeed:
    """A feed: of what (empty: one's own desks), by whom, and when and by what it was fetched last."""

    id: int
    of: Words
    by: str
    created_at: datetime
    fetched_at: datetime | None
    fetched_by: str


@dataclass(frozen=True, slots=True)
class FeedsOfPlace:
    """The feeds of a municipality's desks and departments, and of which there could be one, by id."""

    feeds: tuple[ListedFeed, ...]
    departments: dict[int, Words]
    desks: dict[int, Words]


def list_own_feeds(context: AppContext, official: Official) -> tuple[ListedFeed, ...]:
    """All that they made and that last, wherever."""
    with reading(context.db) as tx:
        return tuple(_listed(found) for found in own_feeds(tx, official.id))


def list_feeds_of_place(context: AppContext, official: Official, municipality_id: int) -> FeedsOfPlace:
    """Those within the official's reach, whoever made them; raises `NotFound`."""
    if not can(official, Permission.MANAGE_DESKS, municipality_id):
        raise NotFound()
    with reading(context.db) as tx:
        query = select(DeskRow).where(desks_within(official, municipality_id), col(DeskRow.is_active))
        rows = list(tx.scalars(query.order_by(col(DeskRow.position), col(DeskRow.id))))
        return FeedsOfPlace(
            tuple(_listed(found) for found in feeds_within(tx, official, municipality_id)),
            departments_to_choose(tx, official, Permission.MANAGE_DESKS, municipality_id),
            {row.id or 0: {"el": row.name_el, "en": row.name_en or row.name_el} for row in rows},
        )


def _listed(found: FeedFound) -> ListedFeed:
    feed = found.feed
    return ListedFeed(
        feed.id or 0, feed_name(found), short_name(found.official), feed.created_at, feed.fetched_at, feed.fetched_by
    )


def feed_name(found: FeedFound) -> Words:
    """The desk or the department that it is of; empty for one's own desks."""
    of = found.desk or found.department
    return {"el": of.name_el, "en": of.name_en or of.name_el} if of else {"el": "", "en": ""}
