"""An official's day, by query: five of them, whatever the number of bookings and desks."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, bindparam, func, literal, null, or_, select
from sqlalchemy.orm import Bundle
from sqlmodel import Session, col

from dimoslive.db.queries.outbox import CITIZENS_MAIL
from dimoslive.db.queries.waiting_list import is_offered
from dimoslive.db.rows.day import (
    BOOKING_COLUMNS,
    CITIZEN_COLUMNS,
    MEETING_COLUMNS,
    OFFICIAL_COLUMNS,
    BookingOfDay,
)
from dimoslive.db.tables.booking import STILL_OPEN, BookingRow
from dimoslive.db.tables.catalogue import (
    AbsenceDeskRow,
    AbsenceRow,
    ClosureRow,
    DepartmentRow,
    DeskRow,
    OpeningHoursRow,
    ServiceDeskRow,
    ServiceRow,
)
from dimoslive.db.tables.citizen import CitizenRow
from dimoslive.db.tables.desk import BookingNoteRow, DeskDelayRow
from dimoslive.db.tables.meeting import MeetingRow
from dimoslive.db.tables.official import OfficialRow
from dimoslive.db.tables.outbox import DeliveryRow, OutboxRow
from dimoslive.domain.booking.statuses import OPEN, BookingStatus
from dimoslive.domain.scheduling.periods import Period

_OPEN = [status.value for status in sorted(OPEN)]
_NOTES = (
    select(func.count())
    .select_from(BookingNoteRow)
    .where(col(BookingNoteRow.booking_id) == col(BookingRow.id))
    .correlate(BookingRow)
    .scalar_subquery()
)
_FAILED = (
    select(func.count())
    .select_from(OutboxRow)
    .join(DeliveryRow, col(DeliveryRow.event_id) == col(OutboxRow.id))
    .where(
        col(OutboxRow.subject_kind) == "booking",
        col(OutboxRow.subject_id) == col(BookingRow.id),
        col(DeliveryRow.deliverer) == CITIZENS_MAIL,
        col(DeliveryRow.failed_at).is_not(None),
    )
    .correlate(BookingRow)
    .scalar_subquery()
)
# A day has a hundred of them and is read at every press: of each table what its rows show, and nothing besides.
_BOOKINGS = (
    select(
        Bundle("row", *(getattr(BookingRow, name) for name in BOOKING_COLUMNS)),
        Bundle("citizen", *(getattr(CitizenRow, name) for name in CITIZEN_COLUMNS)),
        Bundle("meeting", *(getattr(MeetingRow, name) for name in MEETING_COLUMNS)),
        Bundle("official", *(getattr(OfficialRow, name) for name in OFFICIAL_COLUMNS)),
        *(_NOTES, _FAILED, is_offered()),
    )
    .outerjoin(CitizenRow, col(CitizenRow.id) == col(BookingRow.citizen_id))
    .outerjoin(MeetingRow, col(MeetingRow.booking_id) == col(BookingRow.id))
    .outerjoin(OfficialRow, col(OfficialRow.id) == col(BookingRow.served_by))
    .where(
        col(BookingRow.municipality_id) == bindparam("municipality_id"),
        col(BookingRow.starts_at) >= bindparam("begins"),
        col(BookingRow.starts_at) < bindparam("ends"),
        col(BookingRow.status) != BookingStatus.EXPIRED.value,
        or_(col(BookingRow.status) != BookingStatus.HELD.value, col(BookingRow.hold_expires_at) > bindparam("now")),
    )
    .order_by(col(BookingRow.starts_at), col(BookingRow.desk_id), col(BookingRow.id))
)
_DESKS = (
    select(DeskRow, DeskDelayRow, col(ServiceDeskRow.service_id))
    .outerjoin(DeskDelayRow, col(DeskDelayRow.desk_id) == col(DeskRow.id))
    .outerjoin(ServiceDeskRow, col(ServiceDeskRow.desk_id) == col(DeskRow.id))
    .where(col(DeskRow.municipality_id) == bindparam("municipality_id"))
    .order_by(col(DeskRow.position), col(DeskRow.id), col(ServiceDeskRow.service_id))
)
_CLOSURES = select(
    null().label("desk_id"),
    col(ClosureRow.department_id),
    col(ClosureRow.starts_at),
    col(ClosureRow.ends_at),
    col(ClosureRow.reason_el),
    col(ClosureRow.reason_en),
).where(
    col(ClosureRow.municipality_id) == bindparam("municipality_id"),
    col(ClosureRow.is_active),
    col(ClosureRow.starts_at) < bindparam("ends"),
    col(ClosureRow.ends_at) > bindparam("begins"),
)
_ABSENCES = (
    select(
        col(AbsenceDeskRow.desk_id),
        null().label("department_id"),
        col(AbsenceRow.starts_at),
        col(AbsenceRow.ends_at),
        literal("").label("reason_el"),
        literal("").label("reason_en"),
    )
    .select_from(AbsenceRow)
    .join(AbsenceDeskRow, col(AbsenceDeskRow.absence_id) == col(AbsenceRow.id))
    .where(
        col(AbsenceRow.municipality_id) == bindparam("municipality_id"),
        col(AbsenceRow.is_active),
        col(AbsenceRow.starts_at) < bindparam("ends"),
        col(AbsenceRow.ends_at) > bindparam("begins"),
    )
)
_AWAY: Any = _ABSENCES.union_all(_CLOSURES)


class DeskOfDay(NamedTuple):
    """A desk or a lane; by how much it is said to be late, and one of the services that it serves."""

    row: DeskRow
    delay: DeskDelayRow | None
    service_id: int | None


class ServiceOfDay(NamedTuple):
    """A service, with one of its hours that concern the day."""

    row: ServiceRow
    department: DepartmentRow
    hours: OpeningHoursRow | None


class Away(NamedTuple):
    """A closure, of the municipality or a department, or an absence of a desk, which has no reason."""

    desk_id: int | None
    department_id: int | None
    starts_at: datetime
    ends_at: datetime
    reason_el: str
    reason_en: str


def bookings_of_day(
    tx: Session, scope: ColumnElement[bool], municipality_id: int, day: Period, now: datetime
) -> list[BookingOfDay]:
    """Of a scope, by start; holds while they last, cancelled ones too."""
    asked = {"municipality_id": municipality_id, "begins": day.starts_at, "ends": day.ends_at, "now": now}
    return [BookingOfDay(*found) for found in tx.execute(_BOOKINGS.where(scope), asked)]


def desks_of_day(tx: Session, municipality_id: int) -> list[DeskOfDay]:
    """All desks and lanes of the municipality, in their order, once for each service that they serve."""
    return [DeskOfDay(*found) for found in tx.execute(_DESKS, {"municipality_id": municipality_id})]


def services_of_day(tx: Session, municipality_id: int, department_ids: Sequence[int], day: date) -> list[ServiceOfDay]:
    """The services of these departments, all where none is named, by name, with the hours that concern the day."""
    query = (
        select(ServiceRow, DepartmentRow, OpeningHoursRow)
        .join(DepartmentRow, col(DepartmentRow.id) == col(ServiceRow.department_id))
        .outerjoin(
            OpeningHoursRow,
            (col(OpeningHoursRow.service_id) == col(ServiceRow.id))
            & or_(col(OpeningHoursRow.weekday) == day.weekday(), col(OpeningHoursRow.on_date) == day),
        )
        .where(col(DepartmentRow.municipality_id) == municipality_id)
        .order_by(col(ServiceRow.name_el), col(ServiceRow.id))
    )
    if department_ids:
        query = query.where(col(ServiceRow.department_id).in_(department_ids))
    return [ServiceOfDay(*found) for found in tx.execute(query)]


def away_on_day(tx: Session, municipality_id: int, day: Period) -> list[Away]:
    """Closures and absences that touch the day."""
    asked = {"municipality_id": municipality_id, "begins": day.starts_at, "ends": day.ends_at}
    return [Away(*found) for found in tx.execute(_AWAY, asked)]


def count_unrecorded(tx: Session, scope: ColumnElement[bool], municipality_id: int, before: datetime) -> int:
    """Bookings of days that are over, of which nobody said what became of them."""
    query = (
        select(func.count())
        .select_from(BookingRow)
        .where(
            STILL_OPEN,
            col(BookingRow.municipality_id) == municipality_id,
            col(BookingRow.ends_at) <= before,
            scope,
        )
    )
    return tx.scalar(query) or 0


def next_booked(tx: Session, scope: ColumnElement[bool], municipality_id: int, after: datetime) -> datetime | None:
    """When the next booking after an instant starts."""
    query = select(func.min(col(BookingRow.starts_at))).where(
        col(BookingRow.status).in_(_OPEN),
        col(BookingRow.municipality_id) == municipality_id,
        col(BookingRow.starts_at) >= after,
        scope,
    )
    return tx.scalar(query)


def count_booked(tx: Session, scope: ColumnElement[bool], municipality_id: int, day: Period) -> int:
    """How many bookings that stand a period has."""
    query = (
        select(func.count())
        .select_from(BookingRow)
        .where(
            col(BookingRow.status).in_(_OPEN),
            col(BookingRow.municipality_id) == municipality_id,
            col(BookingRow.starts_at) >= day.starts_at,
            col(BookingRow.starts_at) < day.ends_at,
            scope,
        )
    )
    return tx.scalar(query) or 0
