"""Meetings and the waiting room, by query."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import and_, delete, func, or_, select, update
from sqlmodel import Session, col

from dimoslive.db.queries.bookings import release_claims
from dimoslive.db.tables.booking import IN_MEETING, BookingRow
from dimoslive.db.tables.catalogue import Department, Municipality, Service
from dimoslive.db.tables.meeting import ClosingRoom, MeetingGuest, MeetingRow
from dimoslive.db.tables.person import Citizen
from dimoslive.domain.booking.booking import BookingStatus
from dimoslive.domain.meeting.meeting import ADMITS_WITHIN
from dimoslive.domain.scheduling.slots import TICK, Mode

_TICKS_OF_A_DAY = timedelta(days=1) // TICK


def meeting_of(tx: Session, booking: BookingRow) -> MeetingRow:
    """The booking's meeting; a new one, not yet stored, if nobody came so far."""
    row = tx.get(MeetingRow, booking.id)
    return row or MeetingRow(booking_id=booking.id or 0, municipality_id=booking.municipality_id)


def is_admitted(meeting: MeetingRow, now: datetime) -> bool:
    """Whether the citizen was let in, or is being let in: the room may still be made."""
    if meeting.admitted_at is None or meeting.ended_at is not None:
        return False
    return bool(meeting.room) or now - meeting.admitted_at < ADMITS_WITHIN


def claim_admission(tx: Session, booking_id: int, official_id: int, now: datetime) -> bool:
    """Be the one official who lets this citizen in; false if another was faster."""
    was_broken_off = and_(
        col(MeetingRow.admitted_at) <= now - ADMITS_WITHIN,
        col(MeetingRow.room) == "",
        col(MeetingRow.ended_at).is_(None),
    )
    statement = (
        update(MeetingRow)
        .where(col(MeetingRow.booking_id) == booking_id, or_(col(MeetingRow.admitted_at).is_(None), was_broken_off))
        .values(admitted_at=now, admitted_by=official_id)
    )
    return bool(tx.execute(statement).rowcount)  # type: ignore[attr-defined]  # a CursorResult has it


def left_open(tx: Session, ended_before: datetime, most: int) -> list[int]:
    """Bookings whose citizen waits or was admitted, though their time ended so long ago; the oldest first."""
    query = (
        select(col(BookingRow.id))
        .where(IN_MEETING, col(BookingRow.mode) == Mode.VIDEO.value, col(BookingRow.ends_at) <= ended_before)
        .order_by(col(BookingRow.ends_at))
        .limit(most)
    )
    return [id_ for id_ in tx.scalars(query) if id_]


def note_end(
    tx: Session, booking: BookingRow, meeting: MeetingRow, status: BookingStatus, outcome: str, at: datetime
) -> None:
    """The meeting is over: nobody comes into its room any more, its time is given back, its guests are forgotten."""
    leave_to_close(tx, meeting.booking_id, meeting.provider, meeting.room, at)
    meeting.ended_at, meeting.outcome, meeting.room, meeting.seen_at = at, outcome, "", None
    booking.status = status.value
    tx.add(meeting)
    tx.add(booking)
    tx.flush()
    release_claims(tx, [booking.id or 0])
    forget_guests(tx, meeting.booking_id)


def leave_to_close(tx: Session, booking_id: int, provider: str, room: str, now: datetime) -> None:
    """Remember a room until its provider has closed it; of our own there is nothing to close."""
    if room and provider != "builtin":
        tx.add(ClosingRoom(booking_id=booking_id, provider=provider, room=room, since=now, due_at=now))


def rooms_to_close(tx: Session, now: datetime, again_at: datetime, most: int) -> list[ClosingRoom]:
    """Take rooms that are due; no other process has them until they are due again."""
    query = (
        select(ClosingRoom)
        .where(col(ClosingRoom.due_at) <= now)
        .order_by(col(ClosingRoom.due_at), col(ClosingRoom.id))
        .limit(most)
        .with_for_update(skip_locked=True)
    )
    rooms = list(tx.scalars(query))
    for room in rooms:
        room.due_at = again_at
        tx.add(room)
    tx.flush()
    return rooms


def forget_room(tx: Session, room_id: int | None) -> None:
    """The provider has closed it."""
    tx.execute(delete(ClosingRoom).where(col(ClosingRoom.id) == room_id))


def count_ahead(tx: Session, booking: BookingRow, seen_after: datetime) -> int:
    """How many wait at the same desk with an earlier time."""
    # Nobody waits for a time of the day before. Asked by the first tick, as the index of desks is: the others of this
    # desk may be years of bookings.
    day_before = booking.first_tick - _TICKS_OF_A_DAY
    query = (
        select(func.count())
        .select_from(MeetingRow)
        .join(BookingRow, col(BookingRow.id) == col(MeetingRow.booking_id))
        .where(
            col(BookingRow.desk_id) == booking.desk_id,
            col(BookingRow.first_tick).between(day_before, booking.end_tick),
            col(BookingRow.status) == BookingStatus.WAITING.value,
            col(BookingRow.starts_at) < booking.starts_at,
            col(MeetingRow.seen_at) > seen_after,
        )
    )
    return tx.scalar(query) or 0


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


def video_bookings(tx: Session, municipality_ids: Iterable[int], first: datetime, until: datetime) -> list[Any]:
    """The teleconferences of a period.

    (BookingRow, Service, Department, Municipality, Citizen or None, MeetingRow or None) of each.
    """
    hidden = [BookingStatus.HELD.value, BookingStatus.EXPIRED.value]
    query = (
        select(BookingRow, Service, Department, Municipality, Citizen, MeetingRow)
        .join(Service, col(Service.id) == col(BookingRow.service_id))
        .join(Department, col(Department.id) == col(Service.department_id))
        .join(Municipality, col(Municipality.id) == col(Department.municipality_id))
        .outerjoin(Citizen, col(Citizen.id) == col(BookingRow.citizen_id))
        .outerjoin(MeetingRow, col(MeetingRow.booking_id) == col(BookingRow.id))
        .where(
            col(BookingRow.municipality_id).in_(list(municipality_ids)),
            col(BookingRow.mode) == Mode.VIDEO.value,
            col(BookingRow.status).not_in(hidden),
            col(BookingRow.starts_at) >= first,
            col(BookingRow.starts_at) < until,
        )
        .order_by(col(BookingRow.starts_at), col(BookingRow.id))
    )
    return list(tx.execute(query))
