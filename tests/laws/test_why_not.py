"""«Γιατί δεν προσφέρεται;» and the engine never disagree."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dimoslive.domain.scheduling.local_time import ATHENS, days_period, to_instant
from dimoslive.domain.scheduling.mode import Mode
from dimoslive.domain.scheduling.opening_hours import DatedHours, WeeklyHours
from dimoslive.domain.scheduling.periods import Period
from dimoslive.domain.scheduling.slots import (
    TICK,
    ServiceCalendar,
    ServiceRules,
    free_starts,
    last_open_day,
    released_at,
    ticks,
)
from dimoslive.domain.scheduling.why_not import Check, DeskUse, KnownClosure, Offer, why_not
from tests.support.builders import AUTUMN, SPRING, a_calendar

MONTHS = {SPRING: days_period(date(2026, 3, 1), date(2026, 3, 31), ATHENS)} | {
    AUTUMN: days_period(date(2026, 10, 1), date(2026, 10, 31), ATHENS)
}
"""With a clock change and a holiday each."""


@dataclass(frozen=True)
class Asked:
    offer: Offer
    mode: Mode
    month: Period
    now: datetime

    def every_five_minutes(self) -> Iterator[datetime]:
        at = self.month.starts_at
        while at < self.month.ends_at:
            yield at
            at += TICK

    def check(self) -> set[Check]:
        """That each is offered exactly when the engine offers it; returns the reasons that came up."""
        starts = free_starts(self.offer.calendar, self.mode, self.month, self.now)
        reasons = {at: why_not(self.offer, self.mode, at, self.now) for at in self.every_five_minutes()}
        assert [int(at.timestamp()) for at, reason in reasons.items() if reason is None] == starts
        return {reason.check for reason in reasons.values() if reason}


@st.composite
def asked(draw: st.DrawFn) -> Asked:
    """A month of a calendar with all that one can hold."""
    change = draw(st.sampled_from([SPRING, AUTUMN]))
    month = MONTHS[change]
    month_ticks = ticks(month.starts_at, month.ends_at)
    some = st.builds(
        lambda day, start, length: set(month_ticks[day * 288 + start :][:length]),
        st.integers(0, 30),
        st.integers(0, 287),
        st.integers(1, 600),
    )
    rules = ServiceRules(
        duration_minutes=draw(st.integers(1, 12)) * 5,
        step_minutes=draw(st.integers(1, 12)) * 5,
        buffer_before_minutes=draw(st.integers(0, 3)) * 5,
        buffer_after_minutes=draw(st.integers(0, 3)) * 5,
        notice_minutes=draw(st.sampled_from([0, 7, 120, 1440])),
        notice_working_days=draw(st.sampled_from([0, 1, 2])),
        horizon_days=draw(st.sampled_from([60, 10, 3])),
        release_at=time(draw(st.integers(0, 23)), 30),
        staff_reserve=draw(st.sampled_from([0, 0, 1, 2])),
    )
    walls = [(time(8, 30), time(15)), (time(1), time(5)), (time(22, 30), time()), (time(15), time(15, 20))]
    hours = draw(st.lists(st.sampled_from(walls), min_size=1, unique=True))
    dated = [
        DatedHours(day, *draw(st.sampled_from([(None, None), (time(2, 30), time(4, 30)), (time(9), time(11, 5))])))
        for day in draw(st.lists(st.sampled_from([change, change - timedelta(days=2), date(2026, 3, 25)]), max_size=2))
    ]
    closed = draw(st.just(set()) | some)
    absent, booked, held, kept = (draw(st.lists(st.just(set()) | some, min_size=3, max_size=3)) for _ in range(4))
    desks = range(draw(st.integers(0, 3)))
    now = month.starts_at + timedelta(days=draw(st.integers(-20, 25)), minutes=draw(st.integers(0, 1440)))
    uses = {
        desk: DeskUse(absent[desk], held[desk], dict.fromkeys(kept[desk] - booked[desk] - held[desk], now + TICK))
        for desk in desks
    }
    calendar = ServiceCalendar(
        rules=rules,
        weekly=[WeeklyHours(weekday, *one) for weekday in range(6) for one in hours],
        dated=dated,
        closed=frozenset(closed),
        busy={desk: {*absent[desk], *booked[desk], *held[desk], *uses[desk].kept} for desk in desks},
    )
    return Asked(Offer(calendar, desks=uses), draw(st.sampled_from(Mode)), month, now)


@pytest.mark.slow
@given(asked())
@settings(max_examples=4)
def test_a_time_is_said_to_be_offered_exactly_when_the_engine_offers_it(asked: Asked) -> None:
    asked.check()


@pytest.mark.slow
@pytest.mark.parametrize(("change", "month"), MONTHS.items())
def test_so_it_is_in_a_month_in_which_every_reason_comes_up(change: date, month: Period) -> None:
    at = {wall: to_instant(change, time.fromisoformat(wall), ATHENS) for wall in ("01:30", "02:00", "02:30", "04:30")}
    closure = KnownClosure(7, Period(at["02:00"], at["02:30"]))
    tomorrow = days_period(change + timedelta(days=1), change + timedelta(days=1), ATHENS)
    kept = dict.fromkeys(ticks(at["04:30"], at["04:30"] + TICK), at["04:30"])
    calendar = a_calendar(
        "01:00-05:10 08:30-15:00",
        weekdays=range(7),
        closed=[closure.period],
        duration_minutes=20,
        step_minutes=15,
        buffer_after_minutes=5,
        staff_reserve=1,
        notice_working_days=0,
        horizon_days=1,
    )
    busy = {
        1: {*ticks(tomorrow.starts_at, tomorrow.ends_at), *ticks(at["01:30"], at["02:00"])},
        2: {*ticks(tomorrow.starts_at, tomorrow.starts_at + timedelta(hours=4)), *kept},
    }
    offer = Offer(replace(calendar, busy=busy), closures=[closure], desks={2: DeskUse(kept=kept)})
    found = Asked(offer, Mode.VIDEO, month, to_instant(change, time(0), ATHENS)).check()
    assert found == set(Check) - {Check.PUBLISHED, Check.PAUSE, Check.MODE}


@given(st.integers(0, 400), st.integers(1, 365), st.times())
def test_a_day_is_released_at_the_first_instant_at_which_it_can_be_booked(
    ahead: int, horizon_days: int, release: time
) -> None:
    rules = ServiceRules(horizon_days=horizon_days, release_at=release.replace(second=0, microsecond=0))
    day = SPRING + timedelta(days=ahead)
    opens = released_at(rules, day)
    assert last_open_day(rules, opens) == day
    assert last_open_day(rules, opens - timedelta.resolution) == day - timedelta(days=1)
