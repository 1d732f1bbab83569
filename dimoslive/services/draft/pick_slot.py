"""A press of a time: hold it, and say in the same breath what the page then shows."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session

from dimoslive.context import AppContext
from dimoslive.db.engine import transaction
from dimoslive.db.tables.draft import DraftRow
from dimoslive.domain.errors import DomainError, SlotTaken
from dimoslive.domain.people.principals import Citizen
from dimoslive.domain.scheduling.local_time import day_period, local_day
from dimoslive.domain.scheduling.mode import Mode
from dimoslive.domain.scheduling.slots import Slot, free_slots
from dimoslive.services.access.access_draft import see_draft
from dimoslive.services.access.limit_attempts import RateLimit, count, count_within
from dimoslive.services.draft.hold_slot import take_slot
from dimoslive.services.draft.open_calendar import calendar_of
from dimoslive.services.draft.open_draft import OpenDraft, read_draft


@dataclass(frozen=True, slots=True)
class PickedSlot:
    """The draft after a press of a time, and the free times of its day as seconds since the epoch."""

    opened: OpenDraft
    day: date
    starts: list[int]
    is_taken: bool
    """Somebody was faster: what was held before is held still."""


def pick_slot(context: AppContext, principal: Citizen, starts_at: datetime, zone: str) -> PickedSlot:
    """Hold the time, on a day of the calendar of ``zone``. The press counts, whatever comes of it.

    Raises what `hold_slot` does, but for `SlotTaken`; and `TooManyAttempts`.
    """
    now = context.clock.now()
    day, who = local_day(starts_at, zone), f"citizen-{principal.id}"
    try:
        with transaction(context.db, is_durable=False) as tx:
            count_within(tx, RateLimit.HOLD, who, now)
            taken = take_slot(tx, principal, starts_at, day_period(day, zone), now)
            opened = read_draft(tx, principal, taken.seen, now, ahead=taken.ahead)
            slots = _slots_of_day(tx, taken.seen.draft, day, zone, now) if taken.slots is None else taken.slots
            return PickedSlot(opened, day, _starts(slots), is_taken=False)
    except DomainError as refusal:
        # What is refused was undone, and the count of it, too.
        with transaction(context.db, is_durable=False) as tx:
            count(tx, RateLimit.HOLD, who, now)
            if isinstance(refusal, SlotTaken):
                seen = see_draft(tx, principal, now)
                opened, slots = read_draft(tx, principal, seen, now), _slots_of_day(tx, seen.draft, day, zone, now)
                return PickedSlot(opened, day, _starts(slots), is_taken=True)
        raise


def _slots_of_day(tx: Session, draft: DraftRow, day: date, zone: str, now: datetime) -> list[Slot]:
    window = day_period(day, zone)
    calendar = calendar_of(tx, draft, window, now)
    return free_slots(calendar, Mode(draft.mode), window, now) if calendar else []


def _starts(slots: list[Slot]) -> list[int]:
    return [int(slot.starts_at.timestamp()) for slot in slots]
