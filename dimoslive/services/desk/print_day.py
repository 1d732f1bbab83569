"""A day on paper: one page for each desk, and a line in the log that somebody made it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlmodel import Session, col

from dimoslive.context import AppContext
from dimoslive.db.engine import transaction
from dimoslive.db.queries.booking_lines import booked_lines, within_days
from dimoslive.db.queries.day import Away, DeskOfDay, away_on_day, desks_of_day
from dimoslive.db.queries.scopes import bookings_within
from dimoslive.db.tables.booking import BookingRow
from dimoslive.domain.booking.statuses import CANCELLED
from dimoslive.domain.desk.booking_line import BookingLine
from dimoslive.domain.errors import NotFound
from dimoslive.domain.people.permissions import Permission
from dimoslive.domain.people.principals import Official
from dimoslive.domain.scheduling.local_time import day_period
from dimoslive.domain.scheduling.periods import Period, merge
from dimoslive.services.audit.record_audit import record_audit
from dimoslive.services.desk.find_workplace import Workplace, names_of

_CANCELLED = [status.value for status in CANCELLED]


@dataclass(frozen=True, slots=True)
class PrintWish:
    """What is to be on the paper; no desks are all that have a booking."""

    day: date
    desk_ids: frozenset[int] = frozenset()
    with_phones: bool = False
    with_subjects: bool = False
    with_cancelled: bool = False


@dataclass(frozen=True, slots=True)
class PrintedDesk:
    """A desk and what it has that day; its lanes' bookings are among its own."""

    id: int
    name: dict[str, str]
    is_chosen: bool
    lines: tuple[BookingLine, ...] = field(repr=False)
    absences: tuple[Period, ...] = ()


@dataclass(frozen=True, slots=True)
class PrintedDay:
    """The day as it was at an instant; ``desks`` are those that can be chosen, chosen or not."""

    desks: tuple[PrintedDesk, ...]
    printed_at: datetime


def print_day(context: AppContext, official: Official, place: Workplace, wish: PrintWish) -> PrintedDay:
    """Within the official's scope. Raises `NotFound` for a desk that is not of it."""
    now, period = context.clock.now(), day_period(wish.day, place.zone)
    with transaction(context.db) as tx:
        conditions = [*within_days(place.municipality_id, period), bookings_within(official, Permission.VIEW_DESK)]
        if not wish.with_cancelled:
            conditions.append(col(BookingRow.status).not_in(_CANCELLED))
        lines = booked_lines(tx, conditions)
        rows = desks_of_day(tx, place.municipality_id)
        away = away_on_day(tx, place.municipality_id, period)
        desks = _desks(rows, lines, away, period, place, wish)
        if not wish.desk_ids <= {desk.id for desk in desks}:
            raise NotFound()
        _log(tx, official, place, wish, desks, now)
    return PrintedDay(desks, now)


def _desks(
    rows: Iterable[DeskOfDay],
    lines: Iterable[BookingLine],
    away: Iterable[Away],
    period: Period,
    place: Workplace,
    wish: PrintWish,
) -> tuple[PrintedDesk, ...]:
    """Those in use of the official's departments, and those with a booking in the scope; lanes are with their desk."""
    by_desk: dict[int, list[BookingLine]] = {}
    for line in lines:
        by_desk.setdefault(line.desk_id, []).append(line)
    departments, desks = place.right.department_ids, {}
    for row in (one.row for one in rows):
        desk_id = row.id or 0
        is_ours = row.is_active and row.overflow_of is None and (not departments or row.department_id in departments)
        if not is_ours and desk_id not in by_desk:
            continue
        absences = merge(
            part
            for one in away
            if one.desk_id == desk_id and (part := Period(one.starts_at, one.ends_at).clipped_to(period))
        )
        desks[desk_id] = PrintedDesk(
            id=desk_id,
            name=names_of(row),
            is_chosen=desk_id in wish.desk_ids if wish.desk_ids else desk_id in by_desk,
            lines=tuple(by_desk.get(desk_id, ())),
            absences=tuple(absences),
        )
    return tuple(desks.values())


def _log(
    tx: Session, official: Official, place: Workplace, wish: PrintWish, desks: Iterable[PrintedDesk], now: datetime
) -> None:
    chosen = [desk for desk in desks if desk.is_chosen]
    facts = {
        "day": wish.day.isoformat(),
        "desks": [desk.id for desk in chosen],
        "bookings": sum(len(desk.lines) for desk in chosen),
        "phones": wish.with_phones,
        "subjects": wish.with_subjects,
        "cancelled": wish.with_cancelled,
    }
    municipality_id = place.municipality_id
    record_audit(
        tx, now, "day.printed", by=official, subject=("day", None), municipality_id=municipality_id, after=facts
    )
