"""What becomes of a freed time: offered to one on the waiting list after the other, or public."""

from datetime import datetime, timedelta

from sqlmodel import Session

from dimoslive.db.announcements import announce_day
from dimoslive.db.queries.bookings import booking_with_service
from dimoslive.db.queries.calendars import service_calendar
from dimoslive.db.queries.claims import end_holds
from dimoslive.db.queries.freed import freed_by
from dimoslive.db.queries.waiting_list import (
    FreedHold,
    entries_waiting,
    entry_of,
    is_mailed,
    offers_of,
    person_of,
    take_back_mail,
)
from dimoslive.db.rows.booking import to_booking
from dimoslive.db.rows.catalogue import rules_of
from dimoslive.db.tables.booking import BookingRow
from dimoslive.db.tables.waiting_list import WaitingOfferRow
from dimoslive.domain.booking.statuses import BookingStatus
from dimoslive.domain.booking.waiting_list import (
    HELD_FOR,
    MAIL_WITHIN,
    Entry,
    Freed,
    GoPublic,
    OfferState,
    OfferTo,
    WaitUntil,
    decide,
    next_offer,
)
from dimoslive.domain.errors import NotOffered
from dimoslive.domain.events import EarlierTimeOffered
from dimoslive.domain.scheduling.local_time import local_day
from dimoslive.domain.scheduling.mode import Mode
from dimoslive.domain.scheduling.periods import Period
from dimoslive.domain.scheduling.slots import TICK, free_slots, occupied_ticks
from dimoslive.services.outbox.publish_event import publish_event

GRACE = timedelta(minutes=1)
"""So much longer than an offer the hold lasts, so that the next one is told before anybody else takes the time."""


def look_at(tx: Session, found: FreedHold, now: datetime) -> None:
    """Take the next step of a freed time whose hold is locked. Done twice at one instant it is done once."""
    freed, hold, _ = found
    offers = offers_of(tx, hold.id or 0)
    running = next((offer for offer in offers if offer.state == OfferState.RUNNING), None)
    tx.add(freed)
    if hold.status != BookingStatus.HELD.value or (hold.hold_expires_at or now) <= now:
        # Somebody has it, it was freed by a press, or it was looked at too late: then it is public already.
        freed.next_at = None
        if running:
            end_offer(tx, running, OfferState.GONE)
        return
    if running:
        state = _state_of(tx, running, now)
        if state is OfferState.RUNNING:
            freed.next_at = running.ends_at if is_mailed(tx, running.event_id) else _mail_by(running)
            return
        end_offer(tx, running, state)
    _decide(tx, found, tuple(offer.booking_id for offer in offers), now)


def end_offer(tx: Session, offer: WaitingOfferRow, state: OfferState) -> None:
    """It runs no more, and is nobody's any more. The notice of one that nobody was told of is given back."""
    offer.state, offer.person = state.value, -offer.booking_id
    if state is OfferState.WITHDRAWN:
        entry = entry_of(tx, offer.booking_id, for_change=True)
        if entry is not None:
            entry.notices -= 1
            entry.last_notice_on = offer.former_notice_on
            tx.add(entry)
    tx.add(offer)
    tx.flush()


def take_back_offer(tx: Session, booking: BookingRow, now: datetime) -> None:
    """The time that a booking gave back is its own again: nobody is told any more, if nobody was told yet."""
    hold = freed_by(tx, booking.id or 0, now)
    running = [offer for offer in offers_of(tx, hold.id or 0) if offer.state == OfferState.RUNNING] if hold else []
    if running and take_back_mail(tx, running[0].event_id):
        end_offer(tx, running[0], OfferState.WITHDRAWN)


def _state_of(tx: Session, offer: WaitingOfferRow, now: datetime) -> OfferState:
    row, entry = tx.get_one(BookingRow, offer.booking_id), entry_of(tx, offer.booking_id)
    if row.status != BookingStatus.BOOKED.value or entry is None or entry.left_at is not None:
        return OfferState.LEFT
    if now >= _mail_by(offer) and not is_mailed(tx, offer.event_id) and take_back_mail(tx, offer.event_id):
        return OfferState.WITHDRAWN
    return OfferState.EXPIRED if now >= offer.ends_at else OfferState.RUNNING


def _mail_by(offer: WaitingOfferRow) -> datetime:
    return offer.offered_at + MAIL_WITHIN


def _decide(tx: Session, found: FreedHold, asked: tuple[int, ...], now: datetime) -> None:
    freed, hold, former = found
    place = booking_with_service(tx, hold.id or 0)
    rules, entries = rules_of(place.service, place.municipality.zone), list[Entry]()
    if place.service.has_waiting_list:
        entries = entries_waiting(tx, hold.service_id, hold.starts_at)
    offered = _modes_at(tx, hold, {entry.mode for entry in entries}, next_offer(now, rules.zone))
    period = Period(hold.starts_at, hold.starts_at + timedelta(minutes=rules.duration_minutes))
    what = decide(Freed(period, freed.public_at, person_of(former), offered, asked), entries, rules, now)
    match what:
        case OfferTo():
            _offer(tx, found, what, period, len(asked) + 1, now)
        case WaitUntil():
            freed.next_at, hold.hold_expires_at = what.at, what.at + HELD_FOR
        case GoPublic():
            freed.next_at, hold.hold_expires_at = None, what.at
            if what.at <= now:
                tx.flush()
                end_holds(tx, [hold.id])
    tx.add_all([freed, hold])
    tx.flush()
    announce_day(tx, hold, "held")


def _modes_at(tx: Session, hold: BookingRow, modes: set[Mode], at: datetime) -> frozenset[Mode]:
    """In which of the modes the engine would offer the place, were it not held."""
    window, offered = Period(hold.starts_at, hold.starts_at + TICK), set[Mode]()
    for mode in modes:
        try:
            calendar = service_calendar(tx, hold.service_id, mode, window, at, ignoring=hold.id)
        except NotOffered:
            continue
        wanted = occupied_ticks(calendar.rules, hold.starts_at)
        if wanted.start < hold.first_tick or wanted.stop > hold.end_tick:
            # A part of a place is no place.
            continue
        slots = free_slots(calendar, mode, window, at)
        if any(slot.starts_at == hold.starts_at and hold.desk_id in slot.desk_ids for slot in slots):
            offered.add(mode)
    return frozenset(offered)


def _offer(tx: Session, found: FreedHold, what: OfferTo, period: Period, number: int, now: datetime) -> None:
    freed, hold, _ = found
    row = booking_with_service(tx, what.entry.booking_id)
    entry = entry_of(tx, what.entry.booking_id, for_change=True)
    assert entry is not None
    former_notice_on = entry.last_notice_on
    entry.notices, entry.last_notice_on = entry.notices + 1, local_day(now, row.municipality.zone)
    event = EarlierTimeOffered(to_booking(row), period, what.until)
    offer = WaitingOfferRow(
        hold_id=hold.id or 0,
        round=number,
        booking_id=entry.booking_id,
        person=what.entry.person,
        offered_at=now,
        ends_at=what.until,
        state=OfferState.RUNNING.value,
        former_notice_on=former_notice_on,
        event_id=publish_event(tx, event, now),
    )
    tx.add_all([entry, offer])
    freed.next_at, hold.hold_expires_at = now + MAIL_WITHIN, what.until + GRACE
    tx.flush()
