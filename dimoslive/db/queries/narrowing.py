"""What narrows a list, a file or a figure of bookings, as conditions of its query."""

from sqlalchemy import ColumnElement, or_, select
from sqlmodel import col

from dimoslive.db.tables.booking import BookingRow
from dimoslive.db.tables.catalogue import DeskRow, ServiceRow
from dimoslive.domain.scheduling.mode import Mode


def narrowed(
    *,
    department_id: int | None = None,
    service_id: int | None = None,
    desk_id: int | None = None,
    mode: Mode | None = None,
) -> list[ColumnElement[bool]]:
    """Bookings of these alone; what is None does not narrow. A desk's lanes belong to it."""
    conditions: list[ColumnElement[bool]] = []
    if desk_id is not None:
        lanes = select(col(DeskRow.id)).where(col(DeskRow.overflow_of) == desk_id)
        conditions.append(or_(col(BookingRow.desk_id) == desk_id, col(BookingRow.desk_id).in_(lanes)))
    if department_id is not None:
        services = select(col(ServiceRow.id)).where(col(ServiceRow.department_id) == department_id)
        conditions.append(col(BookingRow.service_id).in_(services))
    if service_id is not None:
        conditions.append(col(BookingRow.service_id) == service_id)
    if mode is not None:
        conditions.append(col(BookingRow.mode) == mode.value)
    return conditions
