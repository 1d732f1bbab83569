"""The outbox, by query."""

from datetime import datetime

from sqlalchemy import func, or_, select, update
from sqlmodel import Session, col

from dimoslive.db.tables.outbox import OutboxRow


def lease_due(tx: Session, now: datetime, until: datetime, limit: int) -> list[OutboxRow]:
    """Take rows that are due and not leased by another process; their attempts are counted."""
    query = (
        select(OutboxRow)
        .where(
            col(OutboxRow.done_at).is_(None),
            col(OutboxRow.due_at) <= now,
            or_(col(OutboxRow.leased_until).is_(None), col(OutboxRow.leased_until) <= now),
        )
        .order_by(col(OutboxRow.due_at), col(OutboxRow.id))
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    rows = list(tx.scalars(query))
    for row in rows:
        row.leased_until, row.attempts = until, row.attempts + 1
        tx.add(row)
    tx.flush()
    return rows


def mails_of(tx: Session, booking_id: int) -> list[OutboxRow]:
    """All mails of a booking, sent or not, oldest first."""
    query = select(OutboxRow).where(col(OutboxRow.booking_id) == booking_id).order_by(col(OutboxRow.id))
    return list(tx.scalars(query))


def forget_old_mails(tx: Session, before: datetime) -> int:
    """Empty the content of mails sent before an instant; returns how many."""
    statement = (
        update(OutboxRow)
        .where(col(OutboxRow.done_at) < before, col(OutboxRow.content) != "")
        .values(content="", error="")
    )
    return tx.execute(statement).rowcount  # type: ignore[attr-defined,no-any-return]  # a CursorResult has it


def undelivered(tx: Session) -> int:
    """How many mails wait."""
    return tx.scalar(select(func.count()).select_from(OutboxRow).where(col(OutboxRow.done_at).is_(None))) or 0
