"""Bookings by who they are for, within an official's scope."""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, and_, case, func, literal, or_, select
from sqlmodel import Session, col

from dimoslive.db.queries.bookings import with_service
from dimoslive.db.rows.booking import BookingWithService
from dimoslive.db.tables.booking import BookingRow
from dimoslive.db.tables.citizen import CitizenRow
from dimoslive.domain.booking.details import ServedPerson
from dimoslive.domain.booking.statuses import NEVER_BOOKED
from dimoslive.domain.scheduling.periods import Period

MAX_NAMES = 20_000
"""So many of a scope's names are compared by their sound, the nearest in time first."""
_NEVER_BOOKED = [status.value for status in NEVER_BOOKED]


class Searched(NamedTuple):
    """Where a search looks: the official's scope, days, and the present, to which the nearest come first."""

    scope: ColumnElement[bool]
    days: Period
    now: datetime
    tick: int


def find_by_phone(tx: Session, where: Searched, digits: str, limit: int) -> list[BookingWithService]:
    """Whose telephone ends with these digits."""
    return _found(tx, where, col(BookingRow.phone).endswith(digits, autoescape=True), limit)


def find_by_name(tx: Session, where: Searched, words: Collection[str], limit: int) -> list[BookingWithService]:
    """Whose name has a beginning for each of the words, or who signed in for another and is called so."""
    name = func.replace(col(BookingRow.name_key), "-", " ")
    return _found(tx, where, or_(_begins(name, words), _signed_in_as(words)), limit)


def find_by_id(tx: Session, where: Searched, ids: Collection[int], limit: int) -> list[BookingWithService]:
    """These of them."""
    return _found(tx, where, col(BookingRow.id).in_(ids), limit)


def names_within(tx: Session, where: Searched) -> list[tuple[int, str]]:
    """The names of all, folded, with their bookings."""
    query = _nearest(select(col(BookingRow.id), col(BookingRow.name_key)), where)
    found = tx.execute(query.where(col(BookingRow.name_key) != "").limit(MAX_NAMES))
    return [(id_ or 0, name_key) for id_, name_key in found]


def _found(tx: Session, where: Searched, who: ColumnElement[bool], limit: int) -> list[BookingWithService]:
    query = _nearest(with_service(), where).where(who).limit(limit)
    return [BookingWithService(*found) for found in tx.execute(query)]


def _nearest(query: Any, where: Searched) -> Any:
    """What is to come first, the soonest of it first; then what is past, the latest first."""
    return query.where(
        where.scope,
        col(BookingRow.status).not_in(_NEVER_BOOKED),
        col(BookingRow.starts_at) >= where.days.starts_at,
        col(BookingRow.starts_at) < where.days.ends_at,
    ).order_by(
        case((col(BookingRow.ends_at) < where.now, 1), else_=0),
        func.abs(col(BookingRow.first_tick) - where.tick),
        col(BookingRow.id),
    )


def _begins(name: ColumnElement[str], words: Iterable[str]) -> ColumnElement[bool]:
    return and_(*(literal(" ").concat(name).contains(f" {word}", autoescape=True) for word in words))


def _signed_in_as(words: Collection[str]) -> ColumnElement[bool]:
    """TAXISnet writes in capitals, without accents but for two dots."""
    name = col(CitizenRow.first_name).concat(" ").concat(col(CitizenRow.last_name))
    plain = func.replace(func.replace(func.replace(name, "Ϊ", "Ι"), "Ϋ", "Υ"), "-", " ")
    return and_(
        col(BookingRow.served_person) != ServedPerson.SELF.value, _begins(plain, [word.upper() for word in words])
    )
