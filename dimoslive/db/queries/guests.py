"""Invited guests, by query."""

from datetime import datetime

from sqlalchemy import delete, select
from sqlmodel import Session, col

from dimoslive.db.queries.bookings import late_desk
from dimoslive.db.rows.delays import delay_of
from dimoslive.db.tables.booking import BookingRow
from dimoslive.db.tables.catalogue import DeskRow
from dimoslive.db.tables.desk import DeskDelayRow
from dimoslive.db.tables.meeting import MeetingGuestRow


def guest_by_link(tx: Session, token_hash: str) -> MeetingGuestRow | None:
    """The guest whom an official's link names by the hash of its token."""
    return tx.scalars(select(MeetingGuestRow).where(col(MeetingGuestRow.token_hash) == token_hash)).one_or_none()


def guests_of(tx: Session, booking_id: int) -> list[MeetingGuestRow]:
    """Who is invited to a booking's meeting, in the order of the invitations."""
    query = (
        select(MeetingGuestRow).where(col(MeetingGuestRow.booking_id) == booking_id).order_by(col(MeetingGuestRow.id))
    )
    return list(tx.scalars(query))


def forget_guests(tx: Session, booking_id: int) -> None:
    """A meeting ended: its guests' names go, and their links open nothing any more."""
    tx.execute(delete(MeetingGuestRow).where(col(MeetingGuestRow.booking_id) == booking_id))


def with_past_guests(tx: Session, ended_before: datetime) -> list[int]:
    """Bookings whose guests are still known, though their time ended so long ago."""
    # From the guests, who are few, to their bookings: of those, most have long ended.
    query = (
        select(col(MeetingGuestRow.booking_id), col(BookingRow.starts_at), col(BookingRow.ends_at), DeskDelayRow)
        .join(BookingRow, col(BookingRow.id) == col(MeetingGuestRow.booking_id))
        .join(DeskRow, col(DeskRow.id) == col(BookingRow.desk_id))
        .outerjoin(DeskDelayRow, col(DeskDelayRow.desk_id) == late_desk(DeskRow))
    )
    return sorted(
        {
            booking_id
            for booking_id, starts_at, ends_at, delay in tx.execute(query)
            if ends_at + delay_of(delay, starts_at) <= ended_before
        }
    )
