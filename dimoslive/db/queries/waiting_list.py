"""The waiting list, by query."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, delete, or_, select, union
from sqlmodel import Session, col

from dimoslive.db.tables.booking import BookingRow
from dimoslive.db.tables.freed_time import IS_LOOKED_AT, FreedTimeRow
from dimoslive.db.tables.outbox import DeliveryRow, OutboxRow
from dimoslive.db.tables.waiting_list import IS_RUNNING, ON_THE_LIST, WaitingEntryRow, WaitingOfferRow
from dimoslive.domain.booking.statuses import BookingStatus
from dimoslive.domain.booking.waiting_list import MAX_NOTICES, Entry, Wishes
from dimoslive.domain.scheduling.mode import Mode

_BOOKED = BookingStatus.BOOKED.value


class FreedHold(NamedTuple):
    """A freed time, its hold, and whose it was."""

    freed: FreedTimeRow
    hold: BookingRow
    former: BookingRow


def holds_to_look_at(tx: Session, now: datetime, limit: int) -> list[int]:
    """Freed times that the list is to look at by now, and those offered to a booking that is not there any more."""
    due = select(col(FreedTimeRow.hold_id)).where(IS_LOOKED_AT, col(FreedTimeRow.next_at) <= now)
    lost = (
        select(col(WaitingOfferRow.hold_id))
        .join(BookingRow, col(BookingRow.id) == col(WaitingOfferRow.booking_id))
        .join(WaitingEntryRow, col(WaitingEntryRow.booking_id) == col(WaitingOfferRow.booking_id))
        .where(IS_RUNNING, or_(col(BookingRow.status) != _BOOKED, col(WaitingEntryRow.left_at).is_not(None)))
    )
    return [id_ for (id_,) in tx.execute(union(due, lost).limit(limit))]


def freed_hold(tx: Session, hold_id: int, *, skips_locked: bool = False) -> FreedHold | None:
    """One of them, its hold locked; None if there is none, or if another process is at it."""
    query = (
        select(BookingRow)
        .where(col(BookingRow.id) == hold_id)
        .with_for_update(skip_locked=skips_locked)
        .execution_options(populate_existing=True)
    )
    hold, freed = tx.scalars(query).one_or_none(), tx.get(FreedTimeRow, hold_id, populate_existing=True)
    if hold is None or freed is None:
        return None
    return FreedHold(freed, hold, tx.get_one(BookingRow, freed.booking_id))


def offers_of(tx: Session, hold_id: int) -> Sequence[WaitingOfferRow]:
    """To whom a freed time was offered, in order."""
    query = select(WaitingOfferRow).where(col(WaitingOfferRow.hold_id) == hold_id).order_by(col(WaitingOfferRow.round))
    return tx.scalars(query.execution_options(populate_existing=True)).all()


def running_offer(tx: Session, booking_id: int) -> WaitingOfferRow | None:
    """What is offered to a booking at this moment."""
    return tx.scalars(select(WaitingOfferRow).where(IS_RUNNING, col(WaitingOfferRow.booking_id) == booking_id)).first()


def last_offer(tx: Session, booking_id: int) -> WaitingOfferRow | None:
    """What was offered to a booking last, whatever became of it."""
    query = select(WaitingOfferRow).where(col(WaitingOfferRow.booking_id) == booking_id)
    return tx.scalars(query.order_by(col(WaitingOfferRow.id).desc()).limit(1)).one_or_none()


def is_offered() -> ColumnElement[bool]:
    """Whether a hold, in a query of bookings, is offered to somebody at this moment."""
    offers = select(col(WaitingOfferRow.id)).where(IS_RUNNING, col(WaitingOfferRow.hold_id) == col(BookingRow.id))
    return offers.correlate(BookingRow).exists()


def entries_waiting(tx: Session, service_id: int, after: datetime) -> list[Entry]:
    """Those of a service whose booking is later and can be mailed, and that have a notice left."""
    asked = set(tx.scalars(select(col(WaitingOfferRow.person)).where(IS_RUNNING)))
    query = (
        select(WaitingEntryRow, BookingRow)
        .join(BookingRow, col(BookingRow.id) == col(WaitingEntryRow.booking_id))
        .where(
            ON_THE_LIST,
            col(WaitingEntryRow.service_id) == service_id,
            col(WaitingEntryRow.notices) < MAX_NOTICES,
            col(BookingRow.service_id) == service_id,
            col(BookingRow.status) == _BOOKED,
            col(BookingRow.starts_at) > after,
            col(BookingRow.email) != "",
        )
    )
    return [to_entry(entry, row, asked) for entry, row in tx.execute(query)]


def to_entry(entry: WaitingEntryRow, row: BookingRow, asked: set[int]) -> Entry:
    """An entry, with what of its booking decides."""
    return Entry(
        booking_id=entry.booking_id,
        person=person_of(row),
        starts_at=row.starts_at,
        mode=Mode(row.mode),
        entered_at=entry.entered_at,
        notices=entry.notices,
        last_notice_on=entry.last_notice_on,
        wishes=wishes_of(entry),
        is_asked=person_of(row) in asked,
    )


def wishes_of(entry: WaitingEntryRow) -> Wishes:
    """When its citizen could come."""
    return Wishes(frozenset(map(int, entry.weekdays)), entry.from_clock, entry.until_clock, entry.not_before)


def person_of(row: BookingRow) -> int:
    """Whose a booking is; of whoever has no account it is its own."""
    return row.citizen_id or -(row.id or 0)


def entry_of(tx: Session, booking_id: int, *, for_change: bool = False) -> WaitingEntryRow | None:
    """What a booking has on the list, or had before it was left."""
    query = select(WaitingEntryRow).where(col(WaitingEntryRow.booking_id) == booking_id)
    if for_change:
        query = query.with_for_update()
    return tx.scalars(query.execution_options(populate_existing=True)).one_or_none()


def is_mailed(tx: Session, event_id: int | None) -> bool:
    """Whether a mail has left; one that was given up has not."""
    query = select(col(DeliveryRow.id)).where(
        col(DeliveryRow.event_id) == event_id,
        col(DeliveryRow.done_at).is_not(None),
        col(DeliveryRow.failed_at).is_(None),
    )
    return tx.scalar(query.limit(1)) is not None


def take_back_mail(tx: Session, event_id: int | None) -> bool:
    """Take a mail back that has not left and is not on its way now; whether it could be."""
    query = select(DeliveryRow).where(col(DeliveryRow.event_id) == event_id).with_for_update()
    deliveries = list(tx.scalars(query.execution_options(populate_existing=True)))
    if any(delivery.leased_until or (delivery.done_at and not delivery.failed_at) for delivery in deliveries):
        return False
    tx.execute(delete(DeliveryRow).where(col(DeliveryRow.event_id) == event_id))
    tx.execute(delete(OutboxRow).where(col(OutboxRow.id) == event_id))
    return True
