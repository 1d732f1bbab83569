"""Where bookings that are hit could go: each is dealt one place, and no place is dealt twice."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

from dimoslive.domain.desk.placing import staff_calendar, wanted_ticks
from dimoslive.domain.plans.impact import Hit, in_order
from dimoslive.domain.plans.set_up import Judge, Misfit, Occupied, PlacedBooking, SetUp, calendar_of
from dimoslive.domain.scheduling.holidays import is_working_day
from dimoslive.domain.scheduling.local_time import days_period, local_day, to_local
from dimoslive.domain.scheduling.mode import Mode
from dimoslive.domain.scheduling.periods import Period
from dimoslive.domain.scheduling.slots import Slot, free_slots

WORKING_DAYS_AHEAD = 10
"""So far ahead a place is looked for."""

_INSTEAD = {
    Mode.VIDEO: (Mode.PHONE, Mode.IN_PERSON),
    Mode.PHONE: (Mode.VIDEO, Mode.IN_PERSON),
    Mode.IN_PERSON: (Mode.VIDEO, Mode.PHONE),
}
"""Whoever was to stay at home stays at home, if that can be."""


class ProposalKind(StrEnum):
    """How far the proposed place is from the booking's own."""

    OTHER_DESK = "other_desk"
    """At the same time."""
    OTHER_MODE = "other_mode"
    """At the same time and desk: nothing but the mode was taken away."""
    SAME_DAY = "same_day"
    OTHER_DAY = "other_day"
    NONE = "none"


class Decision(StrEnum):
    """What becomes of a booking that is hit."""

    KEEP = "keep"
    MOVE = "move"
    """To the target: another desk, another time or another mode."""
    CANCEL = "cancel"
    CHOOSE = "choose"
    """The citizen is asked for another time; until then it stays. Unanswered a day before, it is cancelled."""


@dataclass(frozen=True, slots=True)
class Target:
    """A place for a booking, and how it is held there."""

    starts_at: datetime
    desk_id: int
    mode: Mode


@dataclass(frozen=True, slots=True)
class Proposal:
    """The best place that was left for a booking."""

    hit: Hit
    kind: ProposalKind
    target: Target | None = None

    @property
    def decision(self) -> Decision:
        """What happens if nobody decides otherwise."""
        return Decision.MOVE if self.target else Decision.CANCEL


@dataclass(frozen=True, slots=True)
class _Place:
    kind: ProposalKind
    target: Target
    ticks: range


def window_of_proposals(bookings: Sequence[PlacedBooking], now: datetime, zone: str) -> Period:
    """The time in which places are looked for, for at least one booking."""
    first, last = (pick(b.period.starts_at for b in bookings) for pick in (min, max))
    return days_period(local_day(max(first, now), zone), _working_days_after(local_day(last, zone))[-1], zone)


def deal(after: SetUp, hits: Sequence[Hit], occupied: Occupied, now: datetime) -> tuple[Proposal, ...]:
    """A proposal for each booking that is hit, in the order of the hits.

    Whoever has the fewest choices is dealt to first, then whoever comes first. The booking's own place stays occupied.
    """
    dealer = _Dealer(after, hits, occupied, now)
    order = sorted(hits, key=lambda hit: (dealer.choices(hit), *in_order(hit.booking)))
    dealt = {hit.booking.id: dealer.deal(hit) for hit in order}
    return tuple(dealt[hit.booking.id] for hit in hits)


def _working_days_after(day: date) -> list[date]:
    found: list[date] = []
    while len(found) < WORKING_DAYS_AHEAD:
        day += timedelta(days=1)
        if is_working_day(day):
            found.append(day)
    return found


class _Slot(NamedTuple):
    """A free time with the minutes that the clock shows then, and the ticks that it takes."""

    wall: int
    slot: Slot
    ticks: range


class _Elsewhere(NamedTuple):
    """A free time at another time than the booking's own, at any of its desks."""

    kind: ProposalKind
    slot: Slot
    ticks: range


_Key = tuple[int, datetime, datetime]
"""A service, and when its bookings begin and end: these have the same choices at other times."""


class _Dealer:
    """Keeps in mind what is dealt already. A place that is gone stays gone, so nobody looks at it twice."""

    def __init__(self, after: SetUp, hits: Sequence[Hit], occupied: Occupied, now: datetime) -> None:
        self._after, self._occupied, self._now = after, occupied, now
        self._judge = Judge(after)
        self._hit = [hit.booking for hit in hits]
        self._reserved: dict[int, set[int]] = {}
        self._slots: dict[tuple[int, timedelta], Mapping[date, list[_Slot]]] = {}
        self._at_once: dict[int, list[_Place]] = {}
        self._elsewhere: dict[_Key, list[_Elsewhere]] = {}
        self._choices: dict[_Key, int] = {}
        self._passed: dict[_Key, int] = {}
        self._ahead: dict[date, list[date]] = {}

    def choices(self, hit: Hit) -> int:
        """How many places there are, before anything is dealt."""
        key, elsewhere = _key(hit.booking), self._elsewhere_of(hit)
        if key not in self._choices:
            self._choices[key] = sum(len(found.slot.desk_ids) for found in elsewhere)
        return len(self._places_at_once(hit)) + (self._choices[key] if elsewhere else 0)

    def deal(self, hit: Hit) -> Proposal:
        """The nearest place that is left."""
        place = self._first_left(hit)
        if place is None:
            return Proposal(hit, ProposalKind.NONE)
        self._reserved.setdefault(place.target.desk_id, set()).update(place.ticks)
        return Proposal(hit, place.kind, place.target)

    def _first_left(self, hit: Hit) -> _Place | None:
        for place in self._places_at_once(hit):
            # In another mode it stays at its own desk, where nobody else can come.
            if place.kind is ProposalKind.OTHER_MODE or self._is_left(place):
                return place
        key, elsewhere = _key(hit.booking), self._elsewhere_of(hit)
        for number in range(self._passed.get(key, 0), len(elsewhere)):
            self._passed[key] = number
            kind, slot, wanted = elsewhere[number]
            for desk_id in slot.desk_ids:
                place = _Place(kind, Target(slot.starts_at, desk_id, hit.booking.mode), wanted)
                if self._is_left(place):
                    return place
        self._passed[key] = len(elsewhere)
        return None

    def _is_left(self, place: _Place) -> bool:
        return self._reserved.get(place.target.desk_id, set()).isdisjoint(place.ticks)

    def _places_at_once(self, hit: Hit) -> list[_Place]:
        """Those at the booking's own time."""
        booking = hit.booking
        if booking.id not in self._at_once:
            if _NOWHERE & hit.misfits:
                modes = self._other_modes(booking) if hit.misfits == {Misfit.MODE} else ()
                targets = [Target(booking.period.starts_at, booking.desk_id, mode) for mode in modes]
                kind = ProposalKind.OTHER_MODE
            else:
                desks = self._other_desks(booking) if hit.misfits <= _OF_DESKS else ()
                targets = [Target(booking.period.starts_at, desk, booking.mode) for desk in desks]
                kind = ProposalKind.OTHER_DESK
            self._at_once[booking.id] = [_Place(kind, target, booking.ticks) for target in targets]
        return self._at_once[booking.id]

    def _other_modes(self, booking: PlacedBooking) -> Iterator[Mode]:
        """By which the person can be served as well as told."""
        can_be_served = {Mode.PHONE: booking.has_phone, Mode.VIDEO: booking.has_email, Mode.IN_PERSON: True}
        offered = self._after.services[booking.service_id].modes
        return (mode for mode in _INSTEAD[booking.mode] if mode in offered and can_be_served[mode])

    def _other_desks(self, booking: PlacedBooking) -> Iterator[int]:
        own, service = self._after.regular(booking.desk_id), self._after.services[booking.service_id]
        for desk in service.desk_ids:
            is_free = desk != own and self._occupied.get(desk, _EMPTY).isdisjoint(booking.ticks)
            if is_free and not self._judge.misfits(replace(booking, desk_id=desk)):
                yield desk

    def _elsewhere_of(self, hit: Hit) -> list[_Elsewhere]:
        """The other times, nearest first: the same for all bookings of a service that begin and end together."""
        if _NOWHERE & hit.misfits:
            return []
        key = _key(hit.booking)
        if key not in self._elsewhere:
            self._elsewhere[key] = self._look_elsewhere(hit.booking)
        return self._elsewhere[key]

    def _look_elsewhere(self, booking: PlacedBooking) -> list[_Elsewhere]:
        rules, starts_at = self._after.services[booking.service_id].rules, booking.period.starts_at
        slots, day, own_wall = self._slots_of(booking), local_day(starts_at, rules.zone), _wall(starts_at, rules.zone)
        earliest = self._now + timedelta(minutes=rules.notice_minutes)
        if day not in self._ahead:
            self._ahead[day] = _working_days_after(day)

        def nearness(found: _Slot) -> tuple[int, datetime]:
            return abs(found.wall - own_wall), found.slot.starts_at

        of_day = [found for found in slots.get(day, ()) if found.slot.starts_at != starts_at]
        later = [found for ahead in self._ahead[day] for found in slots.get(ahead, ())]
        return [
            _Elsewhere(kind, slot, wanted)
            for kind, found in ((ProposalKind.SAME_DAY, of_day), (ProposalKind.OTHER_DAY, later))
            for _, slot, wanted in sorted(found, key=nearness)
            if slot.starts_at >= earliest
        ]

    def _slots_of(self, booking: PlacedBooking) -> Mapping[date, list[_Slot]]:
        """What staff may give in this length, by day. No reserve binds them; opening and horizon do."""
        key = booking.service_id, booking.period.length
        if key not in self._slots:
            zone = self._after.services[booking.service_id].rules.zone
            window, by_day = window_of_proposals(self._hit, self._now, zone), dict[date, list[_Slot]]()
            near = Period(window.starts_at - timedelta(days=1), window.ends_at + timedelta(days=1))
            calendar = calendar_of(self._after, booking.service_id, self._occupied, near)
            for slot in free_slots(staff_calendar(calendar, _minutes(booking)), booking.mode, window, self._now):
                wanted = wanted_ticks(calendar.rules, slot.starts_at, _minutes(booking))
                found = _Slot(_wall(slot.starts_at, zone), slot, wanted)
                by_day.setdefault(local_day(slot.starts_at, zone), []).append(found)
            self._slots[key] = by_day
        return self._slots[key]


_NOWHERE = frozenset({Misfit.SERVICE, Misfit.MODE})
"""Against these no other place helps: the mode stays."""
_OF_DESKS = frozenset({Misfit.DESK, Misfit.ABSENT})
"""Only against these another desk helps at the same time."""
_EMPTY: frozenset[int] = frozenset()


def _key(booking: PlacedBooking) -> _Key:
    return booking.service_id, booking.period.starts_at, booking.period.ends_at


def _minutes(booking: PlacedBooking) -> int:
    return int(booking.period.length.total_seconds() // 60)


def _wall(instant: datetime, zone: str) -> int:
    """Minutes since midnight on the clock."""
    local = to_local(instant, zone)
    return local.hour * 60 + local.minute
