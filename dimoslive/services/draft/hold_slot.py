"""Keeping a time for a person while the form is filled in."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session

from dimoslive.context import AppContext
from dimoslive.crypto import random_reference_bits
from dimoslive.db.announcements import announce_day
from dimoslive.db.engine import transaction
from dimoslive.db.queries.calendars import lock_reserve, service_calendar
from dimoslive.db.queries.citizen_times import citizen_times
from dimoslive.db.queries.claims import claim_ticks
from dimoslive.db.queries.drafts import save_draft
from dimoslive.db.queries.holds import add_hold, let_go, seat_hold
from dimoslive.db.queries.people import lock_citizen
from dimoslive.db.rows.booking import HeldTime, OpenBooking, to_hold
from dimoslive.db.tables.booking import BookingRow
from dimoslive.db.tables.draft import DraftRow
from dimoslive.domain.booking.draft import HOLD_LENGTH, Hold
from dimoslive.domain.booking.references import make_reference
from dimoslive.domain.errors import (
    IncompleteDraft,
    NotOffered,
    SlotTaken,
)
from dimoslive.domain.people.principals import Citizen
from dimoslive.domain.scheduling.mode import Mode
from dimoslive.domain.scheduling.periods import Period
from dimoslive.domain.scheduling.slots import TICK, ServiceRules, Slot, free_slots, occupied_ticks
from dimoslive.services.access.access_draft import SeenDraft, access_draft_with_place
from dimoslive.services.access.check_booking_limit import check_booking_limit
from dimoslive.services.access.check_holding_time import check_holding_time
from dimoslive.services.access.check_pause import check_pause

_TOUCH_EVERY = timedelta(days=1)


def hold_slot(context: AppContext, principal: Citizen, starts_at: datetime) -> Hold:
    """Hold the time for the service and mode of the citizen's draft; the time held before is let go.

    The held time itself, pressed again, keeps its countdown. Raises `SlotTaken` or `HeldTooLong` (with the earlier hold
    kept), `TooManyOpenBookings`, `Paused`, `IncompleteDraft` or `NotOffered`.
    """
    now = context.clock.now()
    with transaction(context.db, is_durable=False) as tx:
        return to_hold(take_slot(tx, principal, starts_at, Period(starts_at, starts_at + TICK), now).hold)


@dataclass(frozen=True, slots=True)
class TakenSlot:
    """What is held now, and what was read to decide it."""

    seen: SeenDraft
    ahead: list[OpenBooking]
    """The citizen's open bookings still to come."""
    slots: list[Slot] | None
    """The free times of the window; none if the time was held already."""

    @property
    def hold(self) -> HeldTime:
        """The time that is held now."""
        assert self.seen.hold is not None
        return self.seen.hold


def take_slot(tx: Session, principal: Citizen, starts_at: datetime, window: Period, now: datetime) -> TakenSlot:
    """The same inside a transaction; of the calendar it reads the ``window``, in which the time lies."""
    lock_citizen(tx, principal.id)
    citizen, draft, place = access_draft_with_place(tx, principal, now)
    if draft.service_id is None or not draft.mode:
        raise IncompleteDraft()
    before, ahead, in_vain = citizen_times(tx, principal.id, now)
    if place is None:
        raise NotOffered()
    if draft.moving_id is None:
        check_pause(place, now)
        check_booking_limit(place, ahead)
    if place.service.staff_reserve > 0:
        lock_reserve(tx, draft.service_id)
    if before is not None:
        if _is_the_same(before, draft, starts_at, now):
            return TakenSlot(SeenDraft(citizen, draft, place, before), ahead, None)
        let_go(tx, before, now)
    check_holding_time(in_vain, now)
    mode = Mode(draft.mode)
    calendar = service_calendar(tx, draft.service_id, mode, window, now, ignoring=draft.moving_id)
    slots = free_slots(calendar, mode, window, now)
    wanted = next((slot for slot in slots if slot.starts_at == starts_at), None)
    if wanted is None:
        raise SlotTaken()
    hold = _take(tx, draft, wanted, calendar.rules, now)
    return TakenSlot(SeenDraft(citizen, draft, place, hold), ahead, slots)


def _is_the_same(hold: HeldTime, draft: DraftRow, starts_at: datetime, now: datetime) -> bool:
    held = (hold.service_id, hold.mode, hold.moving_id, hold.starts_at)
    wanted = (draft.service_id, draft.mode, draft.moving_id, starts_at)
    return held == wanted and now < hold.hold_expires_at


def _take(tx: Session, draft: DraftRow, slot: Slot, rules: ServiceRules, now: datetime) -> HeldTime:
    wanted = occupied_ticks(rules, slot.starts_at)
    moving = tx.get(BookingRow, draft.moving_id) if draft.moving_id else None
    # Who moves stays at the desk, if it is free: the same time is then no change at all.
    desk_ids = sorted(slot.desk_ids, key=lambda desk_id: moving is not None and desk_id != moving.desk_id)
    hold = add_hold(
        tx,
        draft.citizen_id,
        HeldTime(
            id=0,
            reference=make_reference(random_reference_bits()),
            municipality_id=draft.municipality_id or 0,
            service_id=draft.service_id or 0,
            desk_id=desk_ids[0],
            mode=draft.mode,
            starts_at=slot.starts_at,
            ends_at=slot.ends_at,
            moving_id=draft.moving_id,
            hold_expires_at=now + HOLD_LENGTH,
            hold_extended=False,
        ),
        wanted,
        now,
    )
    if now - draft.changed_at > _TOUCH_EVERY:
        # A draft that nobody changes is forgotten some day, but not while somebody is at it.
        save_draft(tx, draft, now)
    for desk_id in desk_ids:
        if claim_ticks(tx, hold.id, desk_id, wanted, now, keep_claims_of=draft.moving_id or 0):
            announce_day(tx, hold, "held")
            return hold if desk_id == hold.desk_id else seat_hold(tx, hold, desk_id)
    raise SlotTaken()
