"""Bookings as lines of a list, by one query."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from dimoslive.db.rows.names import person_name
from dimoslive.db.tables.booking import STILL_OPEN, BookingRow
from dimoslive.db.tables.catalogue import DepartmentRow, DeskRow, ServiceRow
from dimoslive.db.tables.citizen import CitizenRow
from dimoslive.db.tables.desk import BookingNoteRow
from dimoslive.domain.booking.booking import BookingSource
from dimoslive.domain.booking.details import ServedPerson
from dimoslive.domain.booking.statuses import NEVER_BOOKED, BookingStatus
from dimoslive.domain.desk.booking_line import BookingLine
from dimoslive.domain.scheduling.mode import Mode
from dimoslive.domain.scheduling.periods import Period

_NEVER_BOOKED = [status.value for status in NEVER_BOOKED]
_main_desk = aliased(DeskRow)


def booked_lines(
    tx: Session, conditions: Iterable[ColumnElement[bool]], *, limit: int | None = None, newest_first: bool = False
) -> list[BookingLine]:
    """Those that were ever booked and meet all conditions, by start; the scope is one of the conditions."""
    start, key = col(BookingRow.starts_at), col(BookingRow.id)
    order = (start.desc(), key.desc()) if newest_first else (start, key)
    query = (
        with_line(select(*line_columns()).select_from(BookingRow))
        .where(col(BookingRow.status).not_in(_NEVER_BOOKED), *conditions)
        .order_by(*order)
    )
    return [to_line(*found) for found in tx.execute(query.limit(limit) if limit else query)]


def unrecorded(municipality_id: int, before: datetime) -> tuple[ColumnElement[bool], ...]:
    """Of days that are over, without a word on what became of them: answered by the index of what is still open."""
    return (
        STILL_OPEN,  # type: ignore[return-value]  # a text of one condition
        col(BookingRow.municipality_id) == municipality_id,
        col(BookingRow.ends_at) <= before,
    )


def within_days(municipality_id: int, period: Period) -> tuple[ColumnElement[bool], ...]:
    """Those that start inside the period."""
    return (
        col(BookingRow.municipality_id) == municipality_id,
        col(BookingRow.starts_at) >= period.starts_at,
        col(BookingRow.starts_at) < period.ends_at,
    )


def count_booked(tx: Session, conditions: Iterable[ColumnElement[bool]]) -> int:
    """How many there are, without reading them."""
    query = select(func.count()).select_from(BookingRow)
    return tx.scalar(query.where(col(BookingRow.status).not_in(_NEVER_BOOKED), *conditions)) or 0


def line_columns() -> tuple[Any, ...]:
    """What a query selects for `to_line`."""
    notes = (
        select(func.count())
        .select_from(BookingNoteRow)
        .where(col(BookingNoteRow.booking_id) == col(BookingRow.id))
        .correlate(BookingRow)
        .scalar_subquery()
    )
    return BookingRow, ServiceRow, DepartmentRow, DeskRow, _main_desk, CitizenRow, notes


def with_line(query: Select[Any]) -> Select[Any]:
    """The same query, which has bookings, with the tables of `line_columns` beside them."""
    return (
        query.join(ServiceRow, col(ServiceRow.id) == col(BookingRow.service_id))
        .join(DepartmentRow, col(DepartmentRow.id) == col(ServiceRow.department_id))
        .join(DeskRow, col(DeskRow.id) == col(BookingRow.desk_id))
        .outerjoin(_main_desk, col(_main_desk.id) == col(DeskRow.overflow_of))
        .outerjoin(CitizenRow, col(CitizenRow.id) == col(BookingRow.citizen_id))
    )


def to_line(
    row: BookingRow,
    service: ServiceRow,
    department: DepartmentRow,
    desk: DeskRow,
    main_desk: DeskRow | None,
    citizen: CitizenRow | None,
    notes: int,
) -> BookingLine:
    """What `line_columns` found."""
    named = main_desk or desk
    return BookingLine(
        id=row.id or 0,
        reference=row.reference,
        status=BookingStatus(row.status),
        mode=Mode(row.mode),
        period=Period(row.starts_at, row.ends_at),
        person=person_name(row, citizen),
        served_person=ServedPerson(row.served_person),
        phone=row.phone,
        email=row.email,
        subject=row.subject,
        help_needed=row.help_needed,
        service_id=service.id or 0,
        service_name={"el": service.short_name_el or service.name_el, "en": service.short_name_en or service.name_en},
        department_id=department.id or 0,
        department_name={"el": department.name_el, "en": department.name_en},
        desk_id=named.id or 0,
        desk_name={"el": named.name_el, "en": named.name_en or named.name_el},
        source=BookingSource(row.source),
        is_over_capacity=desk.overflow_of is not None,
        is_outside_hours=row.is_outside_hours,
        is_erased=row.erased_at is not None,
        arrived_at=row.arrived_at,
        started_at=row.started_at,
        ended_at=row.ended_at,
        outcome=row.outcome,
        notes=notes,
    )
