"""Bookings, holds, claims and links, by query."""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, bindparam, delete, func, select, update
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from dimoslive.db.engine import moment
from dimoslive.db.rows.booking import BookingWithService, OpenBooking
from dimoslive.db.statements import constants
from dimoslive.db.tables.booking import BookingLinkRow, BookingRow
from dimoslive.db.tables.catalogue import DepartmentRow, DeskRow, MunicipalityRow, ServiceRow
from dimoslive.db.tables.citizen import CitizenRow
from dimoslive.db.tables.desk import BookingEventRow, BookingNoteRow, CallTaskRow, DeskDelayRow
from dimoslive.db.tables.details import DetailsColumns
from dimoslive.db.tables.waiting_list import WaitingEntryRow
from dimoslive.domain.booking.statuses import NEVER_BOOKED, OPEN, BookingStatus

_PERSONAL = (
    *(name for name in DetailsColumns.model_fields if name != "served_person"),
    *("first_name", "last_name", "name_key"),
    # What officials wrote may name the person too.
    *("cancel_reason", "outcome_note", "staff_reason"),
    # So may what a program calls the booking.
    "external_id",
)
_DESK = aliased(DeskRow)
_OPEN = [status.value for status in OPEN]
_NEVER_BOOKED = [status.value for status in NEVER_BOOKED]
# What each booking asks is built once: that takes longer than to run it.
_CITIZEN = select(col(BookingRow.citizen_id)).where(col(BookingRow.id) == bindparam("booking_id"))


def with_service() -> Select[BookingRow, ServiceRow, DepartmentRow, MunicipalityRow, CitizenRow, DeskDelayRow]:
    """The query of bookings with what `BookingWithService` names."""
    return (
        select(BookingRow, ServiceRow, DepartmentRow, MunicipalityRow, CitizenRow, DeskDelayRow)
        .join(ServiceRow, col(ServiceRow.id) == col(BookingRow.service_id))
        .join(DepartmentRow, col(DepartmentRow.id) == col(ServiceRow.department_id))
        .join(MunicipalityRow, col(MunicipalityRow.id) == col(DepartmentRow.municipality_id))
        .outerjoin(CitizenRow, col(CitizenRow.id) == col(BookingRow.citizen_id))
        .join(_DESK, _DESK.id == col(BookingRow.desk_id))  # type: ignore[arg-type]  # an alias's column
        .outerjoin(DeskDelayRow, col(DeskDelayRow.desk_id) == late_desk(_DESK))
    )


def late_desk(desk: type[DeskRow]) -> ColumnElement[int]:
    """The desk whose delay counts: that of a lane is its desk's."""
    return func.coalesce(desk.overflow_of, desk.id)


_WITH_SERVICE = with_service().where(col(BookingRow.id) == bindparam("booking_id"))


def _still_to_come(row: type[BookingRow]) -> ColumnElement[bool]:
    return and_(col(row.status).in_(constants(OPEN)), col(row.ends_at) > bindparam("now"))


IS_STILL_TO_COME = _still_to_come(BookingRow)
_STILL_TO_COME = (
    select(*(col(getattr(BookingRow, name)) for name in OpenBooking._fields))
    .where(col(BookingRow.citizen_id) == bindparam("citizen_id"), IS_STILL_TO_COME)
    .order_by(col(BookingRow.starts_at))
)
_AHEAD = aliased(BookingRow)
_HOLD_WITH_AHEAD = (
    select(BookingRow, *(col(getattr(_AHEAD, name)) for name in OpenBooking._fields))
    .outerjoin(_AHEAD, and_(col(_AHEAD.citizen_id) == col(BookingRow.citizen_id), _still_to_come(_AHEAD)))
    .where(col(BookingRow.reference) == bindparam("reference"))
    .order_by(col(_AHEAD.starts_at))
    .with_for_update(of=BookingRow)
    .execution_options(populate_existing=True)
)


def booking_by_reference(tx: Session, reference: str) -> BookingRow | None:
    """The row with this reference."""
    return tx.scalars(select(BookingRow).where(col(BookingRow.reference) == reference)).one_or_none()


def booking_within(tx: Session, scope: ColumnElement[bool], reference: str) -> BookingRow | None:
    """The row with this reference, if it is in a scope and was ever booked."""
    query = select(BookingRow).where(
        col(BookingRow.reference) == reference, scope, col(BookingRow.status).not_in(_NEVER_BOOKED)
    )
    return tx.scalars(query).one_or_none()


def hold_with_ahead(tx: Session, reference: str, now: datetime) -> tuple[BookingRow | None, list[OpenBooking]]:
    """The row with this reference, locked, and its citizen's open bookings still to come, soonest first."""
    found = tx.execute(_HOLD_WITH_AHEAD, {"reference": reference, "now": now}).all()
    return found[0][0] if found else None, [OpenBooking(*row[1:]) for row in found if row[1] is not None]


def citizen_of(tx: Session, booking_id: int) -> int | None:
    """Whose booking it is, if it is anybody's still."""
    return tx.connection().scalar(_CITIZEN, {"booking_id": booking_id})


def booking_for_change_by_id(tx: Session, booking_id: int) -> BookingRow | None:
    """The row with this id, locked."""
    return tx.get(BookingRow, booking_id, with_for_update=True, populate_existing=True)


def booking_by_link(tx: Session, token_hash: str) -> BookingRow | None:
    """The row that a mail's link names by the hash of its token."""
    query = (
        select(BookingRow)
        .join(BookingLinkRow, col(BookingLinkRow.booking_id) == col(BookingRow.id))
        .where(col(BookingLinkRow.token_hash) == token_hash)
    )
    return tx.scalars(query).one_or_none()


def keep_link(tx: Session, token_hash: str, booking_id: int, now: datetime) -> None:
    """Let a token open a booking; a mail that is tried again has its link already."""
    if tx.get(BookingLinkRow, token_hash) is None:
        tx.add(BookingLinkRow(token_hash=token_hash, booking_id=booking_id, created_at=now))


def booking_with_service(tx: Session, booking_id: int) -> BookingWithService:
    """One booking with its service."""
    return BookingWithService(*tx.execute(_WITH_SERVICE, {"booking_id": booking_id}).one())


def bookings_of(tx: Session, citizen_id: int, *, newest: int = 100) -> list[BookingWithService]:
    """The citizen's bookings with their services, newest start first; holds and expired holds left out."""
    query = (
        with_service()
        .where(col(BookingRow.citizen_id) == citizen_id, col(BookingRow.status).not_in(_NEVER_BOOKED))
        .order_by(col(BookingRow.starts_at).desc())
        .limit(newest)
    )
    return [BookingWithService(*found) for found in tx.execute(query)]


def open_bookings(tx: Session, citizen_id: int, now: datetime) -> list[OpenBooking]:
    """The citizen's open bookings that end after an instant; soonest first."""
    found = tx.connection().execute(_STILL_TO_COME, {"citizen_id": citizen_id, "now": now})
    return [OpenBooking(*booking) for booking in found]


def bookings_ahead(tx: Session, citizen_id: int, now: datetime) -> bool:
    """Whether the citizen has a booking, anywhere, that is still to come or is being served."""
    query = select(col(BookingRow.id)).where(
        col(BookingRow.citizen_id) == citizen_id,
        col(BookingRow.status).in_(_OPEN),
        (col(BookingRow.ends_at) > now) | (col(BookingRow.status) != BookingStatus.BOOKED.value),
    )
    return tx.scalar(query.limit(1)) is not None


def erase_persons(tx: Session, retention_days: int, ended_before: datetime, now: datetime) -> int:
    """Empty the personal columns of old bookings, in the municipalities with that term; returns of how many."""
    with_term = select(col(MunicipalityRow.id)).where(col(MunicipalityRow.retention_days) == retention_days)
    old = (
        col(BookingRow.ends_at) < ended_before,
        col(BookingRow.erased_at).is_(None),
        col(BookingRow.municipality_id).in_(with_term),
    )
    ids = select(col(BookingRow.id)).where(*old)
    for table in (BookingLinkRow, BookingNoteRow, CallTaskRow):
        tx.execute(delete(table).where(col(table.booking_id).in_(ids)))
    wishes = {"weekdays": "", "from_clock": None, "until_clock": None, "not_before": None}
    tx.execute(update(WaitingEntryRow).where(col(WaitingEntryRow.booking_id).in_(ids)).values(**wishes))
    tx.execute(update(BookingEventRow).where(col(BookingEventRow.booking_id).in_(ids)).values(reason=""))
    emptied: dict[str, Any] = {"citizen_id": None, "visitor_zone": "", "erased_at": now} | dict.fromkeys(_PERSONAL, "")
    emptied |= {"version": col(BookingRow.version) + 1, "changed_at": moment(tx, now)}
    return tx.execute(update(BookingRow).where(*old).values(**emptied)).rowcount  # type: ignore[attr-defined,no-any-return]  # a CursorResult has it
