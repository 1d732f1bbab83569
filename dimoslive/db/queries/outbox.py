"""The outbox, by query."""

from datetime import datetime

from sqlalchemy import func, or_, select, update
from sqlmodel import Session, col

from dimoslive.db.statements import Insert
from dimoslive.db.tables.outbox import DeliveryRow, OutboxRow
from dimoslive.domain.events import Subject

add_to_outbox, add_delivery = Insert(OutboxRow), Insert(DeliveryRow)


def lease_due(
    tx: Session, deliverer: str, now: datetime, until: datetime, limit: int, *, destination: str = ""
) -> list[tuple[DeliveryRow, OutboxRow]]:
    """Take a deliverer's rows that are due and not leased by another process; their attempts are counted.

    With a ``destination`` those to it alone.
    """
    query = (
        select(DeliveryRow, OutboxRow)
        .join(OutboxRow, col(OutboxRow.id) == col(DeliveryRow.event_id))
        .where(
            col(DeliveryRow.deliverer) == deliverer,
            col(DeliveryRow.done_at).is_(None),
            col(DeliveryRow.due_at) <= now,
            or_(col(DeliveryRow.leased_until).is_(None), col(DeliveryRow.leased_until) <= now),
        )
        .order_by(col(DeliveryRow.due_at), col(DeliveryRow.id))
        .limit(limit)
        .with_for_update(skip_locked=True, of=DeliveryRow)
    )
    if destination:
        query = query.where(col(DeliveryRow.destination) == destination)
    rows = [(row[0], row[1]) for row in tx.execute(query)]
    for delivery, _ in rows:
        delivery.leased_until, delivery.attempts = until, delivery.attempts + 1
    tx.flush()
    return rows


CITIZENS_MAIL = "mail"
"""The deliverer by which citizens are told; it is stored."""


def deliveries_of(tx: Session, subject: Subject, deliverer: str, destination: str) -> list[DeliveryRow]:
    """All that a destination was told of a subject, or is to be told, oldest first."""
    query = (
        select(DeliveryRow)
        .join(OutboxRow, col(OutboxRow.id) == col(DeliveryRow.event_id))
        .where(
            col(OutboxRow.subject_kind) == subject.kind,
            col(OutboxRow.subject_id) == subject.id,
            col(DeliveryRow.deliverer) == deliverer,
            col(DeliveryRow.destination) == destination,
        )
        .order_by(col(DeliveryRow.id))
    )
    return list(tx.scalars(query))


def postpone(delivery: DeliveryRow, until: datetime) -> None:
    """Let a leased delivery wait without using up an attempt."""
    delivery.due_at, delivery.leased_until, delivery.attempts = until, None, delivery.attempts - 1


def forget_old_events(tx: Session, before: datetime) -> int:
    """Empty the payload of events that all were told of before an instant; returns how many."""
    to_tell = select(col(DeliveryRow.id)).where(
        col(DeliveryRow.event_id) == col(OutboxRow.id),
        or_(col(DeliveryRow.done_at).is_(None), col(DeliveryRow.done_at) >= before),
    )
    old = (col(OutboxRow.created_at) < before, col(OutboxRow.payload) != "", ~to_tell.exists())
    # What a server answered may repeat an address.
    told = (col(DeliveryRow.done_at) < before, col(DeliveryRow.error) != "")
    tx.execute(update(DeliveryRow).where(*told).values(error=""))
    return tx.execute(update(OutboxRow).where(*old).values(payload="")).rowcount  # type: ignore[attr-defined,no-any-return]  # a CursorResult has it


def undelivered(tx: Session) -> int:
    """How many deliveries wait."""
    return tx.scalar(select(func.count()).select_from(DeliveryRow).where(col(DeliveryRow.done_at).is_(None))) or 0
