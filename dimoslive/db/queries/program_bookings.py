"""Bookings as programs read them: one query, of the columns that they see."""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, func, or_, select
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from dimoslive.db.tables.booking import BookingRow
from dimoslive.db.tables.catalogue import DepartmentRow, DeskRow, MunicipalityRow, ServiceRow
from dimoslive.domain.booking.booking import BookingSource
from dimoslive.domain.booking.details import ServedPerson
from dimoslive.domain.booking.statuses import NEVER_BOOKED, BookingStatus
from dimoslive.domain.keys.program_booking import BookingWish, Confirmed, ProgramBooking, ProgramPerson, SortPlace
from dimoslive.domain.scheduling.local_time import day_period
from dimoslive.domain.scheduling.mode import Mode

_NEVER_BOOKED = [status.value for status in NEVER_BOOKED]
_PLACE, _DESK = aliased(DeskRow), aliased(DeskRow)
"""A booking's place may be a lane; the desk is that whose lane it is."""
_OF_BOOKING = (
    *("id", "reference", "status", "mode", "starts_at", "ends_at", "source", "served_person", "sequence", "outcome"),
    *("external_id", "version", "booked_at", "created_at", "changed_at", "cancelled_at", "arrived_at", "started_at"),
    *("ended_at", "erased_at", "citizen_id", "consent_at", "reschedule_count"),
    *("person_name", "phone", "email", "address", "subject", "help_needed"),
)


def _all() -> Select[Any]:
    return (
        select(
            *(col(getattr(BookingRow, name)) for name in _OF_BOOKING),
            col(MunicipalityRow.slug).label("municipality"),
            col(MunicipalityRow.zone),
            col(ServiceRow.slug).label("service"),
            col(ServiceRow.name_el).label("service_el"),
            col(ServiceRow.name_en).label("service_en"),
            col(ServiceRow.is_sensitive),
            col(DepartmentRow.name_el).label("department_el"),
            col(DepartmentRow.name_en).label("department_en"),
            _DESK.id.label("desk_id"),  # type: ignore[union-attr]  # an alias's column
            _DESK.name_el.label("desk_el"),  # type: ignore[attr-defined]  # an alias's column
            _DESK.name_en.label("desk_en"),  # type: ignore[attr-defined]  # an alias's column
        )
        .select_from(BookingRow)
        .join(ServiceRow, col(ServiceRow.id) == col(BookingRow.service_id))
        .join(DepartmentRow, col(DepartmentRow.id) == col(ServiceRow.department_id))
        .join(MunicipalityRow, col(MunicipalityRow.id) == col(BookingRow.municipality_id))
        .join(_PLACE, _PLACE.id == col(BookingRow.desk_id))  # type: ignore[arg-type]  # an alias's column
        .join(_DESK, _DESK.id == func.coalesce(_PLACE.overflow_of, _PLACE.id))  # type: ignore[arg-type]  # as above
        .where(col(BookingRow.status).not_in(_NEVER_BOOKED))
    )


_ALL = _all()
"""Built once: that takes as long as to run it."""


def program_bookings(
    tx: Session, scope: ColumnElement[bool], wish: BookingWish, zone: str, *, until: datetime, after: SortPlace | None,
    limit: int,
) -> list[Row[Any]]:  # fmt: skip
    """Those in a scope, by start; with ``changed_since`` by change, and none that changed after ``until``."""
    by = col(BookingRow.starts_at if wish.changed_since is None else BookingRow.changed_at)
    conditions = _conditions(wish, zone)
    if wish.changed_since is not None:
        conditions += [by >= wish.changed_since, by <= until]
    if after is not None:
        # Said twice, because the first alone leads an index to where the list goes on.
        conditions += [by >= after.at, or_(by > after.at, and_(by == after.at, col(BookingRow.id) > after.id))]
    query = _ALL.where(scope, *conditions).order_by(by, col(BookingRow.id)).limit(limit)
    return list(tx.execute(query))


def program_booking(tx: Session, scope: ColumnElement[bool], reference: str) -> Row[Any] | None:
    """One of a scope by its reference."""
    return tx.execute(_ALL.where(scope, col(BookingRow.reference) == reference)).one_or_none()


def has_external_id(tx: Session, api_key_id: int, external_id: str) -> bool:
    """Whether the program calls a booking so."""
    query = select(col(BookingRow.id)).where(
        col(BookingRow.api_key_id) == api_key_id,
        col(BookingRow.external_id) == external_id,
        col(BookingRow.external_id) != "",
    )
    return tx.scalar(query.limit(1)) is not None


def to_program_booking(found: Row[Any], *, with_person: bool) -> ProgramBooking:
    """What the program sees of it."""
    row: Any = found
    return ProgramBooking(
        id=row.id,
        reference=row.reference,
        status=BookingStatus(row.status),
        mode=Mode(row.mode),
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        zone=row.zone,
        municipality=row.municipality,
        department={"el": row.department_el, "en": row.department_en},
        service=row.service,
        service_name={"el": row.service_el, "en": row.service_en},
        desk_id=row.desk_id,
        desk_name={"el": row.desk_el, "en": row.desk_en or row.desk_el},
        source=BookingSource(row.source),
        served_person=ServedPerson(row.served_person),
        sequence=row.sequence,
        moves=row.reschedule_count,
        outcome=row.outcome,
        external_id=row.external_id,
        version=row.version,
        booked_at=row.booked_at or row.created_at,
        changed_at=row.changed_at or row.booked_at or row.created_at,
        cancelled_at=row.cancelled_at,
        arrived_at=row.arrived_at,
        started_at=row.started_at,
        ended_at=row.ended_at,
        erased_at=row.erased_at,
        person=_person(row) if with_person and row.erased_at is None else None,
    )


def _person(row: Any) -> ProgramPerson:
    confirmed = Confirmed.TAXISNET if row.citizen_id else Confirmed.LINK if row.consent_at else Confirmed.TOLD
    return ProgramPerson(row.person_name, row.phone, row.email, row.address, row.subject, row.help_needed, confirmed)


def _conditions(wish: BookingWish, zone: str) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if wish.first is not None:
        conditions.append(col(BookingRow.starts_at) >= day_period(wish.first, zone).starts_at)
    if wish.last is not None:
        conditions.append(col(BookingRow.starts_at) < day_period(wish.last, zone).ends_at)
    if wish.statuses:
        conditions.append(col(BookingRow.status).in_([status.value for status in wish.statuses]))
    if wish.service:
        conditions.append(col(ServiceRow.slug) == wish.service)
    if wish.mode is not None:
        conditions.append(col(BookingRow.mode) == wish.mode.value)
    if wish.desk_id is not None:
        conditions.append(_DESK.id == wish.desk_id)  # type: ignore[arg-type]  # an alias's column
    return conditions
