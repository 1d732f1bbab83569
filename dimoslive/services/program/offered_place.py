"""The times that a program may give: those that citizens are offered, and no others."""

from datetime import datetime
from typing import NamedTuple

from sqlmodel import Session

from dimoslive.db.queries.calendars import lock_reserve, service_calendar
from dimoslive.db.queries.claims import claim_ticks
from dimoslive.db.tables.booking import BookingRow
from dimoslive.db.tables.catalogue import DeskRow, ServiceRow
from dimoslive.domain.errors import InvalidInput, SlotTaken
from dimoslive.domain.scheduling.mode import Mode
from dimoslive.domain.scheduling.periods import Period
from dimoslive.domain.scheduling.slots import TICK, TICK_SECONDS, Slot, free_slots, occupied_ticks
from dimoslive.services.desk.take_place import CheckedPlace


class OfferedPlace(NamedTuple):
    """A free time, and what it takes from a desk, buffers included."""

    slot: Slot
    ticks: range


def lock_places(tx: Session, service: ServiceRow) -> None:
    """Before anything of a booking is locked: where places are kept for staff, one counts them at a time."""
    if service.staff_reserve > 0:
        lock_reserve(tx, service.id or 0)


def offered_place(
    tx: Session, service: ServiceRow, mode: Mode, starts_at: datetime, now: datetime, *, moving: int | None = None
) -> OfferedPlace:
    """The time, if it is free for citizens; raises `InvalidInput`, `NotOffered` or `SlotTaken`."""
    if starts_at.timestamp() % TICK_SECONDS:
        raise InvalidInput("starts_at", "off_the_grid")
    window = Period(starts_at, starts_at + TICK)
    calendar = service_calendar(tx, service.id or 0, mode, window, now, ignoring=moving)
    slot = next((slot for slot in free_slots(calendar, mode, window, now) if slot.starts_at == starts_at), None)
    if slot is None:
        raise SlotTaken()
    return OfferedPlace(slot, occupied_ticks(calendar.rules, starts_at))


def seat(tx: Session, row: BookingRow, place: OfferedPlace, now: datetime) -> CheckedPlace:
    """Claim the place at one of its desks for a booking that has a row, at its own if that is one; or `SlotTaken`."""
    for desk_id in sorted(place.slot.desk_ids, key=lambda desk_id: desk_id != row.desk_id):
        if claim_ticks(tx, row.id or 0, desk_id, place.ticks, now, keep_claims_of=row.id or 0):
            period = Period(place.slot.starts_at, place.slot.ends_at)
            return CheckedPlace(tx.get_one(DeskRow, desk_id), period, place.ticks, ())
    raise SlotTaken()
