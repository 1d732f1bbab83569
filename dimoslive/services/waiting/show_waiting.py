"""What a citizen's booking has to do with the waiting list."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlmodel import col

from dimoslive.context import AppContext
from dimoslive.db.engine import reading
from dimoslive.db.queries.bookings import booking_with_service
from dimoslive.db.queries.scopes import bookings_within
from dimoslive.db.queries.waiting_list import entry_of, last_offer, wishes_of
from dimoslive.db.tables.booking import BookingRow
from dimoslive.db.tables.catalogue import ServiceRow
from dimoslive.db.tables.waiting_list import ON_THE_LIST, WaitingEntryRow
from dimoslive.domain.booking.waiting_list import MAX_NOTICES, OfferState, Wishes
from dimoslive.domain.people.permissions import Permission
from dimoslive.domain.people.principals import Citizen, LinkHolder
from dimoslive.domain.scheduling.periods import Period
from dimoslive.services.access.access_booking import access_booking
from dimoslive.services.waiting.enter_list import may_wait


@dataclass(frozen=True, slots=True)
class OfferedTime:
    """An earlier time that is kept for the booking until an instant."""

    id: int
    period: Period
    until: datetime


@dataclass(frozen=True, slots=True)
class Waiting:
    """Whether the booking can wait, with which wishes it does, and what is offered to it now."""

    can_wait: bool = False
    wishes: Wishes | None = None
    """None: it is not on the list, or is told no more."""
    offer: OfferedTime | None = None
    is_answered: bool = False
    """What was offered last has its answer, and was not given away."""


_ANSWERED = frozenset({OfferState.TAKEN.value, OfferState.KEPT.value, OfferState.LEFT.value})


def show_waiting(context: AppContext, principal: Citizen | LinkHolder, reference: str) -> Waiting:
    """Nothing where the service has no list; raises `NotFound`."""
    now = context.clock.now()
    with reading(context.db) as tx:
        row = access_booking(tx, principal, reference, Permission.WAIT_FOR_EARLIER)
        found = booking_with_service(tx, row.id or 0)
        if not found.service.has_waiting_list:
            return Waiting()
        entry, offer = entry_of(tx, row.id or 0), last_offer(tx, row.id or 0)
        shown = None
        if offer is not None and offer.state == OfferState.RUNNING and now < offer.ends_at:
            starts_at = tx.get_one(BookingRow, offer.hold_id).starts_at
            length = timedelta(minutes=found.service.duration_minutes)
            shown = OfferedTime(offer.id or 0, Period(starts_at, starts_at + length), offer.ends_at)
        can_wait = may_wait(found, entry, now)
        return Waiting(
            can_wait=can_wait,
            wishes=wishes_of(entry) if can_wait and entry is not None and entry.left_at is None else None,
            offer=shown,
            is_answered=offer is not None and offer.state in _ANSWERED,
        )


def list_waiting(context: AppContext, principal: Citizen) -> frozenset[str]:
    """The references of those of the citizen's bookings that are on a list and have a notice left."""
    query = (
        select(col(BookingRow.reference))
        .join(WaitingEntryRow, col(WaitingEntryRow.booking_id) == col(BookingRow.id))
        .join(ServiceRow, col(ServiceRow.id) == col(BookingRow.service_id))
        .where(
            ON_THE_LIST,
            col(WaitingEntryRow.notices) < MAX_NOTICES,
            col(ServiceRow.has_waiting_list),
            bookings_within(principal, Permission.WAIT_FOR_EARLIER),
        )
    )
    with reading(context.db) as tx:
        return frozenset(tx.scalars(query))
