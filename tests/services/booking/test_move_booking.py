"""A booking keeps its old time until the new one is safe."""

import pytest
from sqlalchemy import Engine

from dimoslive.db.engine import transaction
from dimoslive.db.rows.events import to_event
from dimoslive.db.tables.booking import BookingRow, ClaimRow
from dimoslive.db.tables.catalogue import ServiceRow
from dimoslive.db.tables.outbox import OutboxRow
from dimoslive.domain.booking.statuses import BookingStatus
from dimoslive.domain.errors import NotFound, SlotTaken, TooLate, TooManyMoves
from dimoslive.domain.events import BookingRescheduled
from dimoslive.domain.people.principals import LinkHolder
from dimoslive.domain.scheduling.mode import Mode
from dimoslive.domain.scheduling.periods import Period
from dimoslive.i18n.declarations import declaration_of
from dimoslive.services.booking.cancel_booking import cancel_booking
from dimoslive.services.booking.confirm_booking import confirm_booking
from dimoslive.services.booking.list_bookings import list_bookings
from dimoslive.services.booking.show_booking import show_booking
from dimoslive.services.draft.choose_service import choose_service
from dimoslive.services.draft.give_details import give_details
from dimoslive.services.draft.hold_slot import hold_slot
from dimoslive.services.draft.open_draft import open_draft
from dimoslive.services.draft.release_hold import release_hold
from dimoslive.services.draft.start_again import start_again
from dimoslive.services.draft.start_move import start_move
from dimoslive.services.upkeep.expire_holds import expire_holds
from tests.support.world import (
    Town,
    a_town,
    an_absence,
    assert_nothing_booked_twice,
    confirmation,
    desk_ids,
    on_the_day,
    rows,
    statuses,
    typed,
)


def test_a_moved_booking_is_the_same_booking_at_another_time(town: Town) -> None:
    booking = town.a_booking("09:10")
    moved = town.move(booking, "11:10")
    assert (moved.id, moved.reference, moved.status) == (booking.id, booking.reference, BookingStatus.BOOKED)
    assert moved.period == Period(on_the_day("11:10"), on_the_day("11:20"))
    assert show_booking(town.context, town.eleni, booking.reference) == moved


def test_sequence_and_moves_rise_with_each_move(town: Town) -> None:
    booking = town.a_booking("09:10")
    for number, wall in enumerate(("10:10", "11:10"), start=1):
        booking = town.move(booking, wall)
        assert (booking.sequence, booking.reschedule_count) == (number, number)


def test_the_old_time_is_kept_until_the_new_one_is_booked(town: Town) -> None:
    booking = town.a_booking("09:10")
    hold = town.hold_move(booking, "11:10")
    nikos = town.citizen()
    for wall in ("09:10", "11:10"):
        with pytest.raises(SlotTaken):
            town.hold(wall, by=nikos)
    assert show_booking(town.context, town.eleni, booking.reference) == booking
    town.confirm(hold)
    town.wait_for_freed()
    town.hold("09:10", by=nikos)
    assert_nothing_booked_twice(town.context.db)


def test_the_old_claims_are_freed_afterwards(town: Town) -> None:
    booking = town.move(town.a_booking("09:10"), "11:10")
    assert town.claims_of(booking) == 2
    assert_nothing_booked_twice(town.context.db)
    town.wait_for_freed()
    expire_holds(town.context)
    assert {claim.booking_id for claim in rows(town.context.db, ClaimRow)} == {booking.id}
    assert_nothing_booked_twice(town.context.db)


@pytest.mark.parametrize("wall", ["09:20", "09:30", "09:50", "09:40"])
def test_a_booking_shifts_over_its_own_old_time_on_one_desk(db: Engine, wall: str) -> None:
    town = a_town(db, duration_minutes=30, step_minutes=10)
    booking = town.a_booking("09:30")
    hold = town.hold_move(booking, wall)
    assert_nothing_booked_twice(db)
    moved = town.confirm(hold)
    assert moved.period.starts_at == on_the_day(wall)
    assert town.claims_of(moved) == 6
    assert_nothing_booked_twice(db)
    assert len(list_bookings(town.context, town.eleni)[0]) == 1


def test_a_booking_moves_to_another_desk(db: Engine) -> None:
    town = a_town(db, desks=2)
    booking = town.a_booking("09:10")
    with transaction(db) as tx:
        first, second = desk_ids(tx, town.service)
        an_absence(tx, first, starts_at=on_the_day("09:00"), ends_at=on_the_day("12:00"))
    moved = town.move(booking, "09:10")
    assert town.row(moved).desk_id == second
    assert {claim.desk_id for claim in rows(db, ClaimRow) if claim.booking_id == moved.id} == {second}
    assert_nothing_booked_twice(db)


def test_a_time_somebody_else_has_is_refused_and_the_old_kept(town: Town) -> None:
    booking = town.a_booking("09:10")
    town.a_booking("11:10", by=town.citizen())
    with pytest.raises(SlotTaken):
        town.hold_move(booking, "11:10")
    assert show_booking(town.context, town.eleni, booking.reference) == booking
    assert_nothing_booked_twice(town.context.db)


def test_a_move_that_is_let_go_leaves_the_booking_untouched(town: Town) -> None:
    booking = town.a_booking("09:10")
    before = town.row(booking).model_dump()
    for let_go in (release_hold, start_again):
        town.hold_move(booking, "09:10")
        let_go(town.context, town.eleni)
        assert town.row(booking).model_dump() == before
        assert_nothing_booked_twice(town.context.db)
    assert open_draft(town.context, town.eleni).draft.moving is None


def test_a_move_that_ran_out_leaves_the_booking_untouched(town: Town) -> None:
    booking = town.a_booking("09:10")
    town.hold_move(booking, "11:10")
    town.clock.advance(minutes=10)
    town.hold("11:10", by=town.citizen())
    assert show_booking(town.context, town.eleni, booking.reference) == booking
    assert_nothing_booked_twice(town.context.db)


def test_the_details_are_copied_and_can_be_changed(town: Town) -> None:
    booking = town.a_booking("09:10")
    hold = town.hold_move(booking, "11:10")
    opened = open_draft(town.context, town.eleni)
    assert (opened.draft.moving, opened.typed.subject) == (booking.reference, booking.details.subject)
    assert opened.draft.details is None
    give_details(town.context, town.eleni, typed(subject="Άλλο θέμα"))
    moved = confirm_booking(town.context, town.eleni, confirmation(hold))
    assert moved.details.subject == "Άλλο θέμα"
    assert town.row(moved).consent_at == town.clock.now()


def test_the_mode_can_be_changed_with_the_time(town: Town) -> None:
    booking = town.a_booking("09:10")
    start_move(town.context, town.eleni, booking.reference)
    choose_service(town.context, town.eleni, town.service.id or 0, "phone")
    hold = hold_slot(town.context, town.eleni, on_the_day("11:10"))
    moved = town.confirm(hold, declaration=declaration_of(Mode.PHONE, "el"))
    assert (moved.id, moved.mode) == (booking.id, Mode.PHONE)


def test_another_service_is_another_booking(town: Town) -> None:
    booking = town.a_booking("09:10")
    start_move(town.context, town.eleni, booking.reference)
    other = town.a_booking("11:10", service=town.another_service())
    assert other.id != booking.id
    assert len(list_bookings(town.context, town.eleni)[0]) == 2


def test_pressing_twice_moves_once(town: Town) -> None:
    booking = town.a_booking("09:10")
    hold = town.hold_move(booking, "11:10")
    moved = town.confirm(hold)
    assert confirm_booking(town.context, town.eleni, confirmation(hold)) == moved
    assert [row.event for row in rows(town.context.db, OutboxRow)] == ["booking.confirmed", "booking.rescheduled"]


def test_the_event_of_a_move_says_from_where_to_where(town: Town) -> None:
    booking = town.a_booking("09:10")
    moved = town.move(booking, "11:10")
    event = to_event(rows(town.context.db, OutboxRow)[-1])
    assert event == BookingRescheduled(moved, booking.period, booking.mode)


def test_the_hold_of_a_move_is_no_booking_of_its_own(town: Town) -> None:
    booking = town.a_booking("09:10")
    hold = town.hold_move(booking, "11:10")
    town.confirm(hold)
    # What is held now is the time that was given back.
    assert statuses(town.context.db) == {BookingStatus.BOOKED: 1, BookingStatus.EXPIRED: 1, BookingStatus.HELD: 1}
    with pytest.raises(NotFound):
        show_booking(town.context, town.eleni, hold.reference)


def test_a_booking_is_moved_three_times_at_most(town: Town) -> None:
    booking = town.a_booking("09:10")
    for wall in ("10:10", "11:10", "12:10"):
        booking = town.move(booking, wall)
    with pytest.raises(TooManyMoves) as refused:
        town.move(booking, "13:10")
    assert refused.value.params == {"times": 3}
    assert show_booking(town.context, town.eleni, booking.reference) == booking


def test_a_booking_is_moved_until_two_hours_before_its_start(town: Town) -> None:
    booking = town.a_booking("12:10")
    town.clock.set(on_the_day("10:10"))
    start_move(town.context, town.eleni, booking.reference)
    town.clock.advance(seconds=1)
    with pytest.raises(TooLate):
        start_move(town.context, town.eleni, booking.reference)


def test_a_move_begun_in_time_is_refused_when_it_ends_too_late(town: Town) -> None:
    booking = town.a_booking("12:10")
    town.clock.set(on_the_day("10:05"))
    hold = town.hold_move(booking, "13:10")
    town.clock.advance(minutes=6)
    with pytest.raises(TooLate):
        town.confirm(hold)
    assert show_booking(town.context, town.eleni, booking.reference) == booking
    assert_nothing_booked_twice(town.context.db)


def test_how_often_and_until_when_are_settings_of_the_service(town: Town) -> None:
    with transaction(town.context.db) as tx:
        service = tx.get_one(ServiceRow, town.service.id)
        service.max_moves, service.move_until_minutes = 1, 24 * 60
    booking = town.move(town.a_booking("09:10"), "10:10")
    with pytest.raises(TooManyMoves):
        start_move(town.context, town.eleni, booking.reference)
    town.clock.set(on_the_day("2026-11-23 10:11"))
    with pytest.raises(TooLate):
        start_move(town.context, town.eleni, booking.reference)


def test_somebody_elses_booking_cannot_be_moved(town: Town) -> None:
    booking, nikos = town.a_booking("09:10"), town.citizen()
    with pytest.raises(NotFound):
        start_move(town.context, nikos, booking.reference)
    assert open_draft(town.context, nikos).draft.moving is None


def test_cancelling_ends_a_move_under_way(town: Town) -> None:
    booking = town.a_booking("09:10")
    town.hold_move(booking, "09:20")
    [row] = [row for row in rows(town.context.db, BookingRow) if row.id == booking.id]
    cancel_booking(town.context, LinkHolder(row.id or 0), booking.reference)
    claimed = {claim.tick for claim in rows(town.context.db, ClaimRow)}
    assert claimed == set(range(row.first_tick, row.end_tick)), "only the time that was given back"
    assert open_draft(town.context, town.eleni).draft.moving is None
    assert open_draft(town.context, town.eleni).draft.hold is None
    assert_nothing_booked_twice(town.context.db)


@pytest.mark.parametrize("desks", [1, 2])
def test_moving_to_the_same_time_changes_nothing_and_mails_nothing(db: Engine, desks: int) -> None:
    town = a_town(db, desks=desks)
    if desks == 2:
        # The booking's own desk is not the first that is free.
        town.a_booking("09:10", by=town.citizen())
    booking = town.a_booking("09:10")
    if desks == 2:
        [first, _] = rows(db, BookingRow)
        cancel_booking(town.context, LinkHolder(first.id or 0), first.reference)
    before, mails = town.row(booking).model_dump(), len(rows(db, OutboxRow))
    town.clock.advance(minutes=5)
    hold = town.hold_move(booking, "09:10")
    assert town.confirm(hold) == booking
    assert confirm_booking(town.context, town.eleni, confirmation(hold)) == booking
    assert town.row(booking).model_dump() == before
    assert len(rows(db, OutboxRow)) == mails
    assert_nothing_booked_twice(db)
    assert open_draft(town.context, town.eleni).draft.moving is None


def test_the_same_time_uses_up_no_move(town: Town) -> None:
    booking = town.a_booking("09:10")
    for _ in range(4):
        booking = town.move(booking, "09:10")
    assert town.move(booking, "10:10").reschedule_count == 1


def test_details_that_change_at_the_same_time_are_saved_and_confirmed_anew(town: Town) -> None:
    booking = town.a_booking("09:10")
    hold = town.hold_move(booking, "09:10")
    give_details(town.context, town.eleni, typed(subject="Άλλο θέμα"))
    changed = confirm_booking(town.context, town.eleni, confirmation(hold))
    assert (changed.details.subject, changed.reschedule_count, changed.sequence) == ("Άλλο θέμα", 0, 1)
    assert confirm_booking(town.context, town.eleni, confirmation(hold)) == changed
    assert [row.event for row in rows(town.context.db, OutboxRow)] == ["booking.confirmed", "booking.details_changed"]


def test_another_mode_at_the_same_time_is_a_move(town: Town) -> None:
    booking = town.a_booking("09:10")
    start_move(town.context, town.eleni, booking.reference)
    choose_service(town.context, town.eleni, town.service.id or 0, "phone")
    hold = hold_slot(town.context, town.eleni, on_the_day("09:10"))
    moved = town.confirm(hold, declaration=declaration_of(Mode.PHONE, "el"))
    assert (moved.reschedule_count, moved.mode) == (1, Mode.PHONE)


def test_moving_does_not_forget_contact_data_that_were_to_be_remembered(town: Town) -> None:
    hold = town.hold("09:10")
    give_details(town.context, town.eleni, typed(remember_contact=True))
    booking = confirm_booking(town.context, town.eleni, confirmation(hold))
    hold = town.hold_move(booking, "11:10")
    give_details(town.context, town.eleni, open_draft(town.context, town.eleni).typed)
    confirm_booking(town.context, town.eleni, confirmation(hold))
    assert open_draft(town.context, town.eleni).typed.remember_contact
