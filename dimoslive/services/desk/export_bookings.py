"""Bookings for a file: heads and administrators theirs, officials the one day of their own desk; each is logged."""

from dataclasses import asdict, dataclass
from datetime import date

from sqlalchemy import ColumnElement
from sqlmodel import Session, col

from dimoslive.context import AppContext
from dimoslive.db.engine import reading, transaction
from dimoslive.db.queries.booking_lines import booked_lines, count_booked, within_days
from dimoslive.db.queries.my_desk import desk_within, usual_desks
from dimoslive.db.queries.narrowing import narrowed
from dimoslive.db.queries.scopes import bookings_within
from dimoslive.db.tables.booking import BookingRow
from dimoslive.db.tables.official import StaffSessionRow
from dimoslive.domain.booking.statuses import BookingStatus
from dimoslive.domain.desk.booking_line import BookingLine
from dimoslive.domain.errors import InvalidInput, NotFound, TooManyRows
from dimoslive.domain.people.permissions import Permission, can
from dimoslive.domain.people.principals import Official
from dimoslive.domain.scheduling.local_time import days_period, local_day
from dimoslive.domain.scheduling.mode import Mode
from dimoslive.services.audit.record_audit import record_audit
from dimoslive.services.desk.find_workplace import Workplace

MAX_DAYS = 92
MAX_ROWS = 10_000


@dataclass(frozen=True, slots=True)
class ExportWish:
    """Which bookings; what is empty does not narrow them."""

    first: date
    last: date
    department_id: int | None = None
    service_id: int | None = None
    desk_id: int | None = None
    mode: Mode | None = None
    status: BookingStatus | None = None


def may_export_all(official: Official, place: Workplace) -> bool:
    """Whether more than the own desk's day."""
    return can(official, Permission.EXPORT_BOOKINGS, place.municipality_id)


def export_bookings(
    context: AppContext, official: Official, place: Workplace, wish: ExportWish, file_format: str
) -> list[BookingLine]:
    """By start, within the official's scope.

    Raises `NotFound` for whoever may not, `InvalidInput` (the days, the desk) or `TooManyRows`, which says how many.
    """
    _check_days(wish)
    if not can(official, Permission.EXPORT_OWN_DAY, place.municipality_id):
        raise NotFound()
    with reading(context.db) as tx:
        conditions = _conditions(context, tx, official, place, wish)
        found = count_booked(tx, conditions)
        if found > MAX_ROWS:
            raise TooManyRows(found=found, limit=MAX_ROWS)
        lines = booked_lines(tx, conditions)
    _log(context, official, place, wish, file_format, len(lines))
    return lines


def own_desks(context: AppContext, official: Official, place: Workplace) -> list[int]:
    """Where the official works: the desk said today, and those that the municipality has entered."""
    with reading(context.db) as tx:
        return own_desks_of(context, tx, official, place)


def _check_days(wish: ExportWish) -> None:
    if wish.last < wish.first:
        raise InvalidInput("until", "ends_before_start")
    if (wish.last - wish.first).days >= MAX_DAYS:
        raise InvalidInput("until", "too_many_days", limit=MAX_DAYS)


def _conditions(
    context: AppContext, tx: Session, official: Official, place: Workplace, wish: ExportWish
) -> list[ColumnElement[bool]]:
    is_all = may_export_all(official, place)
    if not is_all:
        if wish.first != wish.last:
            raise InvalidInput("until", "own_day_only")
        if wish.desk_id not in own_desks_of(context, tx, official, place):
            raise InvalidInput("desk", "own_desk_only")
    permission = Permission.EXPORT_BOOKINGS if is_all else Permission.EXPORT_OWN_DAY
    period = days_period(wish.first, wish.last, place.zone)
    conditions = [*within_days(place.municipality_id, period), bookings_within(official, permission)]
    conditions += narrowed(
        department_id=wish.department_id, service_id=wish.service_id, desk_id=wish.desk_id, mode=wish.mode
    )
    if wish.status is not None:
        conditions.append(col(BookingRow.status) == wish.status.value)
    return conditions


def own_desks_of(context: AppContext, tx: Session, official: Official, place: Workplace) -> list[int]:
    """The same, in a transaction that is under way."""
    session = tx.get(StaffSessionRow, official.session_id)
    today = local_day(context.clock.now(), place.zone)
    of_today = session.desk_id if session and session.desk_on == today else None
    ids = dict.fromkeys([of_today, *usual_desks(tx, official.id, place.municipality_id)])
    return [id_ for id_ in ids if id_ is not None and desk_within(tx, place.right, id_) is not None]


def _log(
    context: AppContext, official: Official, place: Workplace, wish: ExportWish, file_format: str, found: int
) -> None:
    facts = {name: str(value) for name, value in asdict(wish).items() if value is not None}
    with transaction(context.db) as tx:
        record_audit(
            tx,
            context.clock.now(),
            "bookings.exported",
            by=official,
            subject=("bookings", None),
            municipality_id=place.municipality_id,
            after=facts | {"format": file_format, "bookings": found},
        )
