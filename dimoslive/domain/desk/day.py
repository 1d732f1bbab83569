"""An official's day: its bookings, who waits for whom, and how late a desk is."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from dimoslive.domain.booking.details import ServedPerson
from dimoslive.domain.booking.statuses import FINAL, IN_MEETING, OPEN, BookingStatus
from dimoslive.domain.desk.presses import Press, is_no_show_suggested, presses_of, waiting_order, waiting_since
from dimoslive.domain.meeting.meeting import PRESENT_FOR, door_times
from dimoslive.domain.scheduling.mode import Mode
from dimoslive.domain.scheduling.periods import Period, merge, subtract

LATE_UNTIL = timedelta(minutes=60)
"""So long after its end a booking that nobody settled still counts as being waited for."""
_S = BookingStatus


@dataclass(frozen=True, slots=True)
class Presence:
    """What is known of a video citizen: when the browser was heard last, and whether it was let in."""

    waiting_since: datetime | None = None
    seen_at: datetime | None = None
    is_admitted: bool = False
    is_sent_back: bool = False
    """A weaker proof took the admitted place."""
    has_ended: bool = False
    outcome: str = ""


@dataclass(frozen=True, slots=True)
class DayBooking:
    """A booking of the day, or a held time: then without a person.

    ``person`` is who signed in, or whom staff entered in two parts: given name and surname. ``served_name`` is whom who
    signed in typed, where it is somebody else, or whom staff entered as one. ``desk_id`` may be an overflow lane.
    ``served_by`` is an initial and a surname.
    """

    id: int
    reference: str
    status: BookingStatus
    mode: Mode
    period: Period
    service_id: int
    desk_id: int
    person: tuple[str, str] = field(default=("", ""), repr=False)
    served_person: ServedPerson = ServedPerson.SELF
    served_name: str = field(default="", repr=False)
    subject: str = field(default="", repr=False)
    help_needed: str = field(default="", repr=False)
    phone: str = field(default="", repr=False)
    email: str = field(default="", repr=False)
    is_from_staff: bool = False
    is_over_capacity: bool = False
    is_outside_hours: bool = False
    no_longer_fits: bool = False
    is_erased: bool = False
    is_confirmed: bool = False
    """By TAXISnet, as far as who waits now is concerned."""
    arrived_at: datetime | None = None
    presence: Presence = Presence()
    served_by: str = ""
    call_attempts: int = 0
    notes: int = 0
    is_undelivered: bool = False
    desk_delay: timedelta = timedelta()
    """By how much its desk said to be late."""
    back_at: datetime | None = None
    """Of a time that was given back: when citizens may have it."""
    is_for_list: bool = False
    """That time is kept for one on the waiting list."""

    @property
    def is_held(self) -> bool:
        """Whether it is a time that somebody holds, and no booking yet."""
        return self.status is _S.HELD

    def presses(self, now: datetime, zone: str) -> tuple[Press, ...]:
        """What an official may press on it now."""
        return () if self.is_held else presses_of(self.status, self.mode, self.period.starts_at, now, zone)

    def can_enter_meeting(self, now: datetime) -> bool:
        """Whether the door of its meeting is open, whoever has come so far."""
        times = door_times(self.period, self.desk_delay)
        is_open = times.opens_at <= now < times.closes_at
        return self.mode is Mode.VIDEO and is_open and self.status in OPEN | {_S.NO_SHOW}

    def is_no_show_suggested(self, now: datetime) -> bool:
        """Whether it is time to ask «Δεν προσήλθε;»."""
        return is_no_show_suggested(self.status, self.period.starts_at, now, self.desk_delay)


@dataclass(frozen=True, slots=True)
class Waiting:
    """Somebody who waits now. Who ``is_away`` came and left: nobody can admit them."""

    booking: DayBooking
    arrived_at: datetime
    is_away: bool
    is_early: bool

    def minutes(self, now: datetime) -> int:
        """For how long, counted from the own time."""
        since = waiting_since(self.booking.period.starts_at, self.arrived_at)
        return max(0, int((now - since).total_seconds() // 60))


def find_waiting(bookings: Iterable[DayBooking], now: datetime) -> list[Waiting]:
    """Who waits, of all modes together, in the order in which they are served."""
    found = [waiting for booking in bookings if (waiting := _waits(booking, now))]
    return sorted(found, key=lambda one: waiting_order(one.booking.period.starts_at, one.arrived_at, now))


def count_waiting(waiting: Iterable[Waiting]) -> int:
    """Those who are there."""
    return sum(not one.is_away for one in waiting)


def _waits(booking: DayBooking, now: datetime) -> Waiting | None:
    starts_at = booking.period.starts_at
    if booking.mode is not Mode.VIDEO:
        if booking.status is not _S.WAITING:
            return None
        return Waiting(booking, booking.arrived_at or starts_at, is_away=False, is_early=starts_at > now)
    presence = booking.presence
    if booking.status not in IN_MEETING or presence.is_admitted or presence.waiting_since is None:
        return None
    is_present = presence.seen_at is not None and now - presence.seen_at <= PRESENT_FOR
    if not is_present and booking.status is not _S.WAITING:
        # Whoever admitted was cut off before there was a room, and the citizen went.
        return None
    return Waiting(booking, presence.waiting_since, is_away=not is_present, is_early=starts_at > now)


def measure_delay(bookings: Iterable[DayBooking], now: datetime) -> timedelta:
    """By how much one desk is late with these bookings: a person who has not come makes no desk late."""
    ours = list(bookings)
    is_serving = any(booking.status is _S.IN_SERVICE for booking in ours)
    late = [
        booking.period.starts_at
        for booking in ours
        if booking.period.starts_at <= now < booking.period.ends_at + LATE_UNTIL
        and (booking.status is _S.WAITING or (booking.status is _S.BOOKED and is_serving))
    ]
    return now - min(late) if late else timedelta()


@dataclass(frozen=True, slots=True)
class Delay:
    """By how much a desk is late; ``is_stated`` where its official says more than is measured."""

    desk_id: int
    length: timedelta
    is_stated: bool


def worst_delay(bookings: Iterable[DayBooking], stated: dict[int, timedelta], now: datetime) -> Delay | None:
    """The desk that is later than all others, if one is late by a minute."""
    by_desk: dict[int, list[DayBooking]] = {desk_id: [] for desk_id in stated}
    for booking in bookings:
        by_desk.setdefault(booking.desk_id, []).append(booking)
    found = [_delay_of(desk_id, ours, stated.get(desk_id, timedelta()), now) for desk_id, ours in by_desk.items()]
    late = [delay for delay in found if delay.length >= timedelta(minutes=1)]
    return max(late, key=lambda delay: (delay.length, -delay.desk_id), default=None)


def _delay_of(desk_id: int, bookings: Sequence[DayBooking], stated: timedelta, now: datetime) -> Delay:
    measured = measure_delay(bookings, now)
    return Delay(desk_id, max(measured, stated), is_stated=stated > measured)


def count_due(bookings: Iterable[DayBooking]) -> int:
    """Those that stand: neither held nor cancelled."""
    return sum(booking.status in OPEN or is_done(booking.status) for booking in bookings)


def is_done(status: BookingStatus) -> bool:
    """Served, not served or missed: it took place, and is over."""
    return status in FINAL and status not in {_S.CANCELLED_BY_CITIZEN, _S.CANCELLED_BY_MUNICIPALITY}


def fits(period: Period, open_periods: Iterable[Period], away: Iterable[Period]) -> bool:
    """Whether a booking's time lies in the hours and in no closure or absence."""
    return any(open_period.contains(period) for open_period in subtract(merge(open_periods), away))
