"""The times that staff are offered: by the one engine, without the limits that bind citizens."""

from datetime import date

import pytest
from sqlalchemy import Engine

from dimoslive.domain.errors import NotFound, NotOffered
from dimoslive.domain.people.principals import Official
from dimoslive.domain.scheduling.mode import Mode
from dimoslive.services.catalogue.find_slots import find_slots
from dimoslive.services.desk.offer_times import FreeTime, offer_times
from tests.support.arranging import another_desk, book_at_desk, desks_of, free_hand, move_at_desk
from tests.support.builders import TUESDAY
from tests.support.meeting import enter_foreign_official, enter_official
from tests.support.world import Town, a_town, on_the_day


@pytest.fixture
def official(town: Town) -> Official:
    return enter_official(town)


def test_ten_first_times_over_all_desks(town: Town, official: Official) -> None:
    first, second = desks_of(town)[0], another_desk(town)
    town.clock.set(on_the_day("14:21"))
    book_at_desk(town, official, "14:40")
    offered = offer_times(town.context, official, town.service.id or 0, Mode.IN_PERSON)
    starts = [(time.starts_at, time.desk_id) for time in offered.first]
    assert starts == [
        (on_the_day("14:30"), first),
        (on_the_day("14:30"), second),
        (on_the_day("14:40"), second),
        (on_the_day("14:50"), first),
        (on_the_day("14:50"), second),
        *[
            (on_the_day(f"2026-11-25 {wall}"), desk)
            for wall, desk in (
                ("08:30", first),
                ("08:30", second),
                ("08:40", first),
                ("08:40", second),
                ("08:50", first),
            )
        ],
    ]


def test_a_month_counts_the_places_of_its_days_and_a_day_lists_them(town: Town, official: Official) -> None:
    offered = offer_times(town.context, official, town.service.id or 0, Mode.VIDEO, day=TUESDAY)
    assert (offered.days[TUESDAY], len(offered.of_day)) == (39, 39)
    assert offered.of_day[0] == FreeTime(on_the_day("08:30"), on_the_day("08:40"), desks_of(town)[0])
    assert date(2026, 11, 22) not in offered.days


def test_the_places_kept_for_staff_are_offered_to_them_alone(db: Engine) -> None:
    town = a_town(db, staff_reserve=1)
    official = enter_official(town)
    assert find_slots(town.context, town.service.id or 0, Mode.VIDEO).slots == []
    assert len(offer_times(town.context, official, town.service.id or 0, Mode.VIDEO).first) == 10


def test_what_a_citizen_holds_is_not_offered_until_it_runs_out(town: Town, official: Official) -> None:
    def offered() -> bool:
        times = offer_times(town.context, official, town.service.id or 0, Mode.VIDEO, day=TUESDAY).of_day
        return any(time.starts_at == on_the_day("09:10") for time in times)

    town.hold("09:10")
    assert not offered()
    town.clock.advance(minutes=11)
    assert offered()


def test_who_moves_keeps_the_length_and_the_own_time_counts_as_free(town: Town, official: Official) -> None:
    booking = book_at_desk(town, official, "09:10")
    move_at_desk(town, official, booking, free_hand(town, "09:10", duration_minutes=30))
    times = offer_times(
        town.context, official, town.service.id or 0, Mode.IN_PERSON, day=TUESDAY, moving=booking.reference
    ).of_day
    assert times[0] == FreeTime(on_the_day("08:30"), on_the_day("09:00"), desks_of(town)[0])
    assert on_the_day("09:10") in {time.starts_at for time in times}


def test_no_lane_is_ever_offered(town: Town, official: Official) -> None:
    book_at_desk(town, official, "09:10")
    place = free_hand(town, "09:10", capacity_reason="Έκτακτη ανάγκη")
    move_at_desk(town, official, book_at_desk(town, official, "09:20", books_again=True), place)
    service_id = town.service.id or 0
    times = offer_times(town.context, official, service_id, Mode.IN_PERSON, day=TUESDAY).of_day
    citizens = find_slots(town.context, service_id, Mode.VIDEO, first=TUESDAY, last=TUESDAY).slots
    assert {time.desk_id for time in times} == set(desks_of(town))
    assert {desk for slot in citizens for desk in slot.desk_ids} == set(desks_of(town))


def test_a_foreign_service_or_booking_is_nobody_s(town: Town, official: Official) -> None:
    foreign = enter_foreign_official(town)
    for service_id in (town.service.id or 0, 0, -5, 2**40):
        with pytest.raises(NotOffered):
            offer_times(town.context, foreign, service_id, Mode.VIDEO)
    with pytest.raises(NotFound):
        offer_times(town.context, official, town.service.id or 0, Mode.IN_PERSON, moving="K7PM3XQ9")
