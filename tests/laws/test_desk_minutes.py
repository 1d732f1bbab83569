"""What is remembered of a desk's day agrees with the engine: a desk is open where it could serve five minutes."""

from collections import Counter
from dataclasses import replace

from hypothesis import given

from dimoslive.domain.scheduling.desk_minutes import TICK_MINUTES, desk_minutes
from dimoslive.domain.scheduling.local_time import ATHENS, day_period, local_day
from dimoslive.domain.scheduling.places import offered_places
from dimoslive.domain.scheduling.slots import ServiceCalendar
from tests.laws.test_slots import Situation, situations


def in_fives(calendar: ServiceCalendar, **rules: int) -> ServiceCalendar:
    """The same calendar, if each appointment took five minutes and nothing around it."""
    plain = {"duration_minutes": 5, "step_minutes": 5, "buffer_before_minutes": 0, "buffer_after_minutes": 0}
    return replace(calendar, rules=replace(calendar.rules, **(plain | rules)))


@given(situations())
def test_a_desk_is_open_where_the_engine_offers_five_minutes(situation: Situation) -> None:
    day = local_day(situation.window.starts_at, ATHENS)
    offered = Counter(
        desk for desk, _ in offered_places(in_fives(situation.calendar, staff_reserve=0), day_period(day, ATHENS))
    )
    found = desk_minutes([situation.calendar], day)
    assert {desk: minutes.open_minutes for desk, minutes in found.items()} == {
        desk: offered[desk] * TICK_MINUTES for desk in situation.calendar.busy
    }


@given(situations())
def test_what_is_public_is_what_the_engine_offers_shared_out(situation: Situation) -> None:
    day = local_day(situation.window.starts_at, ATHENS)
    offered = len(offered_places(in_fives(situation.calendar), day_period(day, ATHENS))) * TICK_MINUTES
    found = desk_minutes([situation.calendar], day).values()
    # Each desk's part is rounded.
    assert abs(sum(minutes.public_minutes for minutes in found) - offered) <= len(found) / 2
    assert all(0 <= minutes.public_minutes <= minutes.open_minutes for minutes in found)
