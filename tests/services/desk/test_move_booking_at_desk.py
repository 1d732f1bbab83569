"""An official gives a booking another time: new claims first, then the old ones go."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest

from dimoslive.db.engine import transaction
from dimoslive.db.tables.booking import BookingRow, ClaimRow
from dimoslive.db.tables.catalogue import ServiceRow
from dimoslive.db.tables.desk import BookingEventRow, CallTaskRow
from dimoslive.db.tables.meeting import MeetingRow
from dimoslive.db.tables.outbox import DeliveryRow, OutboxRow
from dimoslive.domain.booking.statuses import BookingStatus
from dimoslive.domain.desk.presses import Press
from dimoslive.domain.errors import (
    ChangedByOther,
    ChangedElsewhere,
    HoldExpired,
    InvalidInput,
    NotAMeeting,
    NotFound,
    NotMovable,
    NotOffered,
    SlotTaken,
    UnansweredWarnings,
)
from dimoslive.domain.people.principals import Official
from dimoslive.domain.scheduling.mode import Mode
from dimoslive.services.booking.cancel_booking import cancel_booking
from dimoslive.services.booking.show_booking import show_booking
from dimoslive.services.desk.move_booking_at_desk import Telling, move_booking_at_desk
from dimoslive.services.desk.press_booking import SeenBooking, press_booking
from tests.support.arranging import another_desk, at_desk, book_at_desk, desks_of, free_hand, move_at_desk, seen
from tests.support.meeting import (
    ANNA,
    a_participant,
    enter_foreign_official,
    enter_official,
    meeting,
    wait,
    without_video,
)
from tests.support.world import Town, assert_nothing_booked_twice, on_the_day, rows


@pytest.fixture
def official(town: Town) -> Official:
    return enter_official(town)


def test_a_citizen_s_limits_neither_bind_nor_are_used_up(town: Town, official: Official) -> None:
    booking = town.a_booking("09:10")
    town.clock.set(on_the_day("09:00"))
    moved = move_at_desk(town, official, booking, at_desk(town, "09:30"), Telling.MAIL)
    row = town.row(booking)
    assert (row.starts_at, row.status) == (on_the_day("09:30"), "booked")
    assert (row.reschedule_count, row.first_starts_at) == (0, on_the_day("09:10"))
    assert moved.sequence == booking.sequence + 1
    assert_nothing_booked_twice(town.context.db)


def test_the_citizen_is_mailed_old_time_and_new(town: Town, official: Official) -> None:
    move_at_desk(town, official, town.a_booking("09:10"), at_desk(town, "09:30"), Telling.MAIL)
    event = rows(town.context.db, OutboxRow)[-1]
    assert event.event == "booking.rescheduled"
    assert json.loads(event.payload)["previous_period"]["starts_at"] == on_the_day("09:10").isoformat()
    assert len(rows(town.context.db, DeliveryRow)) == 2


def test_whoever_will_be_phoned_is_among_the_calls(town: Town, official: Official) -> None:
    booking = book_at_desk(town, official, "09:10")
    before = len(rows(town.context.db, OutboxRow))
    move_at_desk(town, official, booking, at_desk(town, "09:30"), Telling.CALL)
    [call] = rows(town.context.db, CallTaskRow)
    assert (call.booking_id, call.kind, call.municipality_id) == (booking.id, "moved", town.municipality.id)
    assert json.loads(call.facts)["starts_at"] == on_the_day("09:10").isoformat()
    assert len(rows(town.context.db, OutboxRow)) == before


def test_without_an_address_no_mail_is_promised(town: Town, official: Official) -> None:
    booking = book_at_desk(town, official, "09:10")
    with pytest.raises(InvalidInput):
        move_at_desk(town, official, booking, at_desk(town, "09:30"), Telling.MAIL)
    assert town.row(booking).starts_at == on_the_day("09:10")


def test_the_own_length_is_kept_and_the_own_time_counts_as_free(town: Town, official: Official) -> None:
    booking = book_at_desk(town, official, "09:10")
    move_at_desk(town, official, booking, free_hand(town, "09:10", duration_minutes=30))
    move_at_desk(town, official, booking, free_hand(town, "09:20"))
    row = town.row(booking)
    assert (row.starts_at, row.ends_at) == (on_the_day("09:20"), on_the_day("09:50"))
    assert town.claims_of(booking) == 6
    assert_nothing_booked_twice(town.context.db)


def test_the_old_time_is_free_for_staff_at_once(town: Town, official: Official) -> None:
    move_at_desk(town, official, town.a_booking("09:10"), at_desk(town, "09:30"))
    assert book_at_desk(town, official, "09:10").period.starts_at == on_the_day("09:10")


def test_a_time_that_is_taken_leaves_everything_as_it_was(town: Town, official: Official) -> None:
    booking, claims = town.a_booking("09:10"), rows(town.context.db, ClaimRow)
    book_at_desk(town, official, "09:30")
    for place, refusal in ((at_desk(town, "09:30"), SlotTaken), (free_hand(town, "09:30"), UnansweredWarnings)):
        with pytest.raises(refusal):
            move_at_desk(town, official, booking, place)
    assert town.row(booking).starts_at == on_the_day("09:10")
    assert set(map(repr, claims)) <= set(map(repr, rows(town.context.db, ClaimRow)))


def test_outside_hours_and_over_capacity_want_reasons_and_lose_them_again(town: Town, official: Official) -> None:
    booking = town.a_booking("09:10")
    move_at_desk(town, official, booking, free_hand(town, "15:30", hours_reason="Δεν μπορεί πρωί"))
    assert (town.row(booking).is_outside_hours, town.row(booking).staff_reason) == (True, "Δεν μπορεί πρωί")
    book_at_desk(town, official, "09:30")
    move_at_desk(town, official, booking, free_hand(town, "09:30", capacity_reason="Επείγον"))
    assert (town.row(booking).is_outside_hours, town.row(booking).staff_reason) == (False, "Επείγον")
    assert town.row(booking).desk_id not in desks_of(town)
    move_at_desk(town, official, booking, at_desk(town, "10:00"))
    assert (town.row(booking).desk_id, town.row(booking).staff_reason) == (desks_of(town)[0], "")
    assert_nothing_booked_twice(town.context.db)


def test_the_same_press_again_does_nothing_more(town: Town, official: Official) -> None:
    booking = town.a_booking("09:10")
    was = seen(town, booking)
    for _ in range(2):
        move_booking_at_desk(town.context, official, was, at_desk(town, "09:30"), Telling.MAIL)
    assert town.row(booking).sequence == 1
    assert [event.action for event in rows(town.context.db, BookingEventRow)] == ["booked", "moved"]


def test_whoever_was_faster_is_named_and_nothing_is_written(town: Town, official: Official) -> None:
    booking, colleague = town.a_booking("09:10"), enter_official(town, ANNA)
    was = seen(town, booking)
    move_booking_at_desk(town.context, colleague, was, at_desk(town, "09:30"), Telling.NONE)
    with pytest.raises(ChangedByOther):
        move_booking_at_desk(town.context, official, was, at_desk(town, "09:50"), Telling.NONE)
    assert town.row(booking).starts_at == on_the_day("09:30")


def test_to_where_it_stands_is_no_move(town: Town, official: Official) -> None:
    booking = town.a_booking("09:10")
    move_at_desk(town, official, booking, at_desk(town, "09:10"), Telling.MAIL)
    assert town.row(booking).sequence == 0
    assert len(rows(town.context.db, BookingEventRow)) == 1


def test_what_is_over_or_being_served_gets_no_other_time(town: Town, official: Official) -> None:
    booking = without_video(town, "09:10")
    town.clock.set(on_the_day("09:05"))
    press_booking(town.context, official, Press.START, SeenBooking(booking.reference, BookingStatus.BOOKED))
    with pytest.raises(NotMovable):
        move_at_desk(town, official, booking, at_desk(town, "09:30"))
    press_booking(town.context, official, Press.SERVED, SeenBooking(booking.reference, BookingStatus.IN_SERVICE))
    with pytest.raises(NotMovable):
        move_at_desk(town, official, booking, at_desk(town, "09:30"))


def test_who_waited_is_expected_at_the_new_time(town: Town, official: Official) -> None:
    booking = without_video(town, "09:10")
    town.clock.set(on_the_day("09:05"))
    press_booking(town.context, official, Press.ARRIVED, SeenBooking(booking.reference, BookingStatus.BOOKED))
    move_at_desk(town, official, booking, at_desk(town, "11:00"))
    assert (town.row(booking).status, town.row(booking).arrived_at) == ("booked", None)


def test_the_waiting_room_of_a_moved_meeting_is_empty(town: Town, official: Official) -> None:
    from dimoslive.services.meeting.note_presence import note_presence  # noqa: PLC0415  # of this test alone

    booking = town.a_booking("09:10")
    town.clock.set(on_the_day("09:05"))
    note_presence(town.context, a_participant(town, booking))
    move_at_desk(town, official, booking, at_desk(town, "11:00"))
    assert (town.row(booking).status, meeting(town, booking).waiting_since) == ("booked", None)


class TestBesideACitizenSOwnMove:
    def test_the_time_that_leant_on_the_old_one_is_let_go(self, town: Town, official: Official) -> None:
        longer = town.another_service(duration_minutes=20, step_minutes=10)
        booking = town.a_booking("09:10", service=longer)
        hold = town.hold_move(booking, "09:20")
        place = at_desk(town, "11:00", desk_id=desks_of(town, longer)[0])
        move_at_desk(town, official, booking, place)
        with pytest.raises((HoldExpired, ChangedElsewhere)):
            town.confirm(hold)
        assert town.row(booking).starts_at == on_the_day("11:00")
        assert_nothing_booked_twice(town.context.db)

    def test_a_cancelled_one_cannot_be_moved(self, town: Town, official: Official) -> None:
        booking = town.a_booking("09:10")
        cancel_booking(town.context, town.eleni, booking.reference)
        with pytest.raises(NotMovable):
            move_at_desk(town, official, booking, at_desk(town, "09:30"))


def test_a_foreign_booking_or_desk_is_nobody_s(town: Town, official: Official) -> None:
    booking = town.a_booking("09:10")
    with pytest.raises(NotFound):
        move_at_desk(town, enter_foreign_official(town), booking, at_desk(town, "09:30"))
    other = desks_of(town, town.another_service())[0]
    with pytest.raises(NotOffered):
        move_at_desk(town, official, booking, at_desk(town, "09:30", desk_id=other))


def test_to_another_desk_and_longer(town: Town, official: Official) -> None:
    booking, second = town.a_booking("09:10"), another_desk(town)
    with transaction(town.context.db) as tx:
        tx.get_one(BookingRow, booking.id).is_outside_hours = True
    place = replace(free_hand(town, "09:10"), desk_id=second, duration_minutes=25)
    move_at_desk(town, official, booking, place)
    row = town.row(booking)
    assert (row.desk_id, row.ends_at - row.starts_at, row.is_outside_hours) == (second, timedelta(minutes=25), False)


class TestMode:
    """The mode changes as the time does: in the history, in the mail, and in what hung on the former one."""

    def test_the_mode_changes_and_the_time_stays(self, town: Town, official: Official) -> None:
        booking = town.a_booking("09:10")
        was = seen(town, booking)
        for _ in range(2):
            move_booking_at_desk(town.context, official, was, free_hand(town, "09:10"), Telling.MAIL, Mode.IN_PERSON)
        row = town.row(booking)
        assert (row.mode, row.starts_at, row.sequence) == ("in_person", on_the_day("09:10"), 1)
        event = rows(town.context.db, BookingEventRow)[-1]
        assert (event.action, event.before, event.after) == (
            "moved",
            '{"mode": "video"}',
            '{"mode": "in_person"}',
        )
        payload = json.loads(rows(town.context.db, OutboxRow)[-1].payload)
        assert (payload["previous_mode"], payload["booking"]["mode"]) == ("video", "in_person")
        assert_nothing_booked_twice(town.context.db)

    def test_without_video_there_is_no_meeting_any_more(self, town: Town, official: Official) -> None:
        booking = town.a_booking("09:10")
        town.clock.set(on_the_day("09:05"))
        wait(town, booking)
        assert meeting(town, booking).waiting_since is not None
        move_at_desk(town, official, booking, free_hand(town, "09:10"), mode=Mode.IN_PERSON)
        assert rows(town.context.db, MeetingRow) == []
        assert (town.row(booking).status, town.row(booking).arrived_at) == ("booked", None)
        with pytest.raises(NotAMeeting):
            wait(town, booking)

    def test_a_call_wants_its_own_declaration(self, town: Town, official: Official) -> None:
        booking = without_video(town, "09:10")
        move_at_desk(town, official, booking, free_hand(town, "09:10"), mode=Mode.VIDEO)
        moved = show_booking(town.context, town.eleni, booking.reference)
        assert (moved.mode, moved.is_declared) == (Mode.VIDEO, False)
        other = town.a_booking("10:10", by=town.citizen("Άννα Δημητρίου"))
        back = move_at_desk(town, official, other, free_hand(town, "10:10"), mode=Mode.IN_PERSON)
        assert back.is_declared

    def test_what_the_service_does_not_offer_or_nobody_can_phone_is_refused(
        self, town: Town, official: Official
    ) -> None:
        booking = town.a_booking("09:10")
        with transaction(town.context.db) as tx:
            tx.get_one(BookingRow, booking.id).phone = ""
            tx.get_one(ServiceRow, town.service.id).offers_phone = True
        with pytest.raises(InvalidInput, match="mode"):
            move_at_desk(town, official, booking, free_hand(town, "09:10"), mode=Mode.PHONE)
        with transaction(town.context.db) as tx:
            tx.get_one(ServiceRow, town.service.id).offers_in_person = False
        with pytest.raises(NotOffered):
            move_at_desk(town, official, booking, free_hand(town, "09:10"), mode=Mode.IN_PERSON)
        assert town.row(booking).mode == "video"

    def test_whoever_changed_the_mode_meanwhile_is_named(self, town: Town, official: Official) -> None:
        booking, colleague = town.a_booking("09:10"), enter_official(town, ANNA)
        was = seen(town, booking)
        move_booking_at_desk(town.context, colleague, was, free_hand(town, "09:10"), Telling.NONE, Mode.IN_PERSON)
        with pytest.raises(ChangedByOther):
            move_booking_at_desk(town.context, official, was, at_desk(town, "09:50"), Telling.NONE, Mode.VIDEO)
