"""A citizen waits for an earlier time, or no longer."""

from datetime import datetime

from sqlmodel import Session

from dimoslive.context import AppContext
from dimoslive.db.engine import transaction
from dimoslive.db.queries.bookings import booking_with_service
from dimoslive.db.queries.waiting_list import entry_of, running_offer
from dimoslive.db.rows.booking import BookingWithService
from dimoslive.db.rows.catalogue import rules_of
from dimoslive.db.tables.booking import BookingRow
from dimoslive.db.tables.freed_time import FreedTimeRow
from dimoslive.db.tables.waiting_list import WaitingEntryRow, WaitingOfferRow
from dimoslive.domain.booking.statuses import BookingStatus
from dimoslive.domain.booking.waiting_list import MAX_NOTICES, OfferState, Wishes, can_enter
from dimoslive.domain.people.permissions import Permission
from dimoslive.domain.people.principals import Citizen, LinkHolder
from dimoslive.domain.scheduling.local_time import ATHENS, local_day
from dimoslive.domain.scheduling.mode import Mode
from dimoslive.domain.waiting_errors import NoWaitingList
from dimoslive.services.access.access_booking import access_booking
from dimoslive.services.waiting.offer_next import end_offer


def enter_list(context: AppContext, principal: Citizen | LinkHolder, reference: str, wishes: Wishes) -> None:
    """Wait for an earlier time than the booking's, as wished; once more only the wishes change.

    Whoever left comes back to the end, with the notices that are left. Raises `NotFound`, `NoWaitingList` or
    `InvalidInput` (wishes that no earlier time could meet).
    """
    now = context.clock.now()
    with transaction(context.db) as tx:
        row = access_booking(tx, principal, reference, Permission.WAIT_FOR_EARLIER, for_change=True)
        entry = entry_of(tx, row.id or 0, for_change=True)
        found = booking_with_service(tx, row.id or 0)
        if not may_wait(found, entry, now):
            raise NoWaitingList()
        wishes.check(local_day(row.starts_at, found.municipality.zone))
        if entry is None or entry.left_at is not None:
            entry = entry or WaitingEntryRow(booking_id=row.id or 0, service_id=row.service_id, entered_at=now)
            entry.entered_at, entry.left_at = now, None
        entry.weekdays = "".join(map(str, sorted(wishes.weekdays)))
        entry.from_clock, entry.until_clock = wishes.from_clock, wishes.until_clock
        entry.not_before = wishes.not_before
        tx.add(entry)


def leave_list(context: AppContext, principal: Citizen | LinkHolder, reference: str) -> None:
    """Wait no longer; what is offered at this moment goes to the next one. Raises `NotFound`."""
    now = context.clock.now()
    with transaction(context.db) as tx:
        row = access_booking(tx, principal, reference, Permission.WAIT_FOR_EARLIER, for_change=True)
        offer = running_offer(tx, row.id or 0)
        if offer is not None:
            pass_on(tx, offer, OfferState.LEFT, now)
        end_entry(tx, row.id or 0, now)


def may_wait(found: BookingWithService, entry: WaitingEntryRow | None, now: datetime) -> bool:
    """Whether the booking can be put on its service's list."""
    row, service = found.row, found.service
    return (
        service.has_waiting_list
        and row.status == BookingStatus.BOOKED.value
        and bool(row.email)
        and (entry is None or entry.notices < MAX_NOTICES)
        and can_enter(rules_of(service, found.municipality.zone), Mode(row.mode), row.starts_at, now)
    )


def pass_on(tx: Session, offer: WaitingOfferRow, state: OfferState, now: datetime) -> None:
    """An offer has its answer, and the time is looked at again at once."""
    end_offer(tx, offer, state)
    freed = tx.get_one(FreedTimeRow, offer.hold_id)
    freed.next_at = now
    tx.add(freed)


def end_entry_if_earlier(tx: Session, row: BookingRow, was: datetime, now: datetime) -> None:
    """Whoever moved to an earlier day by hand waits no longer."""
    if local_day(row.starts_at, ATHENS) < local_day(was, ATHENS):
        end_entry(tx, row.id or 0, now)


def end_entry(tx: Session, booking_id: int, now: datetime) -> None:
    """A booking is off the list, if it was on it."""
    entry = entry_of(tx, booking_id, for_change=True)
    if entry is not None and entry.left_at is None:
        entry.left_at = now
        tx.add(entry)
