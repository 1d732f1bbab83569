"""Rooms at a provider that are still to be closed, by query."""

from datetime import datetime

from sqlalchemy import delete, select
from sqlmodel import Session, col

from dimoslive.db.tables.meeting import PendingClosureRow


def enqueue_room_closure(tx: Session, booking_id: int, provider: str, room: str, now: datetime) -> None:
    """Remember a room until its provider has closed it; of our own there is nothing to close."""
    if room and provider != "builtin":
        tx.add(PendingClosureRow(booking_id=booking_id, provider=provider, room=room, since=now, due_at=now))


def rooms_to_close(tx: Session, now: datetime, again_at: datetime, limit: int) -> list[PendingClosureRow]:
    """Take rooms that are due; no other process has them until they are due again."""
    query = (
        select(PendingClosureRow)
        .where(col(PendingClosureRow.due_at) <= now)
        .order_by(col(PendingClosureRow.due_at), col(PendingClosureRow.id))
        .limit(limit)
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
    tx.execute(delete(PendingClosureRow).where(col(PendingClosureRow.id) == room_id))
