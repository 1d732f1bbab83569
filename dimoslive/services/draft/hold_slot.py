"""Keeping a time for a person while the form is filled in."""

from datetime import datetime

from sqlmodel import Session

from dimoslive.context import Parts
from dimoslive.crypto import random_reference_bits
from dimoslive.db.engine import transaction
from dimoslive.db.queries.bookings import claim_ticks, held_in_vain, hold_of, let_go, open_bookings
from dimoslive.db.queries.calendars import lock_reserve, service_calendar
from dimoslive.db.queries.drafts import draft_of, save_draft
from dimoslive.db.queries.people import lock_citizen
from dimoslive.db.rows_old import to_hold
from dimoslive.db.tables.booking import BookingRow, DraftRow
from dimoslive.db.tables.catalogue import Municipality, Service
from dimoslive.domain.booking.booking import BookingStatus
from dimoslive.domain.booking.draft import HELD_WITHIN, HOLD_LENGTH, MOST_HELD, Hold, may_hold_from
from dimoslive.domain.booking.references import make_reference
from dimoslive.domain.errors import (
    HeldTooLong,
    HoldExpired,
    IncompleteDraft,
    NoMoreExtensions,
    SlotTaken,
    TooManyOpenBookings,
)
from dimoslive.domain.people.principals import CitizenActor
from dimoslive.domain.scheduling.periods import Period
from dimoslive.domain.scheduling.slots import TICK, Mode, ServiceRules, Slot, free_slots, occupied_ticks


def hold_slot(parts: Parts, actor: CitizenActor, starts_at: datetime) -> Hold:
    """Hold the time for the service and mode of the citizen's draft; the time held before is let go.

    The held time itself, pressed again, keeps its countdown. Raises `SlotTaken` or `HeldTooLong` (with the earlier hold
    kept), `TooManyOpenBookings`, `IncompleteDraft` or `NotOffered`.
    """
    now = parts.clock.now()
    with transaction(parts.db) as tx:
        lock_citizen(tx, actor.id)
        draft = draft_of(tx, actor.id, now)
        if draft.service_id is None or not draft.mode:
            raise IncompleteDraft()
        check_cap(tx, draft, now)
        lock_reserve(tx, draft.service_id)
        before = hold_of(tx, actor.id, for_change=True)
        if before is not None:
            if _is_the_same(before, draft, starts_at, now):
                return to_hold(before)
            let_go(tx, before, now)
        _check_held(tx, actor, now, now)
        mode, window = Mode(draft.mode), Period(starts_at, starts_at + TICK)
        calendar = service_calendar(tx, draft.service_id, mode, window, now, ignoring=draft.moving_id)
        slots = [slot for slot in free_slots(calendar, mode, window, now) if slot.starts_at == starts_at]
        if not slots:
            raise SlotTaken()
        return to_hold(_take(tx, draft, slots[0], calendar.rules, now))


def extend_hold(parts: Parts, actor: CitizenActor) -> Hold:
    """Ten minutes more, once; raises `HoldExpired`, `NoMoreExtensions` or `HeldTooLong`."""
    now = parts.clock.now()
    with transaction(parts.db) as tx:
        lock_citizen(tx, actor.id)
        hold = live_hold(tx, actor.id, now)
        if hold.hold_extended:
            raise NoMoreExtensions()
        assert hold.hold_expires_at is not None
        _check_held(tx, actor, now, hold.hold_expires_at)
        hold.hold_expires_at, hold.hold_extended = hold.hold_expires_at + HOLD_LENGTH, True
        tx.add(hold)
        return to_hold(hold)


def release_hold(parts: Parts, actor: CitizenActor) -> None:
    """Let the time go, if one is held."""
    now = parts.clock.now()
    with transaction(parts.db) as tx:
        lock_citizen(tx, actor.id)
        hold = hold_of(tx, actor.id, for_change=True)
        if hold is not None:
            let_go(tx, hold, now)


def live_hold(tx: Session, citizen_id: int, now: datetime) -> BookingRow:
    """The citizen's hold, locked; raises `HoldExpired`."""
    shown = hold_of(tx, citizen_id)
    if shown is not None:
        # In its last second it may count as over for somebody else, who would then give its place away twice.
        lock_reserve(tx, shown.service_id)
    hold = hold_of(tx, citizen_id, for_change=True)
    if hold is None or hold.hold_expires_at is None or now >= hold.hold_expires_at:
        raise HoldExpired()
    return hold


def check_cap(tx: Session, draft: DraftRow, now: datetime) -> None:
    """Raises `TooManyOpenBookings`, naming a booking that could be moved instead; a move itself adds none."""
    assert draft.service_id is not None
    assert draft.municipality_id is not None
    if draft.moving_id is not None:
        return
    waiting = open_bookings(tx, draft.citizen_id, draft.municipality_id, now)
    if not waiting:
        return
    service, municipality = tx.get_one(Service, draft.service_id), tx.get_one(Municipality, draft.municipality_id)
    of_service = [booking for booking in waiting if booking.service_id == service.id]
    if len(of_service) >= service.max_open_bookings:
        raise TooManyOpenBookings(reference=of_service[0].reference, most=service.max_open_bookings, scope="service")
    if len(waiting) >= municipality.max_open_bookings:
        raise TooManyOpenBookings(
            reference=waiting[0].reference, most=municipality.max_open_bookings, scope="municipality"
        )


def _is_the_same(hold: BookingRow, draft: DraftRow, starts_at: datetime, now: datetime) -> bool:
    held = (hold.service_id, hold.mode, hold.moving_id, hold.starts_at)
    wanted = (draft.service_id, draft.mode, draft.moving_id, starts_at)
    return held == wanted and hold.hold_expires_at is not None and now < hold.hold_expires_at


def _check_held(tx: Session, actor: CitizenActor, now: datetime, begins_at: datetime) -> None:
    """Raises `HeldTooLong` if ten minutes from ``begins_at`` on would be more than a person may hold in vain."""
    may_from = may_hold_from(held_in_vain(tx, actor.id, now - HELD_WITHIN), begins_at)
    if may_from > begins_at:
        raise HeldTooLong(may_from, minutes=int(MOST_HELD.total_seconds() // 60))


def _take(tx: Session, draft: DraftRow, slot: Slot, rules: ServiceRules, now: datetime) -> BookingRow:
    wanted = occupied_ticks(rules, slot.starts_at)
    moving = tx.get(BookingRow, draft.moving_id) if draft.moving_id else None
    # Who moves stays at the desk, if it is free: the same time is then no change at all.
    desk_ids = sorted(slot.desk_ids, key=lambda desk_id: moving is not None and desk_id != moving.desk_id)
    hold = BookingRow(
        reference=make_reference(random_reference_bits()),
        status=BookingStatus.HELD.value,
        municipality_id=draft.municipality_id or 0,
        service_id=draft.service_id or 0,
        desk_id=desk_ids[0],
        citizen_id=draft.citizen_id,
        mode=draft.mode,
        starts_at=slot.starts_at,
        ends_at=slot.ends_at,
        first_tick=wanted.start,
        end_tick=wanted.stop,
        hold_expires_at=now + HOLD_LENGTH,
        moving_id=draft.moving_id,
        created_at=now,
    )
    tx.add(hold)
    save_draft(tx, draft, now)
    for desk_id in desk_ids:
        try:
            claim_ticks(tx, hold.id or 0, desk_id, wanted, now, besides=draft.moving_id or 0)
        except SlotTaken:
            continue
        hold.desk_id = desk_id
        return hold
    raise SlotTaken()
