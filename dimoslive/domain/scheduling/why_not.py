"""«Γιατί δεν προσφέρεται;»: the first reason for which citizens are not offered a time.

Each check asks the engine (`slots.py`) with all other limits lifted, so there is no second copy of a rule, and a time
that passes all checks is one that the engine offers. A law holds the two together.
"""

from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum

from dimoslive.domain.scheduling.local_time import local_day
from dimoslive.domain.scheduling.mode import Mode
from dimoslive.domain.scheduling.opening_hours import DatedHours, opening_periods
from dimoslive.domain.scheduling.periods import Period
from dimoslive.domain.scheduling.slots import (
    SHORTEST,
    ServiceCalendar,
    ServiceRules,
    desks_at,
    earliest_start,
    horizon_end,
    occupied_ticks,
    released_at,
    starts_in,
    ticks,
)


class Check(StrEnum):
    """What must hold of a time, in the order in which it is asked."""

    PUBLISHED = "published"
    """The municipality takes bookings, and the service is not archived."""
    PAUSE = "pause"
    HOURS = "hours"
    HOLIDAY = "holiday"
    CLOSURE = "closure"
    MODE = "mode"
    DESKS = "desks"
    STAFF = "staff"
    """More desks are free than are kept for staff."""
    NOTICE = "notice"
    HORIZON = "horizon"
    RELEASE = "release"
    """A time that was given back is not kept for a while yet."""
    STEP = "step"
    LENGTH = "length"
    """The appointment ends before the hours do."""


class DeskIs(StrEnum):
    """Why a desk cannot serve."""

    ABSENT = "absent"
    HELD = "held"
    BOOKED = "booked"


@dataclass(frozen=True, slots=True)
class KnownClosure:
    """A closure that concerns the service."""

    id: int
    period: Period


@dataclass(frozen=True, slots=True)
class DeskUse:
    """What of a desk's busy ticks is no booking. ``kept`` are given-back ticks, with the instant that frees them."""

    absent: AbstractSet[int] = frozenset()
    held: AbstractSet[int] = frozenset()
    kept: Mapping[int, datetime] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Offer:
    """A service as an administrator asks about it. The calendar decides; closures and desks only name what it says."""

    calendar: ServiceCalendar
    modes: AbstractSet[Mode] = frozenset(Mode)
    is_published: bool = True
    is_active: bool = True
    is_paused: bool = False
    closures: Sequence[KnownClosure] = ()
    desks: Mapping[int, DeskUse] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class WhyNot:
    """The check that fails, and what a person must know to change it."""

    check: Check
    hours: tuple[Period, ...] = ()
    """HOURS: when the service is open that day."""
    is_dated: bool = False
    """HOURS: they are hours of that date."""
    closures: tuple[int, ...] = ()
    desks: tuple[tuple[int, DeskIs], ...] = ()
    """DESKS: each desk of the service; none, if it has none."""
    free_desks: int = 0
    """STAFF: so many are free, and all of them are kept."""
    from_: datetime | None = None
    """NOTICE: the first instant that can be booked. HORIZON, RELEASE: when this time can be."""
    before: datetime | None = None
    """STEP: the start before. LENGTH: the last start of these hours."""
    after: datetime | None = None
    """STEP: the start after."""
    closes_at: datetime | None = None
    """LENGTH: when these hours end."""


@dataclass(frozen=True, slots=True)
class _Question:
    offer: Offer
    mode: Mode
    starts_at: datetime
    now: datetime

    @property
    def calendar(self) -> ServiceCalendar:
        return self.offer.calendar

    @property
    def day(self) -> date:
        return local_day(self.starts_at, self.calendar.rules.zone)

    @property
    def second(self) -> int:
        return int(self.starts_at.timestamp())

    def openings(self, dated: Sequence[DatedHours]) -> list[Period]:
        return opening_periods(self.day, self.calendar.weekly, dated, self.calendar.rules.zone)

    def opening(self, dated: Sequence[DatedHours]) -> Period | None:
        """The hours in which the time lies."""
        return next((one for one in self.openings(dated) if one.starts_at <= self.starts_at < one.ends_at), None)

    def starts(self, rules: ServiceRules) -> range:
        """Where an appointment may start in the hours in which the time lies."""
        opening = self.opening(self.calendar.dated)
        return starts_in(rules, opening) if opening else range(0)


def why_not(offer: Offer, mode: Mode, starts_at: datetime, now: datetime) -> WhyNot | None:
    """The first check that fails, in the order of `Check`; None of a time that citizens are offered."""
    question = _Question(offer, mode, starts_at, now)
    return next((found for check in Check if (found := _ASK[check](question))), None)


def _published(asked: _Question) -> WhyNot | None:
    return None if asked.offer.is_published and asked.offer.is_active else WhyNot(Check.PUBLISHED)


def _pause(asked: _Question) -> WhyNot | None:
    return WhyNot(Check.PAUSE) if asked.offer.is_paused else None


def _hours(asked: _Question) -> WhyNot | None:
    calendar, day = asked.calendar, asked.day
    dated = [hours for hours in calendar.dated if hours.on == day]
    # As dated hours the weekly ones hold on a holiday too: whether it is one is the next question.
    usual = [DatedHours(day, hours.opens, hours.closes) for hours in calendar.weekly if hours.holds_on(day)]
    if asked.opening(dated or usual):
        return None
    return WhyNot(Check.HOURS, hours=tuple(asked.openings(dated or usual)), is_dated=bool(dated))


def _holiday(asked: _Question) -> WhyNot | None:
    return None if asked.opening(asked.calendar.dated) else WhyNot(Check.HOLIDAY)


def _closure(asked: _Question) -> WhyNot | None:
    always_free = replace(asked.calendar, busy={0: set()}, rules=replace(asked.calendar.rules, staff_reserve=0))
    if desks_at(always_free, asked.starts_at):
        return None
    wanted = ticks(asked.starts_at, asked.starts_at + timedelta(minutes=asked.calendar.rules.duration_minutes))
    met = [one.id for one in asked.offer.closures if _meet(ticks(one.period.starts_at, one.period.ends_at), wanted)]
    return WhyNot(Check.CLOSURE, closures=tuple(met))


def _mode(asked: _Question) -> WhyNot | None:
    return None if asked.mode in asked.offer.modes else WhyNot(Check.MODE)


def _desks(asked: _Question) -> WhyNot | None:
    if _free(asked):
        return None
    wanted = set(occupied_ticks(asked.calendar.rules, asked.starts_at))
    return WhyNot(
        Check.DESKS,
        desks=tuple((id_, _state(asked.offer.desks.get(id_, DeskUse()), wanted)) for id_ in asked.calendar.busy),
    )


def _state(desk: DeskUse, wanted: AbstractSet[int]) -> DeskIs:
    if not wanted.isdisjoint(desk.absent):
        return DeskIs.ABSENT
    return DeskIs.BOOKED if wanted.isdisjoint(desk.held) else DeskIs.HELD


def _staff(asked: _Question) -> WhyNot | None:
    if _free(asked, reserve=asked.calendar.rules.staff_reserve):
        return None
    return WhyNot(Check.STAFF, free_desks=len(_free(asked)))


def _notice(asked: _Question) -> WhyNot | None:
    earliest = earliest_start(asked.calendar.rules, asked.mode, asked.now)
    return WhyNot(Check.NOTICE, from_=earliest) if asked.starts_at < earliest else None


def _horizon(asked: _Question) -> WhyNot | None:
    rules = asked.calendar.rules
    if asked.starts_at < horizon_end(rules, asked.now):
        return None
    return WhyNot(Check.HORIZON, from_=released_at(rules, asked.day))


def _release(asked: _Question) -> WhyNot | None:
    rules = asked.calendar.rules
    wanted = occupied_ticks(rules, asked.starts_at)
    ends = {desk.kept[tick] for desk in asked.offer.desks.values() for tick in wanted if tick in desk.kept}
    for end in (asked.now, *sorted(ends)):
        if _free(asked, reserve=rules.staff_reserve, at=end):
            return WhyNot(Check.RELEASE, from_=end) if end > asked.now else None
    return WhyNot(Check.RELEASE)


def _step(asked: _Question) -> WhyNot | None:
    # The shortest appointment there is: whether ours ends in time is the next question.
    starts = asked.starts(replace(asked.calendar.rules, duration_minutes=SHORTEST))
    if asked.second in starts:
        return None
    before = [start for start in starts if start < asked.second]
    return WhyNot(Check.STEP, before=_instant(before[-1:]), after=_instant(starts[len(before) :]))


def _length(asked: _Question) -> WhyNot | None:
    starts = asked.starts(asked.calendar.rules)
    if asked.second in starts:
        return None
    opening = asked.opening(asked.calendar.dated)
    return WhyNot(Check.LENGTH, before=_instant(starts[-1:]), closes_at=opening.ends_at if opening else None)


def _instant(starts: Sequence[int]) -> datetime | None:
    return datetime.fromtimestamp(starts[0], UTC) if starts else None


_ASK: Mapping[Check, Callable[[_Question], WhyNot | None]] = {
    Check.PUBLISHED: _published,
    Check.PAUSE: _pause,
    Check.HOURS: _hours,
    Check.HOLIDAY: _holiday,
    Check.CLOSURE: _closure,
    Check.MODE: _mode,
    Check.DESKS: _desks,
    Check.STAFF: _staff,
    Check.NOTICE: _notice,
    Check.HORIZON: _horizon,
    Check.RELEASE: _release,
    Check.STEP: _step,
    Check.LENGTH: _length,
}


def _free(asked: _Question, *, reserve: int = 0, at: datetime | None = None) -> tuple[int, ...]:
    """The desks that are free, closures aside: whatever is kept, or with what is still kept at an instant."""
    calendar = asked.calendar
    wanted = occupied_ticks(calendar.rules, asked.starts_at)

    def busy(desk_id: int, taken: AbstractSet[int]) -> set[int]:
        desk = asked.offer.desks.get(desk_id, DeskUse())
        given = {tick for tick in wanted if tick in desk.kept and (at is None or desk.kept[tick] <= at)} - desk.absent
        return {tick for tick in wanted if tick in taken} - given

    near = {desk_id: busy(desk_id, taken) for desk_id, taken in calendar.busy.items()}
    rules = replace(calendar.rules, staff_reserve=reserve)
    return desks_at(replace(calendar, rules=rules, busy=near, closed=frozenset()), asked.starts_at)


def _meet(one: range, other: range) -> bool:
    return one.start < other.stop and other.start < one.stop
