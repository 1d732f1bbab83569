"""An official books for somebody on the telephone or at the counter; the claims decide."""

from dataclasses import replace
from datetime import timedelta
from functools import partial

import pytest
from sqlalchemy import Engine

from dimoslive.db.engine import transaction
from dimoslive.db.tables.booking import BookingRow
from dimoslive.db.tables.catalogue import ClosureRow, DeskRow, ServiceDeskRow
from dimoslive.db.tables.desk import BookingEventRow
from dimoslive.db.tables.outbox import DeliveryRow, OutboxRow
from dimoslive.domain.booking.booking import Booking, BookingSource
from dimoslive.domain.booking.statuses import BookingStatus
from dimoslive.domain.desk.person import TypedPerson
from dimoslive.domain.errors import (
    DomainError,
    InvalidDetails,
    InvalidInput,
    LanesFull,
    NotOffered,
    SlotTaken,
    UnansweredWarnings,
)
from dimoslive.domain.people.principals import Official, StaffRight
from dimoslive.domain.scheduling.mode import Mode
from dimoslive.i18n.search_key import search_key
from dimoslive.services.desk.book_for_person import NewBooking, book_for_person
from tests.support.arranging import a_new_booking, another_desk, at_desk, book_at_desk, desks_of, free_hand, stefanos
from tests.support.meeting import enter_foreign_official, enter_official
from tests.support.rivals import at_once
from tests.support.world import Town, a_town, an_absence, assert_nothing_booked_twice, on_the_day, rows

REASON = "Έκτακτη ανάγκη"


@pytest.fixture
def official(town: Town) -> Official:
    return enter_official(town)


def refused(town: Town, official: Official, new: NewBooking, refusal: type[DomainError]) -> DomainError:
    """The refusal; nothing was written, nobody is told."""
    before = len(rows(town.context.db, BookingRow))
    with pytest.raises(refusal) as caught:
        book_for_person(town.context, official, new)
    assert len(rows(town.context.db, BookingRow)) == before
    assert_nothing_booked_twice(town.context.db)
    return caught.value


def open_warnings(town: Town, official: Official, new: NewBooking) -> tuple[str, ...]:
    """What the last press asks again."""
    refusal = refused(town, official, new, UnansweredWarnings)
    assert isinstance(refusal, UnansweredWarnings)
    return refusal.warnings


def test_a_caller_gets_a_free_time_and_who_booked_it_is_kept(town: Town, official: Official) -> None:
    booking = book_at_desk(town, official, "09:10")
    row = town.row(booking)
    assert (row.status, row.source, row.made_by, row.told_by) == ("booked", "phone", official.id, official.id)
    assert (row.citizen_id, row.person_name, row.name_key) == (
        None,
        "Στέφανος Μανωλάκης",
        search_key("Στέφανος Μανωλάκης"),
    )
    assert (row.starts_at, row.phone) == (on_the_day("09:10"), "+302100000031")
    assert row.consent_version
    assert row.consent_at is None
    assert not booking.has_account
    assert not booking.is_declared
    [event] = rows(town.context.db, BookingEventRow)
    assert (event.action, event.official_id) == ("booked", official.id)
    assert_nothing_booked_twice(town.context.db)


def test_who_gave_an_address_is_mailed_and_who_gave_none_is_not(town: Town, official: Official) -> None:
    book_at_desk(town, official, "09:10")
    assert len(rows(town.context.db, OutboxRow)) == 1
    assert rows(town.context.db, DeliveryRow) == []
    book_at_desk(town, official, "09:20", person=stefanos(name="Άννα Ρήγα", phone="", email="anna@example.com"))
    assert len(rows(town.context.db, DeliveryRow)) == 1


def test_staff_give_times_that_citizens_cannot_take_any_more(town: Town, official: Official) -> None:
    town.clock.set(on_the_day("10:02"))
    booking = book_at_desk(town, official, "10:10")
    assert booking.period.starts_at == on_the_day("10:10")


def test_the_places_kept_for_staff_are_theirs(db: Engine) -> None:
    town = a_town(db, staff_reserve=1)
    assert book_at_desk(town, enter_official(town), "09:10").status is BookingStatus.BOOKED


def test_the_same_form_pressed_twice_books_once(town: Town, official: Official) -> None:
    new = a_new_booking(town, at_desk(town, "09:10"))
    first, second = (book_for_person(town.context, official, new) for _ in range(2))
    assert first.reference == second.reference
    assert len(rows(town.context.db, BookingRow)) == 1


def test_a_time_that_somebody_took_meanwhile_is_taken(town: Town, official: Official) -> None:
    town.a_booking("09:10")
    refused(town, official, a_new_booking(town, at_desk(town, "09:10")), SlotTaken)


def _book(town: Town, official: Official, person: TypedPerson) -> Booking:
    return book_for_person(town.context, official, a_new_booking(town, at_desk(town, "09:10"), person=person))


def test_of_two_who_press_at_once_one_books(town: Town) -> None:
    first = enter_official(town)
    second = replace(enter_foreign_official(town), rights=first.rights)
    rivals = [(first, stefanos()), (second, stefanos(name="Πέτρος Μακρής", phone="2100000042"))]
    jobs = [partial(_book, town, official, person) for official, person in rivals]
    outcomes = at_once(jobs)
    assert sorted(isinstance(outcome, SlotTaken) for outcome in outcomes) == [False, True]
    assert_nothing_booked_twice(town.context.db)


def test_what_a_citizen_holds_is_not_taken_but_may_be_stood_beside(town: Town, official: Official) -> None:
    hold = town.hold("09:10")
    refused(town, official, a_new_booking(town, at_desk(town, "09:10")), SlotTaken)
    place = free_hand(town, "09:10")
    assert open_warnings(town, official, a_new_booking(town, place)) == ("held",)
    book_for_person(town.context, official, a_new_booking(town, replace(place, capacity_reason=REASON)))
    assert town.confirm(hold).status is BookingStatus.BOOKED
    assert_nothing_booked_twice(town.context.db)


def test_a_hold_that_ran_out_gives_way(town: Town, official: Official) -> None:
    town.hold("09:10")
    town.clock.advance(minutes=11)
    assert book_at_desk(town, official, "09:10").period.starts_at == on_the_day("09:10")
    assert_nothing_booked_twice(town.context.db)


class TestNow:
    def test_now_is_rounded_up_and_the_person_waits_at_once(self, town: Town, official: Official) -> None:
        town.clock.set(on_the_day("10:02"))
        new = a_new_booking(town, at_desk(town, None), person=stefanos(phone=""), source=BookingSource.COUNTER)
        row = town.row(book_for_person(town.context, official, new))
        assert (row.status, row.starts_at, row.arrived_at) == ("waiting", on_the_day("10:05"), on_the_day("10:02"))
        assert (row.source, row.phone, row.email) == ("counter", "", "")

    def test_the_full_minute_itself_is_now(self, town: Town, official: Official) -> None:
        town.clock.set(on_the_day("10:05"))
        booking = book_for_person(town.context, official, a_new_booking(town, at_desk(town, None)))
        assert booking.period.starts_at == on_the_day("10:05")

    def test_by_video_nobody_waits_before_the_browser_does(self, town: Town, official: Official) -> None:
        town.clock.set(on_the_day("10:02"))
        new = a_new_booking(town, at_desk(town, None), mode=Mode.VIDEO)
        assert book_for_person(town.context, official, new).status is BookingStatus.BOOKED


class TestWhatStandsAgainst:
    def test_before_opening_wants_a_reason(self, town: Town, official: Official) -> None:
        place = free_hand(town, "08:00")
        assert open_warnings(town, official, a_new_booking(town, place)) == ("outside_hours",)
        row = town.row(
            book_for_person(town.context, official, a_new_booking(town, replace(place, hours_reason=REASON)))
        )
        assert (row.is_outside_hours, row.staff_reason) == (True, REASON)

    def test_a_booking_that_ends_after_closing_wants_one(self, town: Town, official: Official) -> None:
        assert open_warnings(town, official, a_new_booking(town, free_hand(town, "14:55"))) == ("outside_hours",)

    def test_a_holiday_is_named(self, town: Town, official: Official) -> None:
        place = free_hand(town, "2026-12-25 10:00")
        assert open_warnings(town, official, a_new_booking(town, place)) == ("holiday",)

    def test_a_closure_and_an_absent_desk_are_named(self, town: Town, official: Official) -> None:
        with transaction(town.context.db) as tx:
            noon, end = on_the_day("12:00"), on_the_day("15:00")
            an_absence(tx, desks_of(town)[0], starts_at=noon, ends_at=end)
            tx.add(
                ClosureRow(
                    municipality_id=town.municipality.id, starts_at=noon, ends_at=end, reason_el="", reason_en=""
                )
            )
        new = a_new_booking(town, free_hand(town, "12:00"))
        assert open_warnings(town, official, new) == ("closed", "desk_absent")
        refused(town, official, a_new_booking(town, at_desk(town, "12:00")), SlotTaken)
        assert book_at_desk(town, official, "11:50").period.ends_at == noon

    def test_off_the_grid_and_shorter_needs_no_reason(self, town: Town, official: Official) -> None:
        row = town.row(
            book_for_person(town.context, official, a_new_booking(town, free_hand(town, "09:15", duration_minutes=5)))
        )
        assert (row.ends_at - row.starts_at, row.is_outside_hours) == (timedelta(minutes=5), False)

    @pytest.mark.parametrize(
        ("wall", "minutes", "field"),
        [
            ("09:12", 10, "starts_at"),
            ("09:10", 7, "duration"),
            ("09:10", 245, "duration"),
            ("09:10", -5, "duration"),
        ],
    )
    def test_what_is_not_of_five_minutes_is_refused(
        self, town: Town, official: Official, wall: str, minutes: int, field: str
    ) -> None:
        place = free_hand(town, wall, duration_minutes=minutes)
        refusal = refused(town, official, a_new_booking(town, place), InvalidInput)
        assert isinstance(refusal, InvalidInput)
        assert refusal.field == field

    def test_a_time_that_is_over_is_refused(self, town: Town, official: Official) -> None:
        town.clock.set(on_the_day("10:02"))
        refused(town, official, a_new_booking(town, free_hand(town, "09:55")), InvalidInput)

    @pytest.mark.parametrize("reason", ["οκ", "α" * 201])
    def test_a_reason_has_three_to_two_hundred_characters(self, town: Town, official: Official, reason: str) -> None:
        refused(town, official, a_new_booking(town, free_hand(town, "08:00", hours_reason=reason)), InvalidInput)


class TestOverCapacity:
    def test_two_stand_beside_the_regular_one_and_the_third_is_refused(self, town: Town, official: Official) -> None:
        town.a_booking("09:10")
        place = free_hand(town, "09:10")
        assert open_warnings(town, official, a_new_booking(town, place)) == ("taken",)
        place = replace(place, capacity_reason=REASON)
        beside = [
            town.row(book_for_person(town.context, official, a_new_booking(town, place, books_again=True)))
            for _ in range(2)
        ]
        refused(town, official, a_new_booking(town, place, books_again=True), LanesFull)
        lanes = [desk for desk in rows(town.context.db, DeskRow) if desk.overflow_of]
        assert [(lane.overflow_of, lane.lane) for lane in lanes] == [(desks_of(town)[0], 1), (desks_of(town)[0], 2)]
        assert [row.desk_id for row in beside] == [lane.id for lane in lanes]
        assert {row.staff_reason for row in beside} == {REASON}

    def test_no_lane_serves_a_service(self, town: Town, official: Official) -> None:
        town.a_booking("09:10")
        book_for_person(town.context, official, a_new_booking(town, free_hand(town, "09:10", capacity_reason=REASON)))
        lanes = {desk.id for desk in rows(town.context.db, DeskRow) if desk.overflow_of}
        assert lanes.isdisjoint(row.desk_id for row in rows(town.context.db, ServiceDeskRow))
        lane = free_hand(town, "10:00", desk_id=min(filter(None, lanes)))
        refused(town, official, a_new_booking(town, lane, books_again=True), NotOffered)

    def test_what_became_free_is_taken_and_no_lane_is_made(self, town: Town, official: Official) -> None:
        place = free_hand(town, "09:10", capacity_reason=REASON)
        row = town.row(book_for_person(town.context, official, a_new_booking(town, place)))
        assert (row.desk_id, row.staff_reason) == (desks_of(town)[0], "")

    def test_two_officials_who_need_the_first_lane_at_once_make_it_once(self, town: Town, official: Official) -> None:
        town.a_booking("09:10")
        place = free_hand(town, "09:10", capacity_reason=REASON)
        people = [stefanos(), stefanos(name="Άννα Ρήγα", phone="2100000041")]
        wanted = [a_new_booking(town, place, person=person, books_again=True) for person in people]
        outcomes = at_once([partial(book_for_person, town.context, official, new) for new in wanted])
        assert [outcome for outcome in outcomes if isinstance(outcome, DomainError)] == []
        assert_nothing_booked_twice(town.context.db)


class TestSamePerson:
    @pytest.mark.parametrize(
        "person",
        [
            stefanos(name="Άλλος Άνθρωπος", phone="+30 2100000031"),
            stefanos(name="ΜΑΝΩΛΑΚΗΣ Στεφανος", phone="2100000099"),
        ],
        ids=["phone", "name"],
    )
    def test_who_has_an_open_booking_is_warned_of(self, town: Town, official: Official, person: TypedPerson) -> None:
        book_at_desk(town, official, "09:10")
        new = a_new_booking(town, at_desk(town, "09:20"), person=person)
        assert open_warnings(town, official, new) == ("already_booked",)
        assert book_for_person(town.context, official, replace(new, books_again=True)).status is BookingStatus.BOOKED

    def test_a_citizen_s_own_booking_counts_and_caps_do_not_stop_staff(self, town: Town, official: Official) -> None:
        town.a_booking("09:10")
        new = a_new_booking(town, at_desk(town, "09:20"), person=stefanos(phone="", email="ELENI@example.com"))
        assert open_warnings(town, official, new) == ("already_booked",)
        book_for_person(town.context, official, replace(new, books_again=True))

    def test_what_the_official_may_not_see_is_not_told(self, town: Town, official: Official) -> None:
        elsewhere = town.another_service()
        book_at_desk(town, official, "09:10")
        right = StaffRight(town.municipality.id, department_ids=frozenset({elsewhere.department_id}))
        limited = replace(official, rights=frozenset({right}))
        place = at_desk(town, "09:20", desk_id=desks_of(town, elsewhere)[0])
        new = a_new_booking(town, place, service_id=elsewhere.id)
        assert book_for_person(town.context, limited, new).status is BookingStatus.BOOKED


class TestFields:
    def test_all_that_is_wrong_is_said_at_once(self, town: Town, official: Official) -> None:
        wrong = TypedPerson(name="Α", email="anna@", subject="β" * 501)
        refusal = refused(
            town, official, a_new_booking(town, at_desk(town, "09:10"), person=wrong, is_told=False), InvalidDetails
        )
        assert isinstance(refusal, InvalidDetails)
        assert [(problem.field, problem.code) for problem in refusal.problems] == [
            ("name", "too_short"),
            ("email", "invalid_email"),
            ("subject", "too_long"),
            ("told", "told_required"),
        ]

    def test_telephone_or_address_is_needed(self, town: Town, official: Official) -> None:
        new = a_new_booking(town, at_desk(town, "09:10"), person=stefanos(phone=""))
        refusal = refused(town, official, new, InvalidDetails)
        assert isinstance(refusal, InvalidDetails)
        assert [problem.code for problem in refusal.problems] == ["contact_required"]

    def test_who_is_called_has_a_number(self, town: Town, official: Official) -> None:
        person = stefanos(phone="", email="anna@example.com")
        new = a_new_booking(town, at_desk(town, "09:10"), person=person, mode=Mode.PHONE)
        refused(town, official, new, InvalidDetails)


class TestScope:
    def test_another_municipality_s_service_is_not_offered(self, town: Town) -> None:
        refused(town, enter_foreign_official(town), a_new_booking(town, at_desk(town, "09:10")), NotOffered)

    def test_nor_one_of_a_department_outside_the_right(self, town: Town, official: Official) -> None:
        other = town.another_service()
        right = StaffRight(town.municipality.id, department_ids=frozenset({other.department_id}))
        limited = replace(official, rights=frozenset({right}))
        refused(town, limited, a_new_booking(town, at_desk(town, "09:10")), NotOffered)

    def test_nor_a_desk_of_another_service_nor_what_is_no_id(self, town: Town, official: Official) -> None:
        other = desks_of(town, town.another_service())[0]
        for desk_id in (other, 0, -1, 2**40):
            refused(town, official, a_new_booking(town, at_desk(town, "09:10", desk_id=desk_id)), NotOffered)
        for service_id in (0, -1, 2**40):
            refused(town, official, a_new_booking(town, at_desk(town, "09:10"), service_id=service_id), NotOffered)

    def test_a_desk_that_serves_it_too_is(self, town: Town, official: Official) -> None:
        second = another_desk(town)
        booking = book_for_person(town.context, official, a_new_booking(town, at_desk(town, "09:10", desk_id=second)))
        assert town.row(booking).desk_id == second
