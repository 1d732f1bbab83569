"""What a citizen says to an earlier time: take it, keep the own one, or leave the list."""

from datetime import datetime, timedelta

from sqlmodel import Session

from dimoslive.context import AppContext
from dimoslive.db.engine import transaction
from dimoslive.db.queries.bookings import booking_with_service
from dimoslive.db.queries.claims import hand_over_claims
from dimoslive.db.queries.freed import FormerPlace
from dimoslive.db.queries.places import with_door
from dimoslive.db.queries.waiting_list import entry_of, freed_hold, offers_of
from dimoslive.db.rows.booking import to_booking
from dimoslive.db.rows.catalogue import rules_of
from dimoslive.db.rows.history import facts_of
from dimoslive.db.tables.booking import BookingRow
from dimoslive.db.tables.waiting_list import WaitingOfferRow
from dimoslive.domain.booking.booking import Booking
from dimoslive.domain.booking.statuses import BookingStatus, change_status
from dimoslive.domain.booking.waiting_list import Answer, OfferState
from dimoslive.domain.events import BookingRescheduled
from dimoslive.domain.people.permissions import Permission
from dimoslive.domain.people.principals import Citizen, LinkHolder
from dimoslive.domain.scheduling.mode import Mode
from dimoslive.domain.scheduling.slots import occupied_ticks
from dimoslive.domain.waiting_errors import OfferGone
from dimoslive.services.access.access_booking import access_booking
from dimoslive.services.booking.record_change import record_change
from dimoslive.services.draft.end_move import let_go_of_move
from dimoslive.services.freed.free_late import free_late
from dimoslive.services.outbox.publish_event import publish_event
from dimoslive.services.waiting.enter_list import end_entry, pass_on
from dimoslive.services.waiting.offer_next import end_offer

MOVED_EARLIER = "moved_earlier"


def answer_offer(
    context: AppContext, principal: Citizen | LinkHolder, reference: str, offer_id: int, answer: Answer
) -> Booking:
    """The booking as it stands then; an answer given once is not given again.

    To take an earlier time uses up no move. Raises `NotFound`, or `OfferGone` where the time was given to somebody
    else: the booking stands.
    """
    now = context.clock.now()
    with transaction(context.db) as tx:
        row = access_booking(tx, principal, reference, Permission.WAIT_FOR_EARLIER, for_change=True)
        offer = tx.get(WaitingOfferRow, offer_id)
        if offer is None or offer.booking_id != row.id:
            raise OfferGone()
        found = freed_hold(tx, offer.hold_id)
        offer = next(one for one in offers_of(tx, offer.hold_id) if one.id == offer_id)
        if offer.state == _SAID[answer].value:
            return _shown(tx, row)
        is_there = found is not None and found.hold.status == BookingStatus.HELD.value
        if offer.state != OfferState.RUNNING or not is_there or now >= offer.ends_at:
            raise OfferGone()
        if answer is Answer.TAKE:
            assert found is not None
            _take(tx, row, found.hold, now)
            end_offer(tx, offer, OfferState.TAKEN)
            found.freed.next_at = None
            tx.add(found.freed)
        else:
            pass_on(tx, offer, _SAID[answer], now)
        if answer is Answer.LEAVE:
            end_entry(tx, row.id or 0, now)
        return _shown(tx, row)


_SAID = {Answer.TAKE: OfferState.TAKEN, Answer.KEEP: OfferState.KEPT, Answer.LEAVE: OfferState.LEFT}


def _take(tx: Session, row: BookingRow, hold: BookingRow, now: datetime) -> None:
    """The booking moves onto the hold's claims; its own go only then, and late."""
    let_go_of_move(tx, row, now)
    entry = entry_of(tx, row.id or 0)
    if row.status != BookingStatus.BOOKED.value or entry is None or entry.left_at is not None:
        # It was cancelled, or moved to an earlier day by hand, in these seconds.
        raise OfferGone()
    found = booking_with_service(tx, row.id or 0)
    rules = rules_of(found.service, found.municipality.zone)
    before, former = facts_of(row), FormerPlace.of(row)
    ticks = occupied_ticks(rules, hold.starts_at)
    free_late(tx, former, now, kept=ticks if hold.desk_id == row.desk_id else range(0))
    hand_over_claims(tx, hold.id or 0, row.id or 0, hold.desk_id, ticks)
    row.first_starts_at = row.first_starts_at or row.starts_at
    row.desk_id, row.starts_at = hold.desk_id, hold.starts_at
    row.ends_at = hold.starts_at + timedelta(minutes=rules.duration_minutes)
    row.first_tick, row.end_tick = ticks.start, ticks.stop
    row.is_outside_hours, row.staff_reason = False, ""
    row.sequence += 1
    hold.status = change_status(hold.status, BookingStatus.EXPIRED)
    hold.hold_expires_at = now
    tx.add_all([row, hold])
    tx.flush()
    record_change(tx, row, before, MOVED_EARLIER, now)
    publish_event(tx, BookingRescheduled(_shown(tx, row), former.period, Mode(row.mode)), now)


def _shown(tx: Session, row: BookingRow) -> Booking:
    return with_door(tx, to_booking(booking_with_service(tx, row.id or 0)), row.desk_id)
