"""A municipality's week, by query: two of its own, beside those of the day, whatever the number of bookings."""

from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlmodel import Session, col

from dimoslive.db.tables.booking import BookingRow
from dimoslive.db.tables.catalogue import DepartmentRow, DeskRow, OpeningHoursRow, ServiceDeskRow, ServiceRow
from dimoslive.domain.booking.statuses import BookingStatus
from dimoslive.domain.desk.week import WeekBooking
from dimoslive.domain.scheduling.mode import Mode
from dimoslive.domain.scheduling.periods import Period


class ServiceOfWeek(NamedTuple):
    """A service with its department, and one of its hours that concern the week."""

    row: ServiceRow
    department: DepartmentRow
    hours: OpeningHoursRow | None


def services_of_week(
    tx: Session, municipality_id: int, department_ids: frozenset[int], first: date, last: date
) -> list[ServiceOfWeek]:
    """The services of these departments, all where none is named, by department and name."""
    query = (
        select(ServiceRow, DepartmentRow, OpeningHoursRow)
        .join(DepartmentRow, col(DepartmentRow.id) == col(ServiceRow.department_id))
        .outerjoin(
            OpeningHoursRow,
            (col(OpeningHoursRow.service_id) == col(ServiceRow.id))
            & or_(col(OpeningHoursRow.on_date).is_(None), col(OpeningHoursRow.on_date).between(first, last)),
        )
        .where(col(DepartmentRow.municipality_id) == municipality_id)
        .order_by(col(DepartmentRow.name_el), col(DepartmentRow.id), col(ServiceRow.name_el), col(ServiceRow.id))
    )
    if department_ids:
        query = query.where(col(ServiceRow.department_id).in_(sorted(department_ids)))
    return [ServiceOfWeek(*found) for found in tx.execute(query)]


def _has_place() -> ColumnElement[bool]:
    """Whether the booking's desk, or the one whose lane it is at, serves its service, which offers its way."""
    serves = (
        select(col(ServiceDeskRow.desk_id))
        .where(
            col(ServiceDeskRow.service_id) == col(BookingRow.service_id),
            col(ServiceDeskRow.desk_id) == func.coalesce(col(DeskRow.overflow_of), col(DeskRow.id)),
        )
        .correlate(BookingRow, DeskRow)
        .exists()
    )
    ways = [and_(col(BookingRow.mode) == mode.value, col(getattr(ServiceRow, f"offers_{mode}"))) for mode in Mode]
    return and_(col(DeskRow.is_active), serves, or_(*ways))


def bookings_of_week(
    tx: Session, scope: ColumnElement[bool], municipality_id: int, week: Period, now: datetime
) -> list[WeekBooking]:
    """All that takes a desk's time in the week, holds while they last; nothing of it is about a person.

    Those out of the scope are read for their time alone: a desk may serve more departments than one.
    """
    query = (
        select(
            col(BookingRow.service_id),
            col(BookingRow.desk_id),
            col(BookingRow.status),
            col(BookingRow.starts_at),
            col(BookingRow.ends_at),
            col(BookingRow.first_tick),
            col(BookingRow.end_tick),
            scope.label("is_ours"),
            col(DeskRow.overflow_of),
            col(BookingRow.is_outside_hours),
            _has_place().label("has_place"),
        )
        .join(DeskRow, col(DeskRow.id) == col(BookingRow.desk_id))
        .join(ServiceRow, col(ServiceRow.id) == col(BookingRow.service_id))
        .where(
            col(BookingRow.municipality_id) == municipality_id,
            col(BookingRow.starts_at) >= week.starts_at,
            col(BookingRow.starts_at) < week.ends_at,
            col(BookingRow.status) != BookingStatus.EXPIRED.value,
            or_(col(BookingRow.status) != BookingStatus.HELD.value, col(BookingRow.hold_expires_at) > now),
        )
    )
    return [
        WeekBooking(
            service_id=one.service_id,
            desk_id=one.desk_id,
            status=BookingStatus(one.status),
            period=Period(one.starts_at, one.ends_at),
            ticks=range(one.first_tick, one.end_tick),
            is_ours=bool(one.is_ours),
            is_over_capacity=one.overflow_of is not None,
            is_outside_hours=one.is_outside_hours,
            has_place=bool(one.has_place),
        )
        for one in tx.execute(query)
    ]
