"""A time is kept for one person for ten minutes while the form is filled in."""

from datetime import timedelta

import pytest
from sqlalchemy import Engine

from dimoslive.db.engine import transaction
from dimoslive.db.tables.booking import BookingRow, ClaimRow
from dimoslive.db.tables.catalogue import ServiceRow
from dimoslive.domain.booking.statuses import BookingStatus
from dimoslive.domain.errors import HeldTooLong, HoldExpired, IncompleteDraft, NoMoreExtensions, NotOffered, SlotTaken
from dimoslive.domain.scheduling.mode import Mode
from dimoslive.domain.scheduling.periods import Period
from dimoslive.services.booking.cancel_booking import cancel_booking
from dimoslive.services.catalogue.find_slots import find_slots
from dimoslive.services.draft.extend_hold import extend_hold
from dimoslive.services.draft.hold_slot import hold_slot
from dimoslive.services.draft.open_draft import open_draft
from dimoslive.services.draft.release_hold import release_hold
from dimoslive.services.upkeep.expire_holds import expire_holds
from tests.support.world import (
    NOW,
    Town,
    a_town,
    an_absence,
    assert_nothing_booked_twice,
    desk_ids,
    on_the_day,
    rows,
    statuses,
)


def test_a_time_is_held_for_ten_minutes(town: Town) -> None:
    hold = town.hold("09:10")
    assert hold.period == Period(on_the_day("09:10"), on_the_day("09:20"))
    assert hold.expires_at == NOW + timedelta(minutes=10)
    town.clock.advance(minutes=9, seconds=59)
    assert open_draft(town.context, town.eleni).draft.hold == hold
    town.clock.advance(seconds=1)
    assert open_draft(town.context, town.eleni).draft.hold is None


def test_a_hold_is_extended_once_by_ten_minutes(town: Town) -> None:
    town.hold("09:10")
    town.clock.advance(minutes=8)
    extended = extend_hold(town.context, town.eleni)
    assert (extended.expires_at, extended.extended) == (NOW + timedelta(minutes=20), True)
    with pytest.raises(NoMoreExtensions):
        extend_hold(town.context, town.eleni)
    town.clock.advance(minutes=11, seconds=59)
    with pytest.raises(SlotTaken):
        town.hold("09:10", by=town.citizen())


def test_what_has_expired_is_not_extended(town: Town) -> None:
    with pytest.raises(HoldExpired):
        extend_hold(town.context, town.eleni)
    town.hold("09:10")
    town.clock.advance(minutes=10)
    with pytest.raises(HoldExpired):
        extend_hold(town.context, town.eleni)


def test_a_time_that_somebody_else_holds_is_taken(town: Town) -> None:
    town.hold("09:10")
    with pytest.raises(SlotTaken):
        town.hold("09:10", by=town.citizen())
    assert statuses(town.context.db) == {BookingStatus.HELD: 1}


def test_an_expired_hold_is_anybodys(town: Town) -> None:
    town.hold("09:10")
    town.clock.advance(minutes=10)
    nikos = town.citizen()
    assert open_draft(town.context, nikos).draft.hold is None
    town.hold("09:10", by=nikos)
    assert statuses(town.context.db) == {BookingStatus.HELD: 1, BookingStatus.EXPIRED: 1}
    assert_nothing_booked_twice(town.context.db)


def test_a_second_hold_frees_the_first(town: Town) -> None:
    town.hold("09:10")
    second = town.hold("09:30")
    assert open_draft(town.context, town.eleni).draft.hold == second
    town.hold("09:10", by=town.citizen())
    assert statuses(town.context.db) == {BookingStatus.HELD: 2, BookingStatus.EXPIRED: 1}


def test_pressing_the_held_time_again_keeps_its_countdown_and_its_used_extension(town: Town) -> None:
    town.hold("09:10")
    town.clock.advance(minutes=5)
    extended = extend_hold(town.context, town.eleni)
    town.clock.advance(minutes=5)
    assert town.hold("09:10") == extended
    with pytest.raises(NoMoreExtensions):
        extend_hold(town.context, town.eleni)
    assert statuses(town.context.db) == {BookingStatus.HELD: 1}


def test_a_time_that_ran_out_is_held_anew(town: Town) -> None:
    first = town.hold("09:10")
    town.clock.advance(minutes=10)
    again = town.hold("09:10")
    assert again.reference != first.reference
    assert again.expires_at == NOW + timedelta(minutes=20)
    assert_nothing_booked_twice(town.context.db)


def test_failing_to_take_another_time_keeps_the_first(town: Town) -> None:
    town.hold("09:30", by=town.citizen())
    first = town.hold("09:10")
    with pytest.raises(SlotTaken):
        town.hold("09:30")
    assert open_draft(town.context, town.eleni).draft.hold == first
    with pytest.raises(SlotTaken):
        town.hold("09:10", by=town.citizen("Άννα Δήμου"))
    assert town.confirm(first).period == first.period


def test_a_released_time_is_free(town: Town) -> None:
    town.hold("09:10")
    release_hold(town.context, town.eleni)
    release_hold(town.context, town.eleni)
    town.hold("09:10", by=town.citizen())


def test_with_two_desks_two_people_hold_the_same_time(db: Engine) -> None:
    town = a_town(db, desks=2)
    for name in ("Νίκος Γεωργίου", "Άννα Δήμου"):
        town.hold("09:10", by=town.citizen(name))
    with pytest.raises(SlotTaken):
        town.hold("09:10")
    with transaction(db) as tx:
        assert {row.desk_id for row in rows(db, BookingRow)} == set(desk_ids(tx, town.service))


def test_a_time_whose_last_desk_is_claimed_after_the_look_at_the_calendar_is_taken(db: Engine) -> None:
    town = a_town(db, desks=2)
    nikos = town.citizen()
    let_go = town.row(town.a_booking("09:10", by=nikos))
    cancel_booking(town.context, nikos, let_go.reference)
    town.wait_for_freed()
    expire_holds(town.context)
    before = town.hold("09:30")
    with transaction(db) as tx:
        # Claims that the calendar does not know of, as those are that come between the look and the claim.
        ticks = range(let_go.first_tick, let_go.end_tick)
        desks = desk_ids(tx, town.service)
        tx.add_all(ClaimRow(desk_id=desk, tick=tick, booking_id=let_go.id or 0) for desk in desks for tick in ticks)

    free = find_slots(town.context, town.service.id or 0, Mode.VIDEO).slots
    assert on_the_day("09:10") in [slot.starts_at for slot in free]
    with pytest.raises(SlotTaken):
        town.hold("09:10")

    assert open_draft(town.context, town.eleni).draft.hold == before


def test_a_desk_that_is_away_is_not_given(db: Engine) -> None:
    town = a_town(db, desks=2)
    with transaction(db) as tx:
        first, second = desk_ids(tx, town.service)
        an_absence(tx, first, starts_at=on_the_day("08:00"), ends_at=on_the_day("12:00"))
    assert town.row(town.hold("09:10")).desk_id == second


def test_buffers_are_held_with_the_time(db: Engine) -> None:
    town = a_town(db, buffer_before_minutes=5, buffer_after_minutes=10)
    town.hold("09:30")
    assert len(rows(db, ClaimRow)) == 5
    nikos = town.citizen()
    for wall in ("09:10", "09:20", "09:30", "09:40", "09:50"):
        with pytest.raises(SlotTaken):
            town.hold(wall, by=nikos)
    town.hold("09:00", by=nikos)
    town.hold("10:00", by=nikos)


@pytest.mark.parametrize(
    "wall",
    [
        "08:20",  # before it opens
        "14:55",  # would end after it closes
        "09:13",  # between two starts
        "2026-11-28 09:10",  # a Saturday
        "2026-11-20 11:50",  # the shortest notice is two hours
        "2026-11-19 09:10",  # yesterday
        "2027-02-23 09:10",  # beyond the horizon
    ],
)
def test_a_time_that_is_not_offered_cannot_be_held(sqlite_db: Engine, wall: str) -> None:
    town = a_town(sqlite_db)
    with pytest.raises(SlotTaken):
        town.hold(wall)
    assert rows(sqlite_db, BookingRow) == []


def test_what_is_shown_as_free_can_be_held_and_nothing_else(sqlite_db: Engine) -> None:
    town = a_town(sqlite_db, hours="09:00-10:30", duration_minutes=15, step_minutes=15)
    town.a_booking("09:30", by=town.citizen())
    day = on_the_day("09:00").date()
    shown = {
        slot.starts_at for slot in find_slots(town.context, town.service.id or 0, Mode.VIDEO, first=day, last=day).slots
    }
    held = set()
    for minute in range(8 * 12, 11 * 12):
        starts_at = on_the_day(f"{minute // 12:02}:{minute % 12 * 5:02}")
        try:
            town.choose()
            held.add(hold_slot(town.context, town.eleni, starts_at).period.starts_at)
        except SlotTaken:
            continue
        release_hold(town.context, town.eleni)
    assert held == shown
    assert len(shown) == 5


def test_without_a_service_and_a_mode_no_time_is_held(town: Town) -> None:
    with pytest.raises(IncompleteDraft):
        hold_slot(town.context, town.eleni, on_the_day("09:10"))
    town.choose(mode="")
    with pytest.raises(IncompleteDraft):
        hold_slot(town.context, town.eleni, on_the_day("09:10"))


def test_a_service_that_was_closed_meanwhile_gives_no_times(town: Town) -> None:
    town.choose()
    with transaction(town.context.db) as tx:
        tx.get_one(ServiceRow, town.service.id).is_active = False
    with pytest.raises(NotOffered):
        hold_slot(town.context, town.eleni, on_the_day("09:10"))


def test_holds_that_ran_out_are_cleared_away(town: Town) -> None:
    town.hold("09:10")
    town.clock.advance(minutes=5)
    town.hold("09:30", by=town.citizen())
    assert expire_holds(town.context) == 0
    town.clock.advance(minutes=5)
    assert expire_holds(town.context) == 1
    assert statuses(town.context.db) == {BookingStatus.HELD: 1, BookingStatus.EXPIRED: 1}
    assert len(rows(town.context.db, ClaimRow)) == 2


def test_at_most_so_many_holds_are_cleared_away_at_once(town: Town) -> None:
    for wall in ("09:10", "09:30", "09:50"):
        town.hold(wall, by=town.citizen())
    town.clock.advance(hours=1)
    assert [expire_holds(town.context, limit=2) for _ in range(3)] == [2, 1, 0]


def test_nobody_holds_longer_than_an_hour_in_three_without_booking(town: Town) -> None:
    for _ in range(6):
        town.hold("09:10")
        town.clock.advance(minutes=10)
    nikos = town.citizen()
    for wall in ("09:10", "10:10"):
        with pytest.raises(HeldTooLong) as refused:
            town.hold(wall)
        assert refused.value.at == NOW + timedelta(hours=3)
    town.hold("09:10", by=nikos)
    town.clock.set(NOW + timedelta(hours=3, seconds=-1))
    with pytest.raises(HeldTooLong):
        town.hold("09:10")
    town.clock.advance(seconds=1)
    town.hold("09:10")


def test_an_extension_counts_as_held(town: Town) -> None:
    for _ in range(2):
        town.hold("09:10")
        extend_hold(town.context, town.eleni)
        town.clock.advance(minutes=20)
    town.hold("09:10")
    town.clock.advance(minutes=10)
    town.hold("09:10")
    with pytest.raises(HeldTooLong) as refused:
        extend_hold(town.context, town.eleni)
    assert refused.value.at == NOW + timedelta(hours=3)
    assert open_draft(town.context, town.eleni).draft.hold is not None


def test_what_is_let_go_counts_as_long_as_it_was_held_whatever_the_service(town: Town) -> None:
    services = [town.service, town.another_service()]
    for number in range(12):
        town.hold("09:10" if number % 3 else "09:30", service=services[number % 2])
        town.clock.advance(minutes=4, seconds=30)
        if number % 2:
            release_hold(town.context, town.eleni)
    # Fifty-four minutes in all: another hold might last too long.
    with pytest.raises(HeldTooLong) as refused:
        town.hold("10:10")
    assert refused.value.at == NOW + timedelta(hours=2, minutes=54)


def test_who_may_hold_no_other_time_keeps_the_held_one(town: Town) -> None:
    for _ in range(5):
        town.hold("09:10")
        town.clock.advance(minutes=10)
    kept = town.hold("09:10")
    town.clock.advance(minutes=5)
    with pytest.raises(HeldTooLong):
        town.hold("09:30")
    assert open_draft(town.context, town.eleni).draft.hold == kept
    assert town.confirm(kept).period == kept.period


def test_a_booking_begins_the_count_of_held_minutes_anew_unless_it_is_cancelled(town: Town) -> None:
    for _ in range(5):
        town.hold("09:10")
        town.clock.advance(minutes=10)
    booking = town.a_booking("09:10")
    other = town.another_service()
    town.hold("10:10", service=other)
    town.clock.advance(minutes=10)
    cancel_booking(town.context, town.eleni, booking.reference)
    with pytest.raises(HeldTooLong):
        town.hold("10:10", service=other)


def test_times_held_for_a_move_count_too(town: Town) -> None:
    booking = town.a_booking("09:10")
    for _ in range(6):
        town.hold_move(booking, "11:10")
        town.clock.advance(minutes=10)
    with pytest.raises(HeldTooLong):
        town.hold_move(booking, "11:10")
    assert town.row(booking).starts_at == on_the_day("09:10")
