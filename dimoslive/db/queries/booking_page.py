"""What an official's page of one booking shows, by query."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, ScalarSelect, delete, func, or_, select
from sqlmodel import Session, col

from dimoslive.db.queries.bookings import with_service
from dimoslive.db.rows.booking import BookingWithService
from dimoslive.db.tables.booking import BookingLinkRow, BookingRow
from dimoslive.db.tables.catalogue import DeskRow, ServiceRow
from dimoslive.db.tables.desk import BookingNoteRow, CallTaskRow
from dimoslive.db.tables.meeting import MeetingRow
from dimoslive.db.tables.official import OfficialRow
from dimoslive.db.tables.outbox import DeliveryRow, OutboxRow
from dimoslive.domain.booking.statuses import NEVER_BOOKED
from dimoslive.domain.events import Subject

_NEVER_BOOKED = [status.value for status in NEVER_BOOKED]


class FoundBooking(NamedTuple):
    """A booking with its service, and its meeting if anybody has come to one."""

    booking: BookingWithService
    meeting: MeetingRow | None


class Written(NamedTuple):
    """A note, and who wrote it."""

    note: BookingNoteRow
    official: OfficialRow


class Told(NamedTuple):
    """An event of the booking, and what became of telling it."""

    event: str
    delivery: DeliveryRow


class OtherFound(NamedTuple):
    """Another booking of the same person."""

    row: BookingRow
    service: ServiceRow


def find_on_desk(tx: Session, scope: ColumnElement[bool], reference: str) -> FoundBooking | None:
    """The booking with this reference, if it is in a scope and was ever booked."""
    query = (
        with_service()
        .add_columns(MeetingRow)
        .outerjoin(MeetingRow, col(MeetingRow.booking_id) == col(BookingRow.id))
        .where(col(BookingRow.reference) == reference, scope, col(BookingRow.status).not_in(_NEVER_BOOKED))
    )
    found = tx.execute(query).one_or_none()
    if found is None:
        return None
    *booking, meeting = found
    return FoundBooking(BookingWithService(*booking), meeting)


def notes_of(tx: Session, booking_id: int) -> list[Written]:
    """All notes, oldest first."""
    query = (
        select(BookingNoteRow, OfficialRow)
        .join(OfficialRow, col(OfficialRow.id) == col(BookingNoteRow.official_id))
        .where(col(BookingNoteRow.booking_id) == booking_id)
        .order_by(col(BookingNoteRow.id))
    )
    return [Written(*found) for found in tx.execute(query)]


def last_note(tx: Session, booking_id: int, official_id: int) -> BookingNoteRow | None:
    """The official's newest note on it."""
    query = (
        select(BookingNoteRow)
        .where(col(BookingNoteRow.booking_id) == booking_id, col(BookingNoteRow.official_id) == official_id)
        .order_by(col(BookingNoteRow.id).desc())
        .limit(1)
    )
    return tx.scalars(query).one_or_none()


def told_of(tx: Session, subject: Subject, deliverer: str, limit: int = 50) -> list[Told]:
    """What was told of it in one way, newest first."""
    query = (
        select(col(OutboxRow.event), DeliveryRow)
        .join(OutboxRow, col(OutboxRow.id) == col(DeliveryRow.event_id))
        .where(
            col(OutboxRow.subject_kind) == subject.kind,
            col(OutboxRow.subject_id) == subject.id,
            col(DeliveryRow.deliverer) == deliverer,
        )
        .order_by(col(DeliveryRow.id).desc())
        .limit(limit)
    )
    return [Told(*found) for found in tx.execute(query)]


def others_of(tx: Session, scope: ColumnElement[bool], row: BookingRow, limit: int = 20) -> list[OtherFound]:
    """Bookings of the same citizen or telephone in the same municipality, within a scope, newest start first."""
    same_person = [
        same
        for same, is_known in (
            (col(BookingRow.citizen_id) == row.citizen_id, row.citizen_id is not None),
            (col(BookingRow.phone) == row.phone, bool(row.phone)),
        )
        if is_known
    ]
    if not same_person:
        return []
    query = (
        select(BookingRow, ServiceRow)
        .join(ServiceRow, col(ServiceRow.id) == col(BookingRow.service_id))
        .where(
            or_(*same_person),
            scope,
            col(BookingRow.municipality_id) == row.municipality_id,
            col(BookingRow.id) != row.id,
            col(BookingRow.status).not_in(_NEVER_BOOKED),
            col(BookingRow.erased_at).is_(None),
        )
        .order_by(col(BookingRow.starts_at).desc(), col(BookingRow.id).desc())
        .limit(limit)
    )
    return [OtherFound(*found) for found in tx.execute(query)]


def desks_of(tx: Session, municipality_id: int) -> dict[int, DeskRow]:
    """The desks of a municipality, lanes among them."""
    query = select(DeskRow).where(col(DeskRow.municipality_id) == municipality_id)
    return {desk.id or 0: desk for desk in tx.scalars(query)}


def officials_named(tx: Session, ids: set[int]) -> dict[int, OfficialRow]:
    """Officials by number."""
    query = select(OfficialRow).where(col(OfficialRow.id).in_(ids))
    return {official.id or 0: official for official in tx.scalars(query)}


def forget_links(tx: Session, booking_id: int) -> None:
    """The links of mails sent so far open the booking no longer."""
    tx.execute(delete(BookingLinkRow).where(col(BookingLinkRow.booking_id) == booking_id))


def last_deliveries(tx: Session, subject: Subject, event: str) -> list[DeliveryRow]:
    """To whom the newest event of that name is told, locked: a job that would tell it waits, or was faster."""
    query = (
        select(DeliveryRow)
        .where(col(DeliveryRow.event_id) == _newest(subject, event))
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    return list(tx.scalars(query))


def drop_event(tx: Session, subject: Subject, event: str) -> None:
    """Take the newest event of that name back; nobody was told of it."""
    event_id = tx.scalar(select(_newest(subject, event)))
    if event_id is not None:
        tx.execute(delete(DeliveryRow).where(col(DeliveryRow.event_id) == event_id))
        tx.execute(delete(OutboxRow).where(col(OutboxRow.id) == event_id))


def call_tasks_since(tx: Session, booking_id: int, since: datetime | None) -> list[CallTaskRow]:
    """Calls that were to be made about a booking from an instant on, locked."""
    query = (
        select(CallTaskRow)
        .where(col(CallTaskRow.booking_id) == booking_id, col(CallTaskRow.created_at) >= since)
        .with_for_update()
    )
    return list(tx.scalars(query))


def _newest(subject: Subject, event: str) -> ScalarSelect[int | None]:
    return (
        select(func.max(col(OutboxRow.id)))
        .where(
            col(OutboxRow.subject_kind) == subject.kind,
            col(OutboxRow.subject_id) == subject.id,
            col(OutboxRow.event) == event,
        )
        .scalar_subquery()
    )
