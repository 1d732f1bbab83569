from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from itertools import pairwise

from hypothesis import example, given
from hypothesis import strategies as st

from dimoslive.domain.scheduling.holidays import is_working_day
from dimoslive.domain.scheduling.local_time import ATHENS, day_period, days_period, local_day, to_instant
from dimoslive.domain.scheduling.mode import Mode
from dimoslive.domain.scheduling.opening_hours import DatedHours, WeeklyHours, opening_periods
from dimoslive.domain.scheduling.periods import Period
from dimoslive.domain.scheduling.slots import (
    TICK,
    ServiceCalendar,
    ServiceRules,
    Slot,
    free_slots,
    last_open_day,
    next_release,
    ticks,
)
from tests.support.builders import AUTUMN, SPRING, a_calendar, booked, utc


@dataclass(frozen=True)
class Situation:
    """Somebody asks for the free times of a window."""

    calendar: ServiceCalendar
    mode: Mode
    window: Period
    now: datetime

    def slots(self, *, window: Period | None = None, calendar: ServiceCalendar | None = None) -> list[Slot]:
        return free_slots(calendar or self.calendar, self.mode, window or self.window, self.now)


# The last one lies between two ticks: forms refuse it, rows from elsewhere may have it.
WALLS = st.builds(time, st.integers(0, 23), st.sampled_from([0, 15, 30, 45, 52]))
FIRST_DAYS = st.sampled_from(
    [SPRING, AUTUMN, SPRING - timedelta(days=1), AUTUMN - timedelta(days=2), date(2026, 10, 27), date(2026, 12, 23)]
)


@st.composite
def opening_walls(draw: st.DrawFn) -> tuple[time, time]:
    """Mostly at night, where the clock changes."""
    opens = draw(st.builds(time, st.integers(0, 4), st.sampled_from([0, 15, 30])) | WALLS)
    return opens, draw(WALLS.filter(lambda closes: closes > opens) | st.just(time()))


@st.composite
def situations(draw: st.DrawFn) -> Situation:
    """Three days, among them those on which the clock changes, with all that a calendar can hold."""
    first = draw(FIRST_DAYS)
    days = [first + timedelta(days=offset) for offset in range(3)]
    near = days_period(days[0], days[-1], ATHENS)
    some_ticks = st.builds(
        lambda start, length: set(range(start, start + length)),
        st.sampled_from(ticks(near.starts_at, near.ends_at)),
        st.integers(1, 24),
    )
    rules = ServiceRules(
        duration_minutes=draw(st.integers(1, 12)) * 5,
        step_minutes=draw(st.integers(1, 12)) * 5,
        buffer_before_minutes=draw(st.integers(0, 3)) * 5,
        buffer_after_minutes=draw(st.integers(0, 3)) * 5,
        notice_minutes=draw(st.sampled_from([0, 7, 120, 1440])),
        notice_working_days=draw(st.sampled_from([0, 1, 2])),
        horizon_days=draw(st.sampled_from([60, 60, 60, 9, 3])),
        release_at=draw(WALLS),
        staff_reserve=draw(st.sampled_from([0, 0, 1, 2])),
    )
    hours = draw(st.lists(opening_walls(), min_size=1, max_size=3))
    weekly = [WeeklyHours(weekday, opens, closes) for weekday in range(7) for opens, closes in hours]
    dated = [
        DatedHours(day, *draw(opening_walls() | st.just((None, None))))
        for day in draw(st.lists(st.sampled_from(days), max_size=1))
    ]
    calendar = ServiceCalendar(
        rules=rules,
        weekly=weekly,
        dated=dated,
        closed=frozenset(draw(st.just(set()) | some_ticks)),
        busy={desk: set().union(*draw(st.lists(some_ticks, max_size=4))) for desk in range(draw(st.integers(1, 4)))},
    )
    minutes = int(near.length.total_seconds() // 60)
    starts = draw(st.integers(0, minutes // 3))
    ends = draw(st.just(minutes) | st.integers(starts + 1, minutes))
    window = Period(near.starts_at + timedelta(minutes=starts), near.starts_at + timedelta(minutes=ends))
    now = near.starts_at - timedelta(days=draw(st.sampled_from([1, 2, 4, 8, -1])), seconds=draw(st.integers(0, 86_400)))
    return Situation(calendar, draw(st.sampled_from(Mode)), window, now)


def at_the_clock_change(day: date) -> Situation:
    """All of the day, open over the change, with two desks of which one is busy in part."""
    calendar = a_calendar("01:00-06:00", weekdays=[6], desks=2, buffer_after_minutes=5, notice_working_days=0)
    calendar = booked(calendar, to_instant(day, time(2, 30), ATHENS))
    window = day_period(day, ATHENS)
    return Situation(calendar, Mode.VIDEO, window, window.starts_at - timedelta(days=3))


def law(check: Callable[[Situation], None]) -> Callable[[], None]:
    """Try a law on invented situations, and always on both days of the clock change."""
    tried: Callable[[], None] = given(situations())(check)
    return example(at_the_clock_change(SPRING))(example(at_the_clock_change(AUTUMN))(tried))


def occupied(rules: ServiceRules, slot: Slot) -> Period:
    """What a booking of the slot would take from its desk."""
    return Period(
        slot.starts_at - timedelta(minutes=rules.buffer_before_minutes),
        slot.ends_at + timedelta(minutes=rules.buffer_after_minutes),
    )


def stretches(taken: set[int] | frozenset[int]) -> list[Period]:
    epoch = utc("1970-01-01 00:00")
    return [Period(epoch + tick * TICK, epoch + (tick + 1) * TICK) for tick in taken]


def openings_around(situation: Situation) -> list[Period]:
    rules, window = situation.calendar.rules, situation.window
    days = [local_day(window.starts_at, rules.zone) + timedelta(days=offset) for offset in range(-1, 5)]
    return [
        opening
        for day in days
        for opening in opening_periods(day, situation.calendar.weekly, situation.calendar.dated, rules.zone)
    ]


def starts(slots: list[Slot]) -> list[datetime]:
    return [slot.starts_at for slot in slots]


@law
def test_a_slot_overlaps_nothing_that_its_desks_have_buffers_included(situation: Situation) -> None:
    rules, busy = situation.calendar.rules, situation.calendar.busy
    for slot in situation.slots():
        wanted = occupied(rules, slot)
        assert not any(wanted.overlaps(taken) for desk in slot.desk_ids for taken in stretches(busy[desk]))


@law
def test_a_slot_lies_in_opening_hours(situation: Situation) -> None:
    openings = openings_around(situation)
    for slot in situation.slots():
        assert any(opening.contains(Period(slot.starts_at, slot.ends_at)) for opening in openings)


@law
def test_a_slot_lies_outside_closures(situation: Situation) -> None:
    closures = stretches(situation.calendar.closed)
    for slot in situation.slots():
        assert not any(Period(slot.starts_at, slot.ends_at).overlaps(closure) for closure in closures)


@law
def test_a_slot_lasts_as_long_as_the_service(situation: Situation) -> None:
    lasting = timedelta(minutes=situation.calendar.rules.duration_minutes)
    assert all(slot.ends_at - slot.starts_at == lasting for slot in situation.slots())


@law
def test_slots_are_strictly_increasing_instants(situation: Situation) -> None:
    found = starts(situation.slots())
    assert all(one < other for one, other in pairwise(found))


@law
def test_slots_step_on_the_grid_of_their_opening(situation: Situation) -> None:
    step_minutes = timedelta(minutes=situation.calendar.rules.step_minutes)
    openings = openings_around(situation)
    for slot in situation.slots():
        (opening,) = [o for o in openings if o.starts_at <= slot.starts_at < o.ends_at]
        assert (slot.starts_at - opening.starts_at) % step_minutes == timedelta()


@law
def test_the_notice_is_kept(situation: Situation) -> None:
    rules, now = situation.calendar.rules, situation.now
    today = local_day(now, rules.zone)
    for slot in situation.slots():
        if situation.mode is Mode.IN_PERSON and rules.notice_working_days:
            day = local_day(slot.starts_at, rules.zone)
            between = [today + timedelta(days=n) for n in range(1, (day - today).days + 1)]
            assert sum(is_working_day(each) for each in between) >= rules.notice_working_days
        else:
            assert slot.starts_at - now >= timedelta(minutes=rules.notice_minutes)


@law
def test_the_horizon_is_kept(situation: Situation) -> None:
    rules = situation.calendar.rules
    last = local_day(situation.now, rules.zone) + timedelta(days=rules.horizon_days)
    if situation.now < to_instant(local_day(situation.now, rules.zone), rules.release_at, rules.zone):
        last -= timedelta(days=1)
    assert all(local_day(slot.starts_at, rules.zone) <= last for slot in situation.slots())


@law
def test_a_citizen_never_gets_a_place_that_is_kept_for_staff(situation: Situation) -> None:
    reserve = situation.calendar.rules.staff_reserve
    assert all(len(slot.desk_ids) - 1 >= reserve for slot in situation.slots())


@law
def test_nothing_that_can_be_booked_is_left_out(situation: Situation) -> None:
    calendar, rules = situation.calendar, situation.calendar.rules
    # With nothing taken, nothing kept and nothing closed, each step of each opening is there…
    empty = replace(
        calendar,
        closed=frozenset(),
        busy={desk: set() for desk in calendar.busy},
        rules=replace(rules, staff_reserve=0),
    )
    offered = situation.slots(calendar=empty)
    lasting, step_minutes = timedelta(minutes=rules.duration_minutes), timedelta(minutes=rules.step_minutes)
    grid = [
        opening.starts_at + step_minutes * n
        for opening in openings_around(situation)
        for n in range(opening.length // step_minutes + 1)
        if opening.starts_at + step_minutes * n + lasting <= opening.ends_at
        if situation.window.starts_at <= opening.starts_at + step_minutes * n < situation.window.ends_at
    ]
    last = last_open_day(rules, situation.now)
    if situation.mode is not Mode.IN_PERSON or not rules.notice_working_days:
        earliest = situation.now + timedelta(minutes=rules.notice_minutes)
        assert starts(offered) == [s for s in grid if s >= earliest and local_day(s, rules.zone) <= last]
    # … and a slot is missing only because too few desks are free, or for a closure.
    missing = set(starts(offered)) - set(starts(situation.slots()))
    for slot in offered:
        if slot.starts_at in missing:
            wanted, served = occupied(rules, slot), Period(slot.starts_at, slot.ends_at)
            free = [d for d, taken in calendar.busy.items() if not any(wanted.overlaps(t) for t in stretches(taken))]
            closed = any(served.overlaps(closure) for closure in stretches(calendar.closed))
            assert closed or len(free) <= rules.staff_reserve


@law
def test_adding_a_booking_never_adds_a_slot_nor_a_desk(situation: Situation) -> None:
    before = situation.slots()
    desks = {slot.starts_at: set(slot.desk_ids) for slot in before}
    for slot in before[:2] + before[-2:]:
        after = situation.slots(calendar=booked(situation.calendar, slot.starts_at, desk=slot.desk_ids[0]))
        assert all(set(left.desk_ids) <= desks.get(left.starts_at, set()) for left in after)
        assert slot not in after


@law
def test_cancelling_a_booking_restores_the_list(situation: Situation) -> None:
    before = situation.slots()
    for slot in before[:2] + before[-2:]:
        desk, wanted = slot.desk_ids[-1], occupied(situation.calendar.rules, slot)
        with_booking = booked(situation.calendar, slot.starts_at, desk=desk)
        freed = with_booking.busy[desk] - set(ticks(wanted.starts_at, wanted.ends_at))
        cancelled = replace(with_booking, busy={**with_booking.busy, desk: freed})
        assert situation.slots(calendar=cancelled) == before


@law
def test_booking_one_slot_after_another_never_serves_two_at_one_desk(situation: Situation) -> None:
    calendar, made = situation.calendar, list[tuple[int, Period]]()
    while len(made) < 12 and (slots := situation.slots(calendar=calendar)):
        slot = slots[len(made) % len(slots)]
        desk = slot.desk_ids[len(made) % len(slot.desk_ids)]
        period = occupied(calendar.rules, slot)
        assert not any(other_desk == desk and period.overlaps(other) for other_desk, other in made)
        made.append((desk, period))
        calendar = booked(calendar, slot.starts_at, desk=desk)


@given(situations(), st.floats(0.01, 0.99))
@example(at_the_clock_change(SPRING), 0.15)
@example(at_the_clock_change(AUTUMN), 0.15)
def test_the_slots_of_two_adjacent_windows_are_those_of_the_joined_one(situation: Situation, part: float) -> None:
    whole = situation.window
    between = whole.starts_at + whole.length * part
    split = [Period(whole.starts_at, between), Period(between, whole.ends_at)]
    assert [slot for window in split for slot in situation.slots(window=window)] == situation.slots()


@given(situations())
@example(at_the_clock_change(SPRING))
@example(at_the_clock_change(AUTUMN))
def test_asking_changes_nothing(situation: Situation) -> None:
    busy = {desk: set(taken) for desk, taken in situation.calendar.busy.items()}
    assert situation.slots() == situation.slots()
    assert situation.calendar.busy == busy


@given(
    st.datetimes(datetime(2026, 3, 27), datetime(2026, 3, 31))
    | st.datetimes(datetime(2026, 10, 23), datetime(2026, 10, 27)),
    WALLS,
)
@example(datetime(2026, 3, 28, 22), time(3, 30))
@example(datetime(2026, 10, 24, 22), time(3, 30))
@example(datetime(2026, 10, 25, 1, 10), time(3, 30))
def test_one_more_day_opens_at_the_release_and_at_no_other_time(naive: datetime, release_at: time) -> None:
    rules, now = ServiceRules(release_at=release_at), utc(naive.isoformat())
    release = next_release(rules, now)
    just_before = release - timedelta.resolution
    assert now < release
    assert last_open_day(rules, just_before) == last_open_day(rules, now)
    assert last_open_day(rules, release) == last_open_day(rules, now) + timedelta(days=1)
