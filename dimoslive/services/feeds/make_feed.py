"""Make a calendar feed: its address is shown once, and only its hash is kept."""

from sqlalchemy import select
from sqlmodel import Session, col

from dimoslive.context import AppContext
from dimoslive.crypto import new_token, token_hash
from dimoslive.db.engine import transaction
from dimoslive.db.queries.catalogue import is_id
from dimoslive.db.queries.feeds import count_feeds, lock_maker
from dimoslive.db.tables.calendar_feed import CalendarFeedRow
from dimoslive.db.tables.catalogue import DeskRow
from dimoslive.domain.desk.feeds import MAX_FEEDS, TooManyFeeds
from dimoslive.domain.errors import NotFound
from dimoslive.domain.people.permissions import Permission
from dimoslive.domain.people.principals import Official
from dimoslive.i18n import LANGUAGES
from dimoslive.services.settings.desks.access_desk import desks_within
from dimoslive.services.settings.services.choices import departments_to_choose


def make_own_feed(context: AppContext, official: Official, language: str) -> str:
    """Of all desks at which the official works, now or later; the token. Raises `TooManyFeeds`."""
    with transaction(context.db) as tx:
        return _add(tx, _row(context, official, language))


def make_feed_of_desk(
    context: AppContext, official: Official, municipality_id: int, desk_id: int, language: str
) -> str:
    """Of one desk, its lanes included; the token. Raises `NotFound` or `TooManyFeeds`."""
    with transaction(context.db) as tx:
        within = (desks_within(official, municipality_id), col(DeskRow.is_active))
        query = select(col(DeskRow.id)).where(col(DeskRow.id) == desk_id, *within)
        if not is_id(desk_id) or tx.scalar(query) is None:
            raise NotFound()
        row = _row(context, official, language)
        row.municipality_id, row.desk_id = municipality_id, desk_id
        return _add(tx, row)


def make_feed_of_department(
    context: AppContext, official: Official, municipality_id: int, department_id: int, language: str
) -> str:
    """Of all services of a department; the token. Raises `NotFound` or `TooManyFeeds`."""
    with transaction(context.db) as tx:
        if department_id not in departments_to_choose(tx, official, Permission.MANAGE_DESKS, municipality_id):
            raise NotFound()
        row = _row(context, official, language)
        row.municipality_id, row.department_id = municipality_id, department_id
        return _add(tx, row)


def _row(context: AppContext, official: Official, language: str) -> CalendarFeedRow:
    return CalendarFeedRow(
        token_hash="",
        official_id=official.id,
        language=language if language in LANGUAGES else LANGUAGES[0],
        created_at=context.clock.now(),
    )


def _add(tx: Session, row: CalendarFeedRow) -> str:
    lock_maker(tx, row.official_id)
    if count_feeds(tx, row.official_id) >= MAX_FEEDS:
        raise TooManyFeeds(limit=MAX_FEEDS)
    token = new_token()
    row.token_hash = token_hash(token)
    tx.add(row)
    return token
