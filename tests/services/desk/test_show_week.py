"""A week in counts: places by the engine's own starts, what is taken and free of them, and why a day is as it is."""

from datetime import date, datetime, time
from typing import Any

import pytest

from dimoslive.db.engine import transaction
from dimoslive.db.tables.catalogue import ClosureRow, DeskRow, OpeningHoursRow, ServiceRow
from dimoslive.domain.booking.statuses import BookingStatus
from dimoslive.domain.people.principals import Official
from dimoslive.services.desk.show_week import Week, WeekFilter, show_week
from tests.support.builders import TUESDAY, at
from tests.support.database import counting
from tests.support.lists import change, place_of, within
from tests.support.meeting import enter_official
from tests.support.world import Town, a_service, an_absence, desk_ids, on_the_day

_S = BookingStatus
MONDAY = date(2026, 11, 23)
PLACES = 39
"""Of one desk, each ten minutes from 8:30 to 15:00."""


@pytest.fixture
def official(town: Town) -> Official:
    return enter_official(town)


def week(town: Town, official: Official, day: date = TUESDAY, **only: Any) -> Week:
    return show_week(town.context, official, place_of(town, official), day, WeekFilter(**only))


def use(town: Town, official: Official, day: date = TUESDAY, **only: Any) -> Any:
    [found] = [one.use for one in week(town, official, day, **only).days if one.use.day == day]
    return found


def add(town: Town, *rows: Any) -> None:
    with transaction(town.context.db) as tx:
        tx.add_all(rows)


def a_closure(town: Town, starts: datetime, ends: datetime, **words: Any) -> None:
    words = {"reason_el": "Απογραφή", "reason_en": "Stocktaking"} | words
    add(town, ClosureRow(municipality_id=town.municipality.id, starts_at=starts, ends_at=ends, **words))


def desk_of(town: Town, service: ServiceRow | None = None) -> int:
    with transaction(town.context.db) as tx:
        return desk_ids(tx, service or town.service)[0]


def test_a_week_is_monday_to_friday_whichever_day_of_it_is_asked_for(town: Town, official: Official) -> None:
    for day in (MONDAY, TUESDAY, date(2026, 11, 29)):
        found = week(town, official, day)
        assert (found.monday, [one.use.day.day for one in found.days]) == (MONDAY, [23, 24, 25, 26, 27])


def test_a_saturday_is_shown_when_it_is_open_or_booked(town: Town, official: Official) -> None:
    booking = town.a_booking("09:00")
    saturday, sunday = date(2026, 11, 28), date(2026, 11, 29)
    change(town, booking, starts_at=at("2026-11-29 09:00"), ends_at=at("2026-11-29 09:10"))
    assert week(town, official).days[-1].use.day == sunday
    opens, closes = time(9), time(10)
    add(town, OpeningHoursRow(service_id=town.service.id or 0, on_date=saturday, opens=opens, closes=closes))
    assert [one.use.day for one in week(town, official).days[-2:]] == [saturday, sunday]


def test_places_are_taken_by_bookings_and_live_holds_and_the_rest_is_free(town: Town, official: Official) -> None:
    town.a_booking("09:00")
    town.hold("09:10", by=town.citizen())
    found = use(town, official)
    assert (found.places, found.taken, found.free, found.booked) == (PLACES, 2, PLACES - 2, 1)
    town.clock.advance(minutes=30)
    assert use(town, official).taken == 1


def test_what_was_cancelled_is_free_again_and_not_counted(town: Town, official: Official) -> None:
    change(town, town.a_booking("09:00"), status=_S.CANCELLED_BY_CITIZEN.value)
    found = use(town, official)
    assert (found.booked, found.taken, found.free) == (0, 0, PLACES)


def test_today_only_places_ahead_are_free_and_what_was_served_was_used(town: Town, official: Official) -> None:
    served, ahead = town.a_booking("08:30"), town.a_booking("14:50", by=town.citizen())
    change(town, served, status=_S.SERVED.value)
    town.clock.set(on_the_day("14:30"))
    found = use(town, official)
    assert (found.booked, found.done, found.taken, found.free, found.is_over) == (2, 1, 2, 2, False)
    assert ahead.period.starts_at > town.clock.now()


def test_of_a_day_that_is_over_it_says_what_stayed_free_and_what_has_no_outcome(town: Town, official: Official) -> None:
    served = town.a_booking("09:00")
    town.a_booking("09:10", by=town.citizen())
    change(town, served, status=_S.SERVED.value)
    town.clock.set(on_the_day("2026-11-25 09:00"))
    found = use(town, official)
    assert (found.is_over, found.booked, found.done, found.unrecorded, found.free) == (True, 2, 1, 1, PLACES - 2)


def test_a_start_that_two_services_offer_at_one_desk_is_one_place(town: Town, official: Official) -> None:
    with transaction(town.context.db) as tx:
        other = a_service(tx, town.municipality, desks_of=town.service, step_minutes=20)
    found = use(town, official)
    assert found.places == PLACES
    assert [found.by_service[one].free for one in (town.service.id, other.id)] == [PLACES, 20]
    town.a_booking("09:10", service=other)
    found = use(town, official)
    assert (found.taken, found.by_service[town.service.id].free, found.by_service[other.id].booked) == (
        1,
        PLACES - 1,
        1,
    )


def test_places_kept_for_staff_are_offered_to_nobody(town: Town, official: Official) -> None:
    with transaction(town.context.db) as tx:
        a_service(tx, town.municipality, desks=3, staff_reserve=1)
    assert use(town, official).places == PLACES * 3


def test_notice_and_horizon_make_no_place_less(town: Town, official: Official) -> None:
    with transaction(town.context.db) as tx:
        service = tx.get_one(ServiceRow, town.service.id)
        service.horizon_days, service.notice_minutes = 1, 10_000
    assert use(town, official).free == PLACES


def test_holidays_have_their_names_and_no_places(town: Town, official: Official) -> None:
    [holiday] = [one for one in week(town, official, date(2027, 3, 25)).days if one.holiday]
    assert (holiday.use.day, holiday.holiday) == (
        date(2027, 3, 25),
        {"el": "25η Μαρτίου", "en": "25 March, Independence Day"},
    )
    assert (holiday.use.is_open, holiday.use.places) == (False, 0)


def test_closures_take_places_and_are_told_with_their_department_and_hours(town: Town, official: Official) -> None:
    other = town.another_service()
    a_closure(town, on_the_day("13:00"), on_the_day("15:00"), department_id=town.service.department_id)
    a_closure(town, on_the_day("00:00"), on_the_day("2026-11-25 00:00"), is_active=False)
    [tuesday] = [one for one in week(town, official).days if one.closings]
    [closing] = tuesday.closings
    assert (closing.reason["en"], closing.department_name and closing.department_name["en"]) == (
        "Stocktaking",
        "Civil Registry",
    )
    assert closing.period
    assert (closing.period.starts_at, closing.period.ends_at) == (
        on_the_day("13:00"),
        on_the_day("15:00"),
    )
    free = {id_: of_service.free for id_, of_service in tuesday.use.by_service.items()}
    assert free == {town.service.id: 27, other.id: PLACES}
    assert week(town, within(town, official, other.department_id)).days[1].closings == ()


def test_a_closure_over_days_is_the_whole_day_on_each(town: Town, official: Official) -> None:
    a_closure(town, at("2026-11-23 12:00"), at("2026-11-25 12:00"))
    assert [len(one.closings) for one in week(town, official).days] == [1, 1, 1, 0, 0]
    monday, tuesday, *_ = week(town, official).days
    assert (monday.closings[0].period is None, tuesday.closings[0].period) == (False, None)
    assert (tuesday.use.is_open, tuesday.use.places) == (False, 0)


def test_an_absent_desk_has_no_places_and_is_named(town: Town, official: Official) -> None:
    desk_id = desk_of(town)
    with transaction(town.context.db) as tx:
        an_absence(tx, desk_id, starts_at=on_the_day("12:00"), ends_at=on_the_day("15:00"))
    [tuesday] = [one for one in week(town, official).days if one.absences]
    assert (len(tuesday.absences), tuesday.use.places) == (1, 21)


def test_over_capacity_and_what_no_longer_fits_are_counted(town: Town, official: Official) -> None:
    over, out, fine, exempt = (town.a_booking(f"14:{minute}0", by=town.citizen(f"Ν Π{minute}")) for minute in "0123")
    desk = desk_of(town)
    with transaction(town.context.db) as tx:
        lane = DeskRow(municipality_id=town.municipality.id, name_el="", overflow_of=desk, lane=1)
        tx.add(lane)
        tx.flush()
        lane_id = lane.id
    change(town, over, desk_id=lane_id)
    change(town, exempt, is_outside_hours=True)
    a_closure(town, on_the_day("14:10"), on_the_day("14:20"))
    a_closure(town, on_the_day("14:30"), on_the_day("14:40"))
    found = use(town, official)
    assert (found.over_capacity, found.no_longer_fit) == (1, 1)
    assert {out.reference, fine.reference}
    town.clock.set(on_the_day("14:15"))
    assert use(town, official).no_longer_fit == 0


def test_only_the_scope_is_counted_and_what_others_took_is_not_free(town: Town, official: Official) -> None:
    with transaction(town.context.db) as tx:
        other = a_service(tx, town.municipality, desks_of=town.service)
    town.a_booking("09:00")
    clerk = within(town, official, other.department_id)
    found = use(town, clerk)
    assert (found.booked, found.taken, found.free) == (0, 1, PLACES - 1)
    assert [one.id for one in week(town, clerk).choices] == [other.id]


def test_a_filter_leaves_the_rest_out_and_all_choices_in(town: Town, official: Official) -> None:
    other = town.another_service()
    town.a_booking("09:00")
    town.a_booking("09:00", by=town.citizen(), service=other)
    for only in ({"service_id": other.id}, {"department_id": other.department_id}):
        found = use(town, official, **only)
        assert (found.booked, found.places, set(found.by_service)) == (1, PLACES, {other.id})
    assert len(week(town, official, service_id=other.id).choices) == 2


def test_a_service_that_is_offered_no_more_is_shown_while_it_is_booked(town: Town, official: Official) -> None:
    booking = town.a_booking("09:00")
    with transaction(town.context.db) as tx:
        tx.get_one(ServiceRow, town.service.id).is_active = False
    found = week(town, official)
    assert [one.id for one in found.services] == [town.service.id]
    assert (use(town, official).places, use(town, official).booked) == (0, 1)
    change(town, booking, status=_S.CANCELLED_BY_CITIZEN.value)
    assert week(town, official).services == ()


def test_a_week_costs_four_queries_however_full_it_is(town: Town, official: Official) -> None:
    for minute in range(4):
        town.a_booking(f"09:{minute}0", by=town.citizen(f"Ν Π{minute}"))
    town.another_service(desks=3)
    place = place_of(town, official)
    with counting(town.context.db) as statements:
        show_week(town.context, official, place, TUESDAY)
    assert len(statements) == 4
    assert not any("person_name" in statement for statement, _ in statements)
