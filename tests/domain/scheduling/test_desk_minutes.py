"""For how long desks are open on a day, and how much of it is public."""

from dataclasses import replace
from datetime import date

import pytest

from dimoslive.domain.scheduling.desk_minutes import DeskMinutes, desk_minutes
from tests.support.builders import AUTUMN, SPRING, TUESDAY, a_calendar, a_period, absent, on

HOLIDAY = date(2026, 12, 25)


def test_a_desk_is_open_while_its_service_is_and_it_is_not_absent() -> None:
    calendar = absent(a_calendar(desks=2), a_period("2026-11-24 12:00", "15:00"), desk=2)
    assert desk_minutes([calendar], TUESDAY) == {1: DeskMinutes(390, 390), 2: DeskMinutes(210, 210)}


def test_what_is_closed_is_not_open() -> None:
    calendar = a_calendar(closed=[a_period("2026-11-24 12:00", "13:00")])
    assert desk_minutes([calendar], TUESDAY)[1] == DeskMinutes(330, 330)
    assert desk_minutes([calendar], HOLIDAY)[1] == DeskMinutes(0, 0)
    assert desk_minutes([a_calendar(dated=on(TUESDAY))], TUESDAY)[1] == DeskMinutes(0, 0)
    assert desk_minutes([a_calendar(dated=on(HOLIDAY, "09:00-10:00"))], HOLIDAY)[1] == DeskMinutes(60, 60)


def test_a_desk_of_two_services_is_open_while_one_of_them_is() -> None:
    services = [a_calendar("08:30-11:00"), a_calendar("10:00-12:00")]
    assert desk_minutes(services, TUESDAY)[1] == DeskMinutes(210, 210)


def test_places_for_staff_are_taken_from_all_desks_that_are_free() -> None:
    # From 12:00 on one desk is left, and it is for staff.
    calendar = absent(a_calendar(desks=2, staff_reserve=1), a_period("2026-11-24 12:00", "15:00"), desk=2)
    assert desk_minutes([calendar], TUESDAY) == {1: DeskMinutes(390, 105), 2: DeskMinutes(210, 105)}
    assert desk_minutes([a_calendar(staff_reserve=1)], TUESDAY)[1] == DeskMinutes(390, 0)


def test_a_desk_is_as_public_as_the_most_public_of_its_services() -> None:
    kept = a_calendar("08:30-12:00", staff_reserve=1)
    assert desk_minutes([kept, a_calendar("11:00-13:00")], TUESDAY)[1] == DeskMinutes(270, 120)


@pytest.mark.parametrize(("day", "hours"), [(SPRING, 23), (AUTUMN, 25), (TUESDAY, 24)])
def test_a_day_of_the_clock_change_has_the_ticks_that_exist(day: date, hours: int) -> None:
    open_all_day = a_calendar("00:00-00:00", weekdays=range(7))
    assert desk_minutes([open_all_day], day)[1] == DeskMinutes(hours * 60, hours * 60)
    night = a_calendar("02:00-05:00", weekdays=range(7))
    assert desk_minutes([night], day)[1].open_minutes == (hours - 21) * 60


def test_a_desk_that_is_never_open_has_no_minutes() -> None:
    assert desk_minutes([replace(a_calendar(), weekly=[])], TUESDAY) == {1: DeskMinutes(0, 0)}
