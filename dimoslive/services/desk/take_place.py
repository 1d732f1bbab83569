"""Giving a booking its place at the desk: checked against what the page showed, then claimed."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlmodel import Session

from dimoslive.db.queries.calendars import service_calendar
from dimoslive.db.queries.claims import claim_ticks
from dimoslive.db.queries.freed import freed_ticks
from dimoslive.db.queries.places import desk_serving, lanes_of, occupied_of_desk
from dimoslive.db.tables.booking import BookingRow
from dimoslive.db.tables.catalogue import DeskRow
from dimoslive.domain.desk.placing import (
    MAX_REASON_LENGTH,
    MIN_DURATION,
    MIN_REASON_LENGTH,
    PlaceWarning,
    is_ahead,
    is_on_the_grid,
    is_outside_hours,
    is_over_capacity,
    next_start,
    staff_calendar,
    wanted_ticks,
    warnings_of,
)
from dimoslive.domain.errors import InvalidInput, LanesFull, NotOffered, SlotTaken, UnansweredWarnings
from dimoslive.domain.people.personal_data import clean_line
from dimoslive.domain.scheduling.mode import Mode
from dimoslive.domain.scheduling.periods import Period
from dimoslive.domain.scheduling.slots import TICK, ServiceCalendar, free_slots

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class WantedPlace:
    """Where and when, as the page asks for it.

    ``starts_at`` is empty for «Τώρα»; ``is_offered`` says that it was picked from the free times; an empty duration is
    the service's, or that of the booking being moved. A reason answers its warning.
    """

    desk_id: int
    starts_at: datetime | None = None
    duration_minutes: int = 0
    is_offered: bool = False
    hours_reason: str = ""
    capacity_reason: str = ""


@dataclass(frozen=True, slots=True)
class CheckedPlace:
    """A place with all that stands against it, and whether each of that was answered."""

    desk: DeskRow
    period: Period
    ticks: range
    warnings: tuple[PlaceWarning, ...]
    hours_reason: str = ""
    capacity_reason: str = ""

    @property
    def is_outside_hours(self) -> bool:
        """Whether nobody would serve then."""
        return is_outside_hours(self.warnings)

    @property
    def reason(self) -> str:
        """Why, as it is kept with the booking."""
        reasons = [
            self.hours_reason if self.is_outside_hours else "",
            self.capacity_reason if is_over_capacity(self.warnings) else "",
        ]
        return " · ".join(dict.fromkeys(filter(None, reasons)))


def check_place(
    tx: Session,
    service_id: int,
    mode: Mode,
    wanted: WantedPlace,
    now: datetime,
    *,
    ignoring: int = 0,
    duration_minutes: int = 0,
) -> CheckedPlace:
    """All that stands against a place, whether answered or not.

    ``ignoring`` is a booking that is being moved, and ``duration_minutes`` how long it lasts. Raises `NotOffered` (the
    service, mode or desk), `InvalidInput` (start or duration) or, of a time picked from the free ones, `SlotTaken`.
    """
    desk = desk_serving(tx, service_id, wanted.desk_id)
    if desk is None:
        raise NotOffered()
    starts_at = wanted.starts_at or next_start(now)
    near = Period(starts_at - _DAY, starts_at + _DAY)
    calendar = service_calendar(tx, service_id, mode, near, now, ignoring=ignoring or None, for_staff=True)
    duration = wanted.duration_minutes or duration_minutes or calendar.rules.duration_minutes
    if not is_on_the_grid(starts_at, duration):
        if is_on_the_grid(starts_at, MIN_DURATION):
            raise InvalidInput("duration", "duration_out_of_bounds")
        raise InvalidInput("starts_at", "off_the_grid")
    if not is_ahead(starts_at, now):
        raise InvalidInput("starts_at", "not_ahead")
    taken = wanted_ticks(calendar.rules, starts_at, duration)
    period = Period(starts_at, starts_at + timedelta(minutes=duration))
    if wanted.is_offered:
        _check_offered(calendar, mode, wanted, duration, now)
        freed = freed_ticks(tx, service_id, near, now).get(desk.id or 0, set())
        return CheckedPlace(desk, period, taken, () if freed.isdisjoint(taken) else (PlaceWarning.FREED,))
    occupied = occupied_of_desk(tx, desk.id or 0, near, now, ignoring=ignoring)
    return CheckedPlace(desk, period, taken, warnings_of(calendar, occupied, starts_at, duration))


def answered(place: CheckedPlace, wanted: WantedPlace, also_open: Iterable[str] = ()) -> CheckedPlace:
    """The same place with its reasons.

    Raises `UnansweredWarnings` with all that has no reason, those that are ``also_open`` among them, or `InvalidInput`
    (a reason).
    """
    hours, capacity = is_outside_hours(place.warnings), is_over_capacity(place.warnings)
    unanswered = [
        *also_open,
        *(warning.value for warning in place.warnings if _is_unanswered(warning, wanted)),
    ]
    if unanswered:
        raise UnansweredWarnings(tuple(unanswered))
    return replace(
        place,
        hours_reason=_reason("hours_reason", wanted.hours_reason) if hours else "",
        capacity_reason=_reason("capacity_reason", wanted.capacity_reason) if capacity else "",
    )


def claim_place(tx: Session, row: BookingRow, place: CheckedPlace, now: datetime) -> None:
    """Claim the desk's ticks for the booking, or those of one of its lanes; the row names what it got.

    What the booking has already it keeps; a time that comes back late is there for staff. Raises `SlotTaken`, or
    `LanesFull` where the desk has as many over capacity as it may.
    """
    booking_id, desk_id = row.id or 0, place.desk.id or 0
    row.starts_at, row.ends_at = place.period.starts_at, place.period.ends_at
    row.first_tick, row.end_tick = place.ticks.start, place.ticks.stop
    row.is_outside_hours, row.staff_reason = place.is_outside_hours, place.reason
    if claim_ticks(tx, booking_id, desk_id, place.ticks, now, keep_claims_of=booking_id, takes_freed=True):
        row.desk_id = desk_id
        return
    if not place.capacity_reason:
        raise SlotTaken()
    for lane_id in lanes_of(tx, place.desk):
        if claim_ticks(tx, booking_id, lane_id, place.ticks, now, keep_claims_of=booking_id):
            row.desk_id = lane_id
            return
    raise LanesFull()


def _check_offered(calendar: ServiceCalendar, mode: Mode, wanted: WantedPlace, duration: int, now: datetime) -> None:
    """The engine is the one door: showing free times and taking one both ask it."""
    assert wanted.starts_at is not None
    window = Period(wanted.starts_at, wanted.starts_at + TICK)
    slots = free_slots(staff_calendar(calendar, duration), mode, window, now)
    if not any(slot.starts_at == wanted.starts_at and wanted.desk_id in slot.desk_ids for slot in slots):
        raise SlotTaken()


def _is_unanswered(warning: PlaceWarning, wanted: WantedPlace) -> bool:
    if is_outside_hours([warning]):
        return not wanted.hours_reason.strip()
    return is_over_capacity([warning]) and not wanted.capacity_reason.strip()


def _reason(field: str, text: str) -> str:
    reason = clean_line(field, text, max_length=MAX_REASON_LENGTH)
    if len(reason) < MIN_REASON_LENGTH:
        raise InvalidInput(field, "too_short", min_length=MIN_REASON_LENGTH)
    return reason
