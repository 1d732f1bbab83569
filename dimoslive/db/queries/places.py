"""Desks as officials fill them: what occupies one, its overflow lanes, and who has a booking already."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, bindparam, func, or_, select
from sqlmodel import Session, col

from dimoslive.db.queries.catalogue import is_id
from dimoslive.db.queries.waiting_list import is_offered
from dimoslive.db.tables.booking import BookingRow
from dimoslive.db.tables.catalogue import AbsenceDeskRow, AbsenceRow, DepartmentRow, DeskRow, ServiceDeskRow, ServiceRow
from dimoslive.db.tables.official import StaffSessionRow
from dimoslive.db.tables.plan import KEEPS_A_PLACE, PlanItemRow
from dimoslive.domain.booking.booking import Booking
from dimoslive.domain.booking.statuses import OCCUPYING, OPEN, BookingStatus
from dimoslive.domain.desk.placing import LANES, DeskTicks
from dimoslive.domain.scheduling.mode import Mode
from dimoslive.domain.scheduling.periods import Period
from dimoslive.domain.scheduling.slots import MAX_TICKS, ticks


class SamePerson(NamedTuple):
    """An open booking that seems to be of the same person, and its desk."""

    row: BookingRow
    service: ServiceRow
    desk: DeskRow


# Built once: that takes longer than to run it.
_SERVING = (
    select(col(ServiceDeskRow.service_id), DeskRow)
    .join(DeskRow, col(DeskRow.id) == col(ServiceDeskRow.desk_id))
    .where(col(ServiceDeskRow.service_id).in_(bindparam("service_ids", expanding=True)), col(DeskRow.is_active))
    .order_by(col(DeskRow.position), col(DeskRow.id))
)


def desks_serving(tx: Session, service_ids: Iterable[int]) -> dict[int, list[DeskRow]]:
    """The desks of each service, in the municipality's own order; lanes are no service's."""
    desks: dict[int, list[DeskRow]] = {}
    for service_id, desk in tx.execute(_SERVING, {"service_ids": list(service_ids)}):
        desks.setdefault(service_id, []).append(desk)
    return desks


def desk_serving(tx: Session, service_id: int, desk_id: int) -> DeskRow | None:
    """The desk, if it serves the service."""
    if not is_id(desk_id):
        return None
    return next((desk for desk in desks_serving(tx, [service_id]).get(service_id, []) if desk.id == desk_id), None)


def regular_desk(tx: Session, desk_id: int) -> int:
    """The desk itself, or the one whose overflow lane it is."""
    desk = tx.get_one(DeskRow, desk_id)
    return desk.overflow_of or desk_id


def lanes_of(tx: Session, desk: DeskRow) -> list[int]:
    """The overflow lanes of a desk, made when they are first needed; they serve no service, so nobody is offered one.

    The desk's row is locked: two officials who need the first lane at the same moment make it once.
    """
    locked = select(col(DeskRow.id)).where(col(DeskRow.id) == desk.id).with_for_update(key_share=True)
    tx.execute(locked).one()
    query = select(DeskRow).where(col(DeskRow.overflow_of) == desk.id).order_by(col(DeskRow.lane))
    lanes = list(tx.scalars(query))
    for lane in range(len(lanes) + 1, LANES + 1):
        copied = desk.model_dump(include={"municipality_id", "department_id", "position"} | _WORDS)
        lanes.append(DeskRow(overflow_of=desk.id, lane=lane, **copied))
        tx.add(lanes[-1])
    tx.flush()
    return [lane.id or 0 for lane in lanes]


_WORDS = {"name_el", "name_en", "place_el", "place_en"}


def occupied_of_desk(tx: Session, desk_id: int, near: Period, now: datetime, *, ignoring: int = 0) -> DeskTicks:
    """What occupies a desk near a time; ``ignoring`` is a booking that is being moved."""
    within = ticks(near.starts_at, near.ends_at)
    booked = select(
        col(BookingRow.first_tick),
        col(BookingRow.end_tick),
        col(BookingRow.status),
        col(BookingRow.hold_expires_at),
        (col(BookingRow.citizen_id).is_(None) & ~is_offered()).label("is_freed"),
    ).where(
        col(BookingRow.desk_id) == desk_id,
        col(BookingRow.first_tick) > within.start - MAX_TICKS,
        col(BookingRow.first_tick) < within.stop,
        col(BookingRow.end_tick) > within.start,
        col(BookingRow.status).in_([status.value for status in OCCUPYING]),
        col(BookingRow.id) != ignoring,
        # What a citizen holds to move this booking to gives way to the official's move.
        func.coalesce(col(BookingRow.moving_id), 0) != (ignoring or -1),
    )
    taken, held, freed = set[int](), set[int](), set[int]()
    for first, end, status, expires_at, is_freed in tx.execute(booked):
        if status != BookingStatus.HELD.value:
            taken.update(range(first, end))
        elif expires_at is not None and expires_at > now:
            (freed if is_freed else held).update(range(first, end))
    away = (
        select(col(AbsenceRow.starts_at), col(AbsenceRow.ends_at))
        .join(AbsenceDeskRow, col(AbsenceDeskRow.absence_id) == col(AbsenceRow.id))
        .where(
            col(AbsenceDeskRow.desk_id) == desk_id,
            col(AbsenceRow.is_active),
            col(AbsenceRow.starts_at) < near.ends_at,
            col(AbsenceRow.ends_at) > near.starts_at,
        )
    )
    absent = set[int]()
    for begins, ends in tx.execute(away):
        absent.update(ticks(max(begins, near.starts_at), min(ends, near.ends_at)))
    kept = select(col(PlanItemRow.kept_from), col(PlanItemRow.kept_to)).where(
        KEEPS_A_PLACE, col(PlanItemRow.was_desk_id) == desk_id, col(PlanItemRow.booking_id) != ignoring
    )
    for begins, ends in tx.execute(kept):
        taken.update(ticks(begins, ends))
    return DeskTicks(absent, taken, held, freed)


def with_door(tx: Session, booking: Booking, desk_id: int) -> Booking:
    """The booking with what stands on its desk's door, for those who come in person."""
    if booking.mode is not Mode.IN_PERSON:
        return booking
    desk = tx.get_one(DeskRow, desk_id)
    return replace(booking, place={"el": desk.place_el, "en": desk.place_en or desk.place_el})


def desk_of_session(tx: Session, session_id: int, today: date) -> int:
    """The desk that an official chose for today, or 0."""
    session = tx.get(StaffSessionRow, session_id)
    return session.desk_id or 0 if session is not None and session.desk_on == today else 0


def open_bookings_of_person(
    tx: Session,
    scope: ColumnElement[bool],
    municipality_id: int,
    now: datetime,
    *,
    phone: str,
    email: str,
    name_keys: Iterable[str],
    limit: int = 5,
) -> list[SamePerson]:
    """Open bookings still to come, in a scope, with one of these; soonest first. Whatever is empty finds nobody."""
    ways: list[ColumnElement[bool]] = []
    if phone:
        ways.append(col(BookingRow.phone) == phone)
    if email:
        ways.append(func.lower(col(BookingRow.email)) == email.lower())
    if names := [key for key in name_keys if key]:
        ways.append(col(BookingRow.name_key).in_(names))
    if not ways:
        return []
    query = (
        select(BookingRow, ServiceRow, DeskRow)
        .join(ServiceRow, col(ServiceRow.id) == col(BookingRow.service_id))
        .join(DeskRow, col(DeskRow.id) == col(BookingRow.desk_id))
        .where(
            scope,
            col(BookingRow.municipality_id) == municipality_id,
            col(BookingRow.status).in_([status.value for status in OPEN]),
            col(BookingRow.ends_at) > now,
            or_(*ways),
        )
        .order_by(col(BookingRow.starts_at), col(BookingRow.id))
        .limit(limit)
    )
    return [SamePerson(*found) for found in tx.execute(query)]


def department_of_service(tx: Session, service_id: int) -> tuple[int, int] | None:
    """The municipality and the department of an active service."""
    if not is_id(service_id):
        return None
    query = (
        select(col(DepartmentRow.municipality_id), col(DepartmentRow.id))
        .join(ServiceRow, col(ServiceRow.department_id) == col(DepartmentRow.id))
        .where(col(ServiceRow.id) == service_id, col(ServiceRow.is_active), col(DepartmentRow.is_active))
    )
    found = tx.execute(query).one_or_none()
    return (found[0], found[1]) if found else None
