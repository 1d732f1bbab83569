"""Calendar feeds and the bookings in them, by query."""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, and_, delete, func, or_, select, update
from sqlmodel import Session, col

from dimoslive.db.queries.scopes import bookings_within, in_departments
from dimoslive.db.tables.booking import BookingRow
from dimoslive.db.tables.calendar_feed import CalendarFeedRow
from dimoslive.db.tables.catalogue import DepartmentRow, DeskRow, MunicipalityRow, ServiceRow
from dimoslive.db.tables.official import DeskOfficialRow, OfficialRow
from dimoslive.domain.booking.statuses import OPEN
from dimoslive.domain.desk.feeds import FeedBooking, FeedPersons, person_in_feed
from dimoslive.domain.people.permissions import Permission
from dimoslive.domain.people.principals import Official
from dimoslive.domain.scheduling.mode import Mode
from dimoslive.domain.scheduling.periods import Period
from dimoslive.domain.scheduling.slots import ticks


class FeedFound(NamedTuple):
    """A feed, its maker, and the desk or the department that it is of."""

    feed: CalendarFeedRow
    official: OfficialRow
    desk: DeskRow | None
    department: DepartmentRow | None


_FEEDS = (
    select(CalendarFeedRow, OfficialRow, DeskRow, DepartmentRow)
    .join(OfficialRow, col(OfficialRow.id) == col(CalendarFeedRow.official_id))
    .outerjoin(DeskRow, col(DeskRow.id) == col(CalendarFeedRow.desk_id))
    .outerjoin(DepartmentRow, col(DepartmentRow.id) == col(CalendarFeedRow.department_id))
)
_LASTING = col(CalendarFeedRow.ended_at).is_(None)


def feed_by_token(tx: Session, token_hash: str) -> FeedFound | None:
    """The feed of an address, ended or not."""
    found = tx.execute(_FEEDS.where(col(CalendarFeedRow.token_hash) == token_hash)).one_or_none()
    return FeedFound(*found) if found else None


def own_feeds(tx: Session, official_id: int) -> list[FeedFound]:
    """Those that an official made and that have not ended, oldest first."""
    query = _FEEDS.where(col(CalendarFeedRow.official_id) == official_id, _LASTING)
    return [FeedFound(*row) for row in tx.execute(query.order_by(col(CalendarFeedRow.id)))]


def feeds_within(tx: Session, official: Official, municipality_id: int) -> list[FeedFound]:
    """Those of desks and departments that the official may set up, whoever made them, oldest first."""
    query = _FEEDS.where(
        col(CalendarFeedRow.municipality_id) == municipality_id, _LASTING, _settable(official, municipality_id)
    )
    return [FeedFound(*row) for row in tx.execute(query.order_by(col(CalendarFeedRow.id)))]


def lock_maker(tx: Session, official_id: int) -> None:
    """Who makes two feeds at once makes one after the other."""
    tx.execute(select(col(OfficialRow.id)).where(col(OfficialRow.id) == official_id).with_for_update())


def count_feeds(tx: Session, official_id: int) -> int:
    """How many an official made that have not ended."""
    query = select(func.count()).select_from(CalendarFeedRow)
    return tx.scalar(query.where(col(CalendarFeedRow.official_id) == official_id, _LASTING)) or 0


def feed_to_end(tx: Session, official: Official, feed_id: int, municipality_id: int | None) -> CalendarFeedRow | None:
    """A feed that the official may end: an own one, or one of what they may set up in a municipality."""
    query = _FEEDS.where(col(CalendarFeedRow.id) == feed_id, _LASTING)
    if municipality_id is None:
        query = query.where(col(CalendarFeedRow.official_id) == official.id)
    else:
        query = query.where(
            col(CalendarFeedRow.municipality_id) == municipality_id, _settable(official, municipality_id)
        )
    return tx.scalars(query).one_or_none()


def note_fetch(tx: Session, feed_id: int, now: datetime, program: str) -> None:
    """When it was fetched, and by what."""
    tx.execute(
        update(CalendarFeedRow).where(col(CalendarFeedRow.id) == feed_id).values(fetched_at=now, fetched_by=program)
    )


def lasting_feeds(tx: Session, after_id: int, limit: int) -> list[FeedFound]:
    """Some that have not ended, by id."""
    query = _FEEDS.where(_LASTING, col(CalendarFeedRow.id) > after_id).order_by(col(CalendarFeedRow.id)).limit(limit)
    return [FeedFound(*row) for row in tx.execute(query)]


def end_feeds_of(tx: Session, ids: Iterable[int], now: datetime) -> None:
    """They are empty from now on."""
    ended = update(CalendarFeedRow).where(col(CalendarFeedRow.id).in_(sorted(ids)), _LASTING)
    tx.execute(ended.values(ended_at=now))


def forget_ended_feeds(tx: Session, before: datetime) -> None:
    """Remove those that ended before an instant."""
    tx.execute(delete(CalendarFeedRow).where(col(CalendarFeedRow.ended_at) < before))


def forget_feeds_of_department(tx: Session, department_id: int) -> None:
    """A department that is deleted takes its feeds with it."""
    tx.execute(delete(CalendarFeedRow).where(col(CalendarFeedRow.department_id) == department_id))


_BOOKINGS = (
    select(
        col(BookingRow.reference),
        col(BookingRow.mode),
        col(BookingRow.starts_at),
        col(BookingRow.ends_at),
        col(BookingRow.sequence),
        func.coalesce(col(BookingRow.changed_at), col(BookingRow.booked_at), col(BookingRow.created_at)),
        col(BookingRow.person_name),
        col(ServiceRow.name_el),
        col(ServiceRow.name_en),
        col(ServiceRow.short_name_el),
        col(ServiceRow.short_name_en),
        col(ServiceRow.is_sensitive),
        col(MunicipalityRow.slug),
        col(MunicipalityRow.feed_persons),
    )
    .join(ServiceRow, col(ServiceRow.id) == col(BookingRow.service_id))
    .join(MunicipalityRow, col(MunicipalityRow.id) == col(BookingRow.municipality_id))
    .where(col(BookingRow.status).in_(sorted(OPEN)))
    .order_by(col(BookingRow.starts_at), col(BookingRow.reference))
)


def bookings_in_feed(tx: Session, feed: CalendarFeedRow, maker: Official, period: Period) -> list[FeedBooking]:
    """Whoever is still to come, or is there now, by start; no further than its maker sees them today."""
    query = _BOOKINGS.where(
        bookings_within(maker, Permission.VIEW_DESK),
        _of_feed(feed),
        col(BookingRow.first_tick).between(
            ticks(period.starts_at, period.starts_at).start, ticks(period.ends_at, period.ends_at).start
        ),
        col(BookingRow.starts_at) >= period.starts_at,
        col(BookingRow.starts_at) < period.ends_at,
    )
    return [_to_feed_booking(row, feed.language) for row in tx.execute(query)]


def _of_feed(feed: CalendarFeedRow) -> ColumnElement[bool]:
    """Lanes belong to the desk that they stand beside."""
    if feed.department_id is not None:
        return and_(
            col(BookingRow.municipality_id) == feed.municipality_id,
            col(ServiceRow.department_id) == feed.department_id,
        )
    if feed.desk_id is not None:
        own = or_(col(DeskRow.id) == feed.desk_id, col(DeskRow.overflow_of) == feed.desk_id)
    else:
        worked = select(col(DeskOfficialRow.desk_id)).where(col(DeskOfficialRow.official_id) == feed.official_id)
        own = or_(col(DeskRow.id).in_(worked), col(DeskRow.overflow_of).in_(worked))
    return col(BookingRow.desk_id).in_(select(col(DeskRow.id)).where(own))


def _to_feed_booking(row: tuple, language: str) -> FeedBooking:  # type: ignore[type-arg]  # the columns above
    (reference, mode, starts_at, ends_at, sequence, changed_at, person, *names, is_sensitive, slug, persons) = row
    name_el, name_en, short_el, short_en = names
    service = (short_en or name_en) if language == "en" else (short_el or name_el)
    said = "" if is_sensitive else person_in_feed(person, FeedPersons(persons))
    return FeedBooking(
        reference, service, Mode(mode), Period(starts_at, ends_at), sequence, changed_at, slug, is_sensitive, said
    )


def _settable(official: Official, municipality_id: int) -> ColumnElement[bool]:
    """Of desks and departments within the official's reach."""
    permission = Permission.MANAGE_DESKS
    return or_(
        and_(
            col(CalendarFeedRow.desk_id).is_not(None),
            in_departments(official, permission, municipality_id, col(DeskRow.department_id)),
        ),
        and_(
            col(CalendarFeedRow.department_id).is_not(None),
            in_departments(official, permission, municipality_id, col(CalendarFeedRow.department_id)),
        ),
    )
