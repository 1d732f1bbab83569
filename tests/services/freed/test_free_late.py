"""A time that is given back is nobody's for a while, but for staff; no tick of it is ever lost."""

from datetime import timedelta

import pytest
from sqlalchemy import Engine

from dimoslive.db.engine import transaction
from dimoslive.db.tables.booking import BookingRow, ClaimRow
from dimoslive.db.tables.catalogue import ClosureRow
from dimoslive.db.tables.desk import BookingEventRow
from dimoslive.db.tables.freed_time import FreedTimeRow
from dimoslive.domain.booking.booking import Booking
from dimoslive.domain.booking.statuses import BookingStatus
from dimoslive.domain.desk.placing import PlaceWarning
from dimoslive.domain.errors import NotFound, SlotTaken
from dimoslive.domain.people.principals import Official
from dimoslive.domain.scheduling.local_time import day_period
from dimoslive.domain.scheduling.mode import Mode
from dimoslive.services.booking.cancel_booking import cancel_booking
from dimoslive.services.catalogue.find_slots import find_slots
from dimoslive.services.desk.cancel_by_municipality import cancel_by_municipality
from dimoslive.services.desk.look_at_place import look_at_place
from dimoslive.services.desk.offer_times import offer_times
from dimoslive.services.desk.take_place import WantedPlace
from dimoslive.services.desk.undo_press import undo_press
from dimoslive.services.freed.free_now import free_now
from dimoslive.services.upkeep.expire_holds import expire_holds
from tests.support.arranging import at_desk, book_at_desk, desks_of, move_at_desk
from tests.support.builders import TUESDAY
from tests.support.desk import seen
from tests.support.meeting import enter_foreign_official, enter_official
from tests.support.world import Town, a_town, assert_nothing_booked_twice, on_the_day, rows


@pytest.fixture
def official(town: Town) -> Official:
    return enter_official(town)


def is_offered(town: Town, wall: str) -> bool:
    slots = find_slots(town.context, town.service.id or 0, Mode.VIDEO).slots
    return on_the_day(wall) in [slot.starts_at for slot in slots]


def freed(town: Town) -> BookingRow:
    """The hold of the one time that was given back."""
    [hold] = [row for row in rows(town.context.db, BookingRow) if row.status == BookingStatus.HELD]
    return hold


def cancelled(town: Town, wall: str = "09:10") -> Booking:
    return cancel_booking(town.context, town.eleni, town.a_booking(wall).reference)


def test_a_cancelled_time_is_nobodys_until_its_own_instant(town: Town) -> None:
    booking, now = cancelled(town), town.clock.now()
    hold, [row] = freed(town), rows(town.context.db, FreedTimeRow)
    assert (hold.citizen_id, hold.starts_at, hold.desk_id) == (None, booking.period.starts_at, desks_of(town)[0])
    assert (row.booking_id, row.hold_id, row.freed_at, row.public_at) == (
        booking.id,
        hold.id,
        now,
        hold.hold_expires_at,
    )
    assert timedelta(minutes=10) <= row.public_at - now <= timedelta(minutes=30)
    assert_nothing_booked_twice(town.context.db)

    town.clock.set(row.public_at - timedelta(seconds=1))
    assert not is_offered(town, "09:10")
    with pytest.raises(SlotTaken):
        town.hold("09:10", by=town.citizen())
    town.clock.set(row.public_at)
    assert is_offered(town, "09:10")
    town.a_booking("09:10", by=town.citizen())
    assert_nothing_booked_twice(town.context.db)


def test_the_time_that_a_citizen_moved_away_from_comes_back_late(town: Town) -> None:
    town.move(town.a_booking("09:10"), "11:10")
    assert not is_offered(town, "09:10")
    town.wait_for_freed()
    assert is_offered(town, "09:10")


def test_of_a_place_that_is_kept_in_part_only_the_rest_comes_back_late(db: Engine) -> None:
    town = a_town(db, duration_minutes=30, step_minutes=10)
    booking = town.move(town.a_booking("09:30"), "09:40")
    hold = freed(town)
    assert (hold.starts_at, hold.ends_at) == (on_the_day("09:30"), on_the_day("09:40"))
    assert town.claims_of(booking) == 6
    assert_nothing_booked_twice(db)


def test_an_hour_before_the_last_moment_it_is_free_at_once(town: Town) -> None:
    booking = town.a_booking("12:00", mode="video")
    town.clock.set(on_the_day("09:00"))
    cancel_booking(town.context, town.eleni, booking.reference)
    assert is_offered(town, "12:00")
    assert rows(town.context.db, ClaimRow) == []


def test_inside_a_closure_it_is_free_at_once(town: Town) -> None:
    booking = town.a_booking("09:10")
    day = day_period(TUESDAY, town.municipality.zone)
    with transaction(town.context.db) as tx:
        tx.add(
            ClosureRow(
                municipality_id=town.municipality.id,
                starts_at=day.starts_at,
                ends_at=day.ends_at,
                reason_el="Απεργία",
                reason_en="Strike",
            )
        )
    cancel_booking(town.context, town.eleni, booking.reference)
    assert rows(town.context.db, ClaimRow) == []


def test_staff_see_that_it_is_free_shortly_and_may_take_it(town: Town, official: Official) -> None:
    cancelled(town)
    service_id, [desk] = town.service.id or 0, desks_of(town)
    offered = offer_times(town.context, official, service_id, Mode.IN_PERSON, day=TUESDAY).of_day
    assert [time.starts_at for time in offered if time.is_freed] == [on_the_day("09:10")]
    for wanted in (WantedPlace(desk, on_the_day("09:10"), is_offered=True), WantedPlace(desk, on_the_day("09:10"))):
        seen_place = look_at_place(town.context, official, service_id, Mode.IN_PERSON, wanted)
        assert seen_place.warnings == (PlaceWarning.FREED,)

    book_at_desk(town, official, "09:10")

    assert_nothing_booked_twice(town.context.db)
    town.wait_for_freed()
    expire_holds(town.context)
    assert not is_offered(town, "09:10")


def test_what_a_citizen_holds_staff_do_not_take(town: Town, official: Official) -> None:
    town.hold("09:10")
    with pytest.raises(SlotTaken):
        book_at_desk(town, official, "09:10")


def test_the_time_that_an_official_moved_from_is_free_for_staff_at_once(town: Town, official: Official) -> None:
    booking = town.a_booking("09:10")
    move_at_desk(town, official, booking, at_desk(town, "11:10"))
    assert not is_offered(town, "09:10")
    move_at_desk(town, official, booking, at_desk(town, "09:10"))
    assert town.row(booking).starts_at == on_the_day("09:10")
    assert_nothing_booked_twice(town.context.db)


def test_freed_by_one_press_it_is_public_and_the_press_again_does_nothing(town: Town, official: Official) -> None:
    cancelled(town)
    reference = freed(town).reference
    for _ in range(2):
        free_now(town.context, official, reference)
        assert is_offered(town, "09:10")
    assert [row.official_id for row in rows(town.context.db, BookingEventRow) if row.action == "freed_now"] == [
        official.id
    ]
    taken = town.a_booking("09:10", by=town.citizen())
    free_now(town.context, official, reference)
    assert town.row(taken).status == BookingStatus.BOOKED
    assert_nothing_booked_twice(town.context.db)


def test_only_a_time_that_was_given_back_is_freed_and_only_by_its_own_officials(town: Town, official: Official) -> None:
    cancelled(town)
    with pytest.raises(NotFound):
        free_now(town.context, enter_foreign_official(town), freed(town).reference)
    other = town.citizen()
    for reference in (town.hold("09:30", by=other).reference, town.a_booking("10:10").reference, "ZZZZZZZZ"):
        with pytest.raises(NotFound):
            free_now(town.context, official, reference)


def test_the_undo_of_a_cancel_takes_the_time_back_exactly(town: Town, official: Official) -> None:
    booking = town.a_booking("09:10")
    before = town.row(booking)
    claims = [(claim.desk_id, claim.tick, claim.booking_id) for claim in rows(town.context.db, ClaimRow)]
    done = cancel_by_municipality(
        town.context, official, seen(town, booking), "Ο υπάλληλος ασθενεί.", at_citizens_wish=False
    )
    assert not is_offered(town, "09:10")

    undo_press(town.context, official, booking.reference, done.event_id)

    after = town.row(booking)
    changed = {"version", "changed_at", "sequence"}
    assert after.model_dump(exclude=changed) == before.model_dump(exclude=changed)
    assert [(claim.desk_id, claim.tick, claim.booking_id) for claim in rows(town.context.db, ClaimRow)] == claims
    town.wait_for_freed()
    expire_holds(town.context)
    assert town.claims_of(booking) == 2
