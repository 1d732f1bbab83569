"""The waiting list for an earlier time: who is offered a freed time, in which order, and when.

The time is held for the one who is told, for half an hour, and nobody is told in the quiet hours.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from dimoslive.domain.errors import InvalidInput
from dimoslive.domain.scheduling.freed import last_to_book
from dimoslive.domain.scheduling.local_time import local_day, to_instant, to_local
from dimoslive.domain.scheduling.mode import Mode
from dimoslive.domain.scheduling.periods import Period
from dimoslive.domain.scheduling.slots import ServiceRules, earliest_start

HELD_FOR = timedelta(minutes=30)
"""So long the time is kept for the one who was told."""
MAIL_WITHIN = timedelta(minutes=10)
"""If the mail has not left by then, nobody was told."""
MAX_NOTICES = 3
"""An entry."""
MAX_OFFERS = 3
"""A freed time."""
FIRST_OFFER, LAST_OFFER = time(9), time(19, 30)
"""On the municipality's clock: the last answer's half hour ends at 20:00."""
NEAR = timedelta(hours=24)
"""So long before the last moment of its notice a booking is too near to wait for an earlier time."""
_DAY = timedelta(days=1)


class OfferState(StrEnum):
    """What became of an offer."""

    RUNNING = "running"
    TAKEN = "taken"
    KEPT = "kept"
    """«Κρατώ τη δική μου»."""
    EXPIRED = "expired"
    LEFT = "left"
    """The list was left, or the booking is not there any more."""
    WITHDRAWN = "withdrawn"
    """Nobody was told, so the notice was given back."""
    GONE = "gone"
    """The time is somebody's, or no time any more."""


class Answer(StrEnum):
    """What the citizen says to an offer."""

    TAKE = "take"
    KEEP = "keep"
    LEAVE = "leave"


@dataclass(frozen=True, slots=True)
class Wishes:
    """When a citizen could come earlier; what is empty is no wish."""

    weekdays: frozenset[int] = frozenset()
    """Monday is 0."""
    from_clock: time | None = None
    until_clock: time | None = None
    """The appointment ends by then."""
    not_before: date | None = None

    def check(self, booked_on: date) -> None:
        """Raises `InvalidInput` where no time before the day of the booking could be as wished."""
        if self.from_clock is not None and self.until_clock is not None and self.until_clock <= self.from_clock:
            raise InvalidInput("until_clock", "not_after_from")
        if self.not_before is not None and self.not_before >= booked_on:
            raise InvalidInput("not_before", "not_earlier")

    def are_met(self, period: Period, zone: str) -> bool:
        """Whether a time is as wished, on the municipality's clock."""
        starts, ends = to_local(period.starts_at, zone), to_local(period.ends_at, zone)
        return (
            (not self.weekdays or starts.weekday() in self.weekdays)
            and (self.from_clock is None or self.from_clock <= starts.time())
            and (self.until_clock is None or (ends.date() == starts.date() and ends.time() <= self.until_clock))
            and (self.not_before is None or self.not_before <= starts.date())
        )


@dataclass(frozen=True, slots=True)
class Entry:
    """A booking that waits for an earlier time. ``person`` is whose it is: no two numbers of one person."""

    booking_id: int
    person: int
    starts_at: datetime
    mode: Mode
    entered_at: datetime
    notices: int = 0
    last_notice_on: date | None = None
    wishes: Wishes = Wishes()
    is_asked: bool = False
    """An offer runs to the person."""


@dataclass(frozen=True, slots=True)
class Freed:
    """A freed time as the list sees it: ``modes`` in which citizens could book it, and whom it was offered to."""

    period: Period
    public_at: datetime
    freed_by: int
    """The person."""
    modes: frozenset[Mode]
    asked: tuple[int, ...] = ()
    """The bookings that it was offered to."""


@dataclass(frozen=True, slots=True)
class OfferTo:
    """It is offered now, until an instant."""

    entry: Entry
    until: datetime


@dataclass(frozen=True, slots=True)
class WaitUntil:
    """It is kept until offers may be made again."""

    at: datetime


@dataclass(frozen=True, slots=True)
class GoPublic:
    """Nobody on the list can have it: citizens may, from then on."""

    at: datetime


def can_enter(rules: ServiceRules, mode: Mode, starts_at: datetime, now: datetime) -> bool:
    """Whether a booking is far enough away to wait for an earlier time."""
    return last_to_book(rules, mode, starts_at) - NEAR > now


def next_offer(now: datetime, zone: str) -> datetime:
    """When an offer may be made: now, or the next morning."""
    clock, day = to_local(now, zone).time(), local_day(now, zone)
    if FIRST_OFFER <= clock <= LAST_OFFER:
        return now
    return to_instant(day if clock < FIRST_OFFER else day + _DAY, FIRST_OFFER, zone)


def is_candidate(entry: Entry, freed: Freed, rules: ServiceRules, at: datetime) -> bool:
    """Whether the time may be offered to the entry at an instant. It is of the same service."""
    starts_at, today = freed.period.starts_at, local_day(at, rules.zone)
    return (
        entry.mode in freed.modes
        and earliest_start(rules, entry.mode, at + HELD_FOR) <= starts_at
        and local_day(starts_at, rules.zone) < local_day(entry.starts_at, rules.zone)
        and can_enter(rules, entry.mode, entry.starts_at, at)
        and entry.wishes.are_met(freed.period, rules.zone)
        and entry.notices < MAX_NOTICES
        and entry.last_notice_on != today
        and entry.person != freed.freed_by
        and entry.booking_id not in freed.asked
        and not entry.is_asked
    )


def in_order(entries: Iterable[Entry]) -> list[Entry]:
    """Who is offered a time first."""
    return sorted(entries, key=lambda entry: (entry.notices, entry.entered_at, entry.booking_id))


def decide(
    freed: Freed, entries: Collection[Entry], rules: ServiceRules, now: datetime
) -> OfferTo | WaitUntil | GoPublic:
    """What becomes of a freed time that is offered to nobody at this moment."""
    public = GoPublic(max(now, freed.public_at))
    if len(freed.asked) >= MAX_OFFERS:
        return public
    at = next_offer(now, rules.zone)
    first = next((entry for entry in in_order(entries) if is_candidate(entry, freed, rules, at)), None)
    if first is None:
        return public
    return OfferTo(first, now + HELD_FOR) if at == now else WaitUntil(at)
