"""Days to the next free time are calendar days of the municipality, as the engine offers times to citizens."""

from datetime import date

from dimoslive.domain.figures.days_to_next import PAUSED, DaysToNext, days_to_next, first_of, median_of
from dimoslive.domain.scheduling.mode import Mode
from dimoslive.domain.scheduling.periods import Period
from dimoslive.domain.scheduling.slots import ServiceCalendar, first_free
from dimoslive.services.catalogue.find_slots import to_come
from tests.support.builders import a_calendar, a_period, at

UNTIL = date(2027, 1, 23)


def days_at(now: str, calendar: ServiceCalendar, mode: Mode = Mode.VIDEO) -> DaysToNext:
    instant = at(now)
    return days_to_next(first_free(calendar, (mode,), to_come(instant), instant), calendar.rules, instant)


def a_full_period(starts: str, ends: str) -> list[Period]:
    return [a_period(starts, ends)]


def test_three_days_to_friday() -> None:
    calendar = a_calendar(closed=a_full_period("2026-11-24 08:00", "2026-11-26 20:00"))
    assert days_at("2026-11-24 10:00", calendar).days == 3


def test_a_holiday_is_no_working_day_of_notice_but_a_day_all_the_same() -> None:
    assert days_at("2026-03-24 16:00", a_calendar(), Mode.IN_PERSON).days == 2


def test_a_day_of_23_hours_is_a_day() -> None:
    calendar = a_calendar("09:00-15:00")
    assert days_at("2026-03-28 23:30", calendar).days == 2


def test_a_day_of_25_hours_is_a_day() -> None:
    calendar = a_calendar("09:00-15:00")
    assert days_at("2026-10-24 23:30", calendar).days == 2


def test_a_time_of_the_same_day_is_today() -> None:
    assert days_at("2026-11-24 08:00", a_calendar()).days == 0


def test_where_nothing_is_free_the_end_of_the_horizon_is_said() -> None:
    calendar = a_calendar(horizon_days=2, closed=a_full_period("2026-11-23 00:00", "2026-12-24 00:00"))
    assert days_at("2026-11-24 10:00", calendar) == DaysToNext(none_until=date(2026, 11, 26))


def test_the_smallest_counts_and_what_is_paused_only_where_there_is_nothing_else() -> None:
    none = DaysToNext(none_until=UNTIL)
    assert first_of([none, DaysToNext(4), PAUSED, DaysToNext(2)]) == DaysToNext(2)
    assert first_of([PAUSED, none, DaysToNext(none_until=date(2027, 1, 1))]) == DaysToNext(none_until=date(2027, 1, 1))
    assert first_of([PAUSED]) == first_of([]) == PAUSED


def test_the_median_is_by_nearest_rank_and_nothing_free_is_longest() -> None:
    none = DaysToNext(none_until=UNTIL)
    assert median_of([DaysToNext(9), DaysToNext(1), DaysToNext(4)]) == 4
    assert median_of([DaysToNext(9), DaysToNext(1), DaysToNext(4), DaysToNext(5)]) == 4
    assert median_of([none, DaysToNext(3), PAUSED]) == 3
    assert median_of([none, none, DaysToNext(3)]) is None
    assert median_of([PAUSED]) is None
