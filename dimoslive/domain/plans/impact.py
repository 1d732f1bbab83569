"""What a change of the set-up hits: bookings that would fit no longer, and free times that come or go."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from hashlib import sha256
from typing import NamedTuple

from dimoslive.domain.booking.statuses import BookingStatus
from dimoslive.domain.plans.set_up import Judge, Misfit, Occupied, PlacedBooking, SetUp, calendar_of
from dimoslive.domain.scheduling.periods import Period
from dimoslive.domain.scheduling.slots import free_starts

CAN_BE_HIT = frozenset({BookingStatus.BOOKED, BookingStatus.WAITING})
"""Whoever is being served is not sent away."""

_DAY = timedelta(days=1)


class Contact(StrEnum):
    """By what a person can be told."""

    EMAIL = "email"
    PHONE = "phone"
    """And by nothing else."""
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Hit:
    """A booking that fits now and would not after the change, and why not."""

    booking: PlacedBooking
    misfits: frozenset[Misfit]

    @property
    def contact(self) -> Contact:
        """By what its person can be told."""
        if self.booking.has_email:
            return Contact.EMAIL
        return Contact.PHONE if self.booking.has_phone else Contact.NONE


class FreeTime(NamedTuple):
    """A start of a service that citizens see, in whatever mode."""

    starts_at: datetime
    service_id: int


@dataclass(frozen=True, slots=True)
class Impact:
    """All that a change does, in a fixed order; nothing of it depends on what is decided about the bookings."""

    hits: tuple[Hit, ...]
    healed: tuple[PlacedBooking, ...]
    """They fit again."""
    already_out: int
    """So many fit neither before nor after; nobody is asked about them."""
    lost: tuple[FreeTime, ...] = ()
    gained: tuple[FreeTime, ...] = ()
    modes_lost: int = 0
    """In how many modes the lost times were offered, at most."""

    @property
    def is_harmless(self) -> bool:
        """Whether no booking has to leave."""
        return not self.hits

    @property
    def does_anything(self) -> bool:
        """Whether there is something to look at before it is done."""
        return bool(self.hits or self.healed or self.lost or self.gained)


def impact_of(
    before: SetUp, after: SetUp, bookings: Iterable[PlacedBooking], occupied: Occupied, window: Period, now: datetime
) -> Impact:
    """What the change from one set-up to the other does to the bookings, and to the free times of the window."""
    was, will_be = Judge(before), Judge(after)
    hits, healed, already_out = list[Hit](), list[PlacedBooking](), 0
    for booking in sorted(bookings, key=in_order):
        if booking.status not in CAN_BE_HIT or booking.period.starts_at < now:
            continue
        fitted, misfits = not was.misfits(booking), will_be.misfits(booking)
        if fitted and misfits:
            hits.append(Hit(booking, misfits))
        elif not fitted and not misfits:
            healed.append(booking)
        elif not fitted:
            already_out += 1
    was_free, will_be_free = (_free(set_up, occupied, window, now) for set_up in (before, after))
    lost, gained = was_free.keys() - will_be_free.keys(), will_be_free.keys() - was_free.keys()
    return Impact(
        hits=tuple(hits),
        healed=tuple(healed),
        already_out=already_out,
        lost=tuple(sorted(lost)),
        gained=tuple(sorted(gained)),
        modes_lost=max((was_free[time] for time in lost), default=0),
    )


def in_order(booking: PlacedBooking) -> tuple[datetime, datetime, int]:
    """The one order of bookings: two runs agree."""
    return booking.period.starts_at, booking.booked_at, booking.id


def fingerprint(hits: Iterable[Hit]) -> str:
    """Changes when another booking is hit, or one of them moved or got another status."""
    words = [
        f"{hit.booking.id} {hit.booking.status} {hit.booking.period.starts_at.isoformat()} {hit.booking.desk_id}"
        for hit in hits
    ]
    return sha256("\n".join(words).encode()).hexdigest()


def _free(set_up: SetUp, occupied: Occupied, window: Period, now: datetime) -> Mapping[FreeTime, int]:
    """The times that citizens see, each with the number of its modes."""
    found: dict[FreeTime, int] = {}
    near = Period(window.starts_at - _DAY, window.ends_at + _DAY)
    instant = _instants()
    for service in set_up.services.values():
        calendar = calendar_of(set_up, service.id, occupied, near)
        if not calendar.busy:
            continue
        for mode in service.modes:
            for start in free_starts(calendar, mode, window, now):
                time = FreeTime(instant(start), service.id)
                found[time] = found.get(time, 0) + 1
    return found


def _instants() -> Callable[[int], datetime]:
    made: dict[int, datetime] = {}

    def instant(seconds: int) -> datetime:
        if seconds not in made:
            made[seconds] = datetime.fromtimestamp(seconds, UTC)
        return made[seconds]

    return instant
