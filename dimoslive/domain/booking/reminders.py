"""When a citizen is reminded of a booking, and why not.

Nobody is reminded in the quiet hours, 21:00 to 8:00 of the municipality's clock, nor of what was booked or moved only
shortly before.
"""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum

from dimoslive.domain.scheduling.local_time import local_day, to_instant, to_local

MORNING, EVENING, NIGHT = time(8), time(20), time(21)
"""Quiet hours end; what would fall into them goes out the evening before; they begin."""
_DAY = timedelta(days=1)


class ReminderKind(StrEnum):
    """How long before the start."""

    TWO_DAYS = "two_days"
    TWO_HOURS = "two_hours"
    """Of a video call, which nobody travels to and many forget."""

    @property
    def before(self) -> timedelta:
        """How long before the start it is due, quiet hours aside."""
        return timedelta(days=2) if self is ReminderKind.TWO_DAYS else timedelta(hours=2)

    @property
    def at_least_before(self) -> timedelta:
        """How long before the start it still helps."""
        return _DAY if self is ReminderKind.TWO_DAYS else timedelta(minutes=30)

    @property
    def known_before(self) -> timedelta:
        """Who has known the time for less than that long before the start needs none."""
        return timedelta(days=3) if self is ReminderKind.TWO_DAYS else _DAY


class ReminderState(StrEnum):
    """What became of one."""

    QUEUED = "queued"
    SKIPPED = "skipped"
    VOID = "void"
    """It was true no more when it was to be sent."""


class Skipped(StrEnum):
    """Why nobody is reminded."""

    SWITCHED_OFF = "switched_off"
    NO_EMAIL = "no_email"
    TOO_SOON = "too_soon"
    """After the booking, or after its last move."""
    TOO_LATE = "too_late"


@dataclass(frozen=True, slots=True)
class Remindable:
    """What of a booking decides."""

    starts_at: datetime
    known_at: datetime
    """Since when it has had this time: booked, or last moved."""
    has_email: bool
    is_on: bool
    """Whether its service reminds."""


def remind_at(kind: ReminderKind, starts_at: datetime, zone: str) -> datetime:
    """When the reminder of a booking that starts then is due."""
    due = starts_at - kind.before
    day, clock = local_day(due, zone), to_local(due, zone).time()
    if MORNING <= clock < NIGHT:
        return due
    if kind is ReminderKind.TWO_DAYS:
        return to_instant(day if clock < MORNING else day + _DAY, MORNING, zone)
    return to_instant(day - _DAY if clock < MORNING else day, EVENING, zone)


def is_quiet(now: datetime, zone: str) -> bool:
    """Whether it is one of the quiet hours: what is late then waits for the morning."""
    return not MORNING <= to_local(now, zone).time() < NIGHT


def last_start(kind: ReminderKind, now: datetime, zone: str) -> datetime:
    """No reminder is due of what starts after it; of what starts earlier one may still be to come."""
    day, clock = local_day(now, zone), to_local(now, zone).time()
    if kind is ReminderKind.TWO_HOURS and (clock >= EVENING or clock < MORNING):
        # The night's go out the evening before.
        return to_instant(day + _DAY if clock >= EVENING else day, MORNING, zone) + kind.before
    return now + kind.before


def why_skipped(kind: ReminderKind, booking: Remindable, now: datetime) -> Skipped | None:
    """Why nobody is reminded of it, now that it is due."""
    if not booking.is_on:
        return Skipped.SWITCHED_OFF
    if not booking.has_email:
        return Skipped.NO_EMAIL
    if booking.known_at > booking.starts_at - kind.known_before:
        return Skipped.TOO_SOON
    return Skipped.TOO_LATE if is_too_late(kind, booking.starts_at, now) else None


def is_too_late(kind: ReminderKind, starts_at: datetime, now: datetime) -> bool:
    """Whether it helps no more."""
    return now > starts_at - kind.at_least_before
