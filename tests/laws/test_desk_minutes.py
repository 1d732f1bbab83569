"""What is remembered of a desk's day agrees with the engine: a desk is open where it could serve five minutes."""

from collections import Counter
from datetime import date, time, timedelta

from hypothesis import given
from hypothesis import strategies as st

from dimoslive.domain.scheduling.desk_minutes import TICK_MINUTES, desk_minutes
from dimoslive.domain.scheduling.local_time import ATHENS, day_period
from dimoslive.domain.scheduling.opening_hours import WeeklyHours
from dimoslive.domain.scheduling.places import offered_places
from dimoslive.domain.scheduling.slots import ServiceCalendar, ServiceRules, ticks
from tests.support.builders import AUTUMN, SPRING, TUESDAY

WALLS = st.builds(time, st.integers(0, 23), st.sampled_from([0, 5, 30]))
DAYS = st.sampled_from([SPRING, AUTUMN, TUESDAY, SPRING - timedelta(days=1)])


@st.composite
def calendars(draw: st.DrawFn, day: date) -> ServiceCalendar:
    """Appointments of five minutes, with nothing around them, at desks that are absent now and then."""
    period = day_period(day, ATHENS)
    some_ticks = st.sets(st.sampled_from(ticks(period.starts_at, period.ends_at)), max_size=40)
    hours = draw(st.lists(st.tuples(WALLS, WALLS).filter(lambda walls: walls[0] < walls[1]), max_size=3))
    return ServiceCalendar(
        rules=ServiceRules(duration_minutes=5, step_minutes=5, staff_reserve=draw(st.integers(0, 3))),
        weekly=[WeeklyHours(day.weekday(), opens, closes) for opens, closes in hours],
        closed=frozenset(draw(some_ticks)),
        busy={desk: draw(some_ticks) for desk in range(draw(st.integers(0, 3)))},
    )


@given(st.data(), DAYS)
def test_a_desk_is_public_where_the_engine_offers_it(data: st.DataObject, day: date) -> None:
    calendar = data.draw(calendars(day))
    offered = Counter(desk for desk, _ in offered_places(calendar, day_period(day, ATHENS)))
    found = desk_minutes([calendar], day)
    assert found.keys() == calendar.busy.keys()
    assert all(0 <= minutes.public_minutes <= minutes.open_minutes for minutes in found.values())
    if not calendar.rules.staff_reserve:
        assert {desk: minutes.open_minutes for desk, minutes in found.items() if minutes.open_minutes} == {
            desk: number * TICK_MINUTES for desk, number in offered.items()
        }
    # Shared out evenly, where the engine takes the first desks; each desk's part is rounded.
    public = sum(minutes.public_minutes for minutes in found.values())
    assert abs(public - offered.total() * TICK_MINUTES) <= len(found) / 2
