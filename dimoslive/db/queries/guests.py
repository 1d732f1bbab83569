"""Invited guests, by query."""

from datetime import datetime

from sqlalchemy import delete, select
from sqlmodel import Session, col

from dimoslive.db.tables.booking import BookingRow
from dimoslive.db.tables.meeting import MeetingGuest


def guest_by_link(tx: Session, token_hash: str) -> MeetingGuest | None:
    """The guest whom an official's link names by the hash of its token."""
    return tx.scalars(select(MeetingGuest).where(col(MeetingGuest.token_hash) == token_hash)).one_or_none()


def guests_of(tx: Session, booking_id: int) -> list[MeetingGuest]:
    """Who is invited to a booking's meeting, in the order of the invitations."""
    query = select(MeetingGuest).where(col(MeetingGuest.booking_id) == booking_id).order_by(col(MeetingGuest.id))
    return list(tx.scalars(query))


def forget_guests(tx: Session, booking_id: int) -> None:
    """A meeting ended: its guests' names go, and their links open nothing any more."""
    tx.execute(delete(MeetingGuest).where(col(MeetingGuest.booking_id) == booking_id))


def with_past_guests(tx: Session, ended_before: datetime) -> list[int]:
    """Bookings whose guests are still known, though their time ended so long ago."""
    # From the guests, who are few, to their bookings: of those, most have long ended.
    query = select(col(MeetingGuest.booking_id), col(BookingRow.ends_at)).join(
        BookingRow, col(BookingRow.id) == col(MeetingGuest.booking_id)
    )
    return sorted({booking_id for booking_id, ends_at in tx.execute(query) if ends_at <= ended_before})
