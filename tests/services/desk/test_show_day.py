"""An official sees the day of the own municipality and scope: who comes, who waits, and what became of it."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, update

from dimoslive.db.engine import transaction
from dimoslive.db.tables.booking import BookingRow
from dimoslive.db.tables.catalogue import ClosureRow, DeskRow, ServiceRow
from dimoslive.db.tables.desk import DeskDelayRow
from dimoslive.db.tables.meeting import MeetingRow
from dimoslive.domain.booking.details import ServedPerson
from dimoslive.domain.booking.statuses import BookingStatus
from dimoslive.domain.desk.day import DayBooking
from dimoslive.domain.meeting.meeting import PRESENT_FOR, Outcome
from dimoslive.domain.people.principals import Official, StaffRight, StaffRole
from dimoslive.domain.scheduling.mode import Mode
from dimoslive.services.booking.cancel_booking import cancel_booking
from dimoslive.services.desk.find_workplace import find_workplace
from dimoslive.services.desk.show_day import Day, show_day
from dimoslive.services.meeting.admit_citizen import admit_citizen
from dimoslive.services.meeting.end_meeting import end_meeting
from dimoslive.services.meeting.find_participant import JoinRequest, find_participant
from dimoslive.services.meeting.note_absence import note_absence
from dimoslive.services.meeting.note_presence import note_presence
from dimoslive.services.meeting.send_back_if_weaker import send_back_if_weaker
from dimoslive.services.upkeep.close_meetings import close_meetings
from dimoslive.services.upkeep.erase_old_data import erase_old_data
from tests.support.database import counting
from tests.support.meeting import (
    a_meeting,
    a_meeting_for,
    enter_foreign_official,
    enter_official,
    link_token,
    wait,
    without_video,
)
from tests.support.settings import a_department
from tests.support.world import Town, a_town, an_absence, on_the_day


@pytest.fixture
def official(town: Town) -> Official:
    return enter_official(town)


def the_day(town: Town, official: Official, on: str = "12:00") -> Day:
    place = find_workplace(town.context, official, town.municipality.slug)
    return show_day(town.context, official, place, on_the_day(on).date())


def the_booking(town: Town, official: Official) -> DayBooking:
    """The only one of the day."""
    [booking] = the_day(town, official).bookings
    return booking


def waiting(day: Day) -> list[str]:
    return [one.booking.reference for one in day.waiting if not one.is_away]


def limited_to(official: Official, service: ServiceRow) -> Official:
    """As the department of this service alone."""
    [right] = official.rights
    limited = StaffRight(right.municipality_id, StaffRole.OFFICIAL, frozenset({service.department_id}))
    return Official(official.id, "", "", frozenset({limited}))


def test_the_day_is_the_one_in_greece_with_all_modes_and_no_other(town: Town, official: Official) -> None:
    first = without_video(town, "09:00")
    second = without_video(town, "09:10", by=town.citizen(), mode=Mode.PHONE)
    third = town.a_booking("09:30", by=town.citizen())
    tomorrow = town.a_booking("2026-11-25 09:00", by=town.citizen())

    shown = [booking.reference for booking in the_day(town, official).bookings]
    assert shown == [first.reference, second.reference, third.reference]
    shown = [booking.reference for booking in the_day(town, official, "2026-11-25 12:00").bookings]
    assert shown == [tomorrow.reference]


def test_a_held_time_is_shown_without_its_person_and_for_as_long_as_it_is_held(town: Town, official: Official) -> None:
    hold = town.hold("09:20")
    booking = the_booking(town, official)
    assert (booking.reference, booking.status, booking.is_held) == (hold.reference, BookingStatus.HELD, True)
    assert (booking.person, booking.served_name, booking.phone, booking.email, booking.subject) == (
        ("", ""), "", "", "", "",
    )  # fmt: skip
    assert booking.presses(on_the_day("09:20"), "Europe/Athens") == ()
    town.clock.advance(minutes=11)
    assert the_day(town, official).bookings == ()


def test_those_who_are_limited_to_departments_see_these_alone_and_are_told_so(town: Town, official: Official) -> None:
    other = town.another_service()
    own = town.a_booking("09:00")
    town.a_booking("09:10", by=town.citizen(), service=other)
    day = the_day(town, limited_to(official, town.service))
    assert [booking.reference for booking in day.bookings] == [own.reference]
    assert [service.id for service in day.services] == [town.service.id]
    assert [names["en"] for names in day.departments] == ["Civil Registry"]
    assert (len(the_day(town, official).bookings), the_day(town, official).departments) == (2, ())


def test_desks_with_one_name_are_told_apart_by_their_departments(town: Town, official: Official) -> None:
    department, other = a_department(town), town.another_service()
    place: dict[str, Any] = {"municipality_id": town.municipality.id, "department_id": department.id}
    with transaction(town.context.db) as tx:
        tx.get_one(ServiceRow, other.id).department_id = department.id or 0
        tx.execute(update(DeskRow).values(department_id=town.service.department_id))
        tx.add(DeskRow(**place, name_el="Θυρίδα 1", name_en="Desk 1", position=9))
        tx.add(DeskRow(**place, name_el="Ταμείο 1", name_en="Till 1", position=10))
    named = {(desk.name["el"], desk.department.get("el", "")) for desk in the_day(town, official).desks}
    assert named == {("Θυρίδα 1", "Ταμείο"), ("Θυρίδα 1", "Τμήμα Δημοτολογίου"), ("Ταμείο 1", "")}


def test_what_happened_elsewhere_is_not_in_the_day(town: Town, official: Official) -> None:
    town.a_booking("09:00")
    foreign = enter_foreign_official(town)
    place = find_workplace(town.context, foreign, "drama")
    assert show_day(town.context, foreign, place, on_the_day("09:00").date()).bookings == ()
    # Whatever place is named: the query has the last word.
    place = find_workplace(town.context, official, "kavala")
    assert show_day(town.context, foreign, place, on_the_day("09:00").date()).bookings == ()


def test_six_queries_read_a_day_however_full_it_is(town: Town, official: Official) -> None:
    place = find_workplace(town.context, official, "kavala")
    for wall in ("09:00", "09:10", "09:20", "09:30"):
        town.a_booking(wall, by=town.citizen(wall + " Α"))
    with counting(town.context.db) as statements:
        assert len(show_day(town.context, official, place, on_the_day("09:00").date()).bookings) == 4
    assert len(statements) <= 6


class TestTheWaitingRoom:
    def test_all_modes_wait_together_in_the_order_of_their_times(self, town: Town, official: Official) -> None:
        nikos, maria = town.citizen("Νίκος Γεωργίου"), town.citizen("Μαρία Αλεξίου")
        first, second = town.a_booking("09:00"), without_video(town, "09:10", by=nikos)
        early = town.a_booking("09:20", by=maria)
        town.clock.set(on_the_day("09:12"))
        with transaction(town.context.db) as tx:
            row = tx.get_one(BookingRow, second.id)
            row.status, row.arrived_at = BookingStatus.WAITING.value, on_the_day("08:40")
        wait(town, early, by=maria)
        wait(town, first)
        day = the_day(town, official)
        assert waiting(day) == [first.reference, second.reference, early.reference]
        assert [(one.is_early, one.minutes(day.now)) for one in day.waiting] == [(False, 0), (False, 2), (True, 0)]

    def test_how_the_person_is_known_is_told(self, town: Town, official: Official) -> None:
        booking = a_meeting(town)
        note_presence(town.context, find_participant(town.context, JoinRequest(link=link_token(town, booking))))
        assert not the_booking(town, official).is_confirmed
        wait(town, booking)
        assert the_booking(town, official).is_confirmed

    def test_whoever_was_sent_back_waits_and_the_day_says_so(self, town: Town, official: Official) -> None:
        booking = a_meeting(town)
        wait(town, booking)
        asyncio.run(admit_citizen(town.context, official, booking.reference))
        by_link = find_participant(town.context, JoinRequest(link=link_token(town, booking)))
        assert send_back_if_weaker(town.context, by_link)
        note_presence(town.context, by_link)
        [one] = the_day(town, official).waiting
        assert (one.arrived_at, one.booking.is_confirmed, one.booking.presence.is_sent_back) == (
            town.clock.now(), False, True,
        )  # fmt: skip
        wait(town, booking)
        assert not the_booking(town, official).presence.is_sent_back

    def test_who_left_or_fell_silent_came_and_left(self, town: Town, official: Official) -> None:
        booking = a_meeting(town)
        wait(town, booking)
        note_absence(town.context, booking.id)
        day = the_day(town, official)
        assert ([one.is_away for one in day.waiting], day.present) == ([True], frozenset())
        wait(town, booking)
        town.clock.advance(seconds=PRESENT_FOR.total_seconds())
        assert the_day(town, official).present == {booking.reference}
        town.clock.advance(seconds=1)
        assert the_day(town, official).present == frozenset()

    def test_the_admitted_the_cancelled_and_the_served_do_not_wait(self, town: Town, official: Official) -> None:
        nikos = town.citizen()
        other = town.a_booking("09:20", by=nikos)
        booking = a_meeting(town, now="09:10")
        wait(town, booking)
        asyncio.run(admit_citizen(town.context, official, booking.reference))
        day = the_day(town, official)
        assert (day.waiting, day.bookings[0].presence.is_admitted) == ((), True)
        end_meeting(town.context, official, booking.reference, Outcome.REFERRED)
        day = the_day(town, official)
        assert (day.waiting, day.bookings[0].presence.outcome) == ((), "referred")
        wait(town, other, by=nikos)
        cancel_booking(town.context, nikos, other.reference)
        assert the_day(town, official).waiting == ()

    def test_who_was_admitted_into_no_room_waits_again_after_a_minute(self, town: Town, official: Official) -> None:
        booking = a_meeting(town)
        wait(town, booking)
        came_at = town.clock.now()
        asyncio.run(admit_citizen(town.context, official, booking.reference))
        with transaction(town.context.db) as tx:
            tx.get_one(MeetingRow, booking.id).room = ""
        town.clock.advance(seconds=59)
        wait(town, booking)
        assert the_day(town, official).waiting == ()
        town.clock.advance(seconds=1)
        [one] = the_day(town, official).waiting
        assert (one.arrived_at, one.booking.presence.is_admitted) == (came_at, False)

    def test_who_came_after_all_waits_again(self, town: Town, official: Official) -> None:
        booking = a_meeting(town)
        end_meeting(town.context, official, booking.reference, Outcome.NO_SHOW)
        assert the_day(town, official).waiting == ()
        wait(town, booking)
        assert waiting(the_day(town, official)) == [booking.reference]

    def test_a_meeting_that_nobody_ended_is_over_without_an_outcome(self, town: Town, official: Official) -> None:
        wait(town, a_meeting(town))
        town.clock.set(on_the_day("10:20"))
        close_meetings(town.context)
        presence = the_booking(town, official).presence
        assert (the_day(town, official).waiting, presence.has_ended, presence.outcome) == ((), True, "")


class TestTheDoor:
    def test_it_is_open_whether_or_not_the_citizen_came(self, town: Town, official: Official) -> None:
        booking = town.a_booking("09:10")
        for wall, can_enter in (("08:59", False), ("09:00", True), ("09:40", True), ("10:19", True), ("10:20", False)):
            town.clock.set(on_the_day(wall))
            assert the_booking(town, official).can_enter_meeting(town.clock.now()) is can_enter
        town.clock.set(on_the_day("09:12"))
        wait(town, booking)
        end_meeting(town.context, official, booking.reference, Outcome.NO_SHOW)
        assert the_booking(town, official).can_enter_meeting(town.clock.now())
        wait(town, booking)
        asyncio.run(admit_citizen(town.context, official, booking.reference))
        end_meeting(town.context, official, booking.reference, Outcome.SERVED)
        assert not the_booking(town, official).can_enter_meeting(town.clock.now())

    def test_nobody_goes_into_a_meeting_that_was_cancelled(self, town: Town, official: Official) -> None:
        booking = a_meeting(town)
        cancel_booking(town.context, town.eleni, booking.reference)
        assert not the_booking(town, official).can_enter_meeting(town.clock.now())

    def test_there_is_none_for_those_who_come_in_person(self, town: Town, official: Official) -> None:
        without_video(town, "09:10")
        town.clock.set(on_the_day("09:10"))
        assert not the_booking(town, official).can_enter_meeting(town.clock.now())


def test_the_typed_name_stands_apart_from_who_signed_in(town: Town, official: Official) -> None:
    a_meeting_for(town, "ΝΙΚΟΣ ΔΗΜΟΥ")
    booking = the_booking(town, official)
    assert " ".join(booking.person) == town.eleni.full_name
    assert (booking.served_person, booking.served_name) == (ServedPerson.OTHER, "ΝΙΚΟΣ ΔΗΜΟΥ")


@pytest.mark.parametrize(
    "status", [BookingStatus.SERVED, BookingStatus.NO_SHOW, BookingStatus.CANCELLED_BY_MUNICIPALITY]
)
def test_what_is_over_stays_in_the_day(sqlite_db: Engine, status: BookingStatus) -> None:
    town = a_town(sqlite_db)
    official = enter_official(town)
    booking = a_meeting(town)
    with transaction(sqlite_db) as tx:
        tx.get_one(BookingRow, booking.id).status = status
    assert the_booking(town, official).status is status


def test_an_erased_person_leaves_time_and_status(town: Town, official: Official) -> None:
    town.a_booking("09:00")
    town.clock.set(on_the_day("2026-12-30 09:00"))
    erase_old_data(town.context)
    booking = the_booking(town, official)
    assert (booking.is_erased, booking.person, booking.subject, booking.email) == (True, ("", ""), "", "")
    assert the_day(town, official).erased_at == town.clock.now()


def test_what_no_longer_fits_is_said(town: Town, official: Official) -> None:
    town.a_booking("09:00")
    assert not the_booking(town, official).no_longer_fits
    desk_id = town.row(town.a_booking("11:00", by=town.citizen())).desk_id
    with transaction(town.context.db) as tx:
        an_absence(tx, desk_id, starts_at=on_the_day("08:00"), ends_at=on_the_day("10:00"))
    assert [one.no_longer_fits for one in the_day(town, official).bookings] == [True, False]
    town.clock.set(on_the_day("09:11"))
    assert [one.no_longer_fits for one in the_day(town, official).bookings] == [False, False]


def test_a_closed_day_says_why_and_still_has_its_bookings(town: Town, official: Official) -> None:
    booking = town.a_booking("09:00")
    assert the_day(town, official).closed is None
    with transaction(town.context.db) as tx:
        tx.add(
            ClosureRow(
                municipality_id=town.municipality.id,
                starts_at=on_the_day("00:00"),
                ends_at=on_the_day("2026-11-25 00:00"),
                reason_el="Απεργία",
                reason_en="Strike",
            )
        )
    day = the_day(town, official)
    assert day.closed is not None
    assert day.closed.reason == {"el": "Απεργία", "en": "Strike"}
    assert [one.reference for one in day.bookings] == [booking.reference]
    holiday = the_day(town, official, "2026-12-25 12:00").closed
    assert holiday is not None
    assert (holiday.reason, holiday.is_holiday) == (None, True)


def test_bookings_of_days_past_without_an_outcome_are_counted_once_the_day_is_over(
    town: Town, official: Official
) -> None:
    town.a_booking("09:00")
    done = town.a_booking("09:10", by=town.citizen())
    with transaction(town.context.db) as tx:
        tx.get_one(BookingRow, done.id).status = BookingStatus.SERVED.value
    for now, number in (("23:59", 0), ("2026-11-25 00:00", 1)):
        town.clock.set(on_the_day(now))
        assert the_day(town, official).unrecorded == number


def test_a_lane_bears_its_desks_name_and_its_bookings_are_over_capacity(town: Town, official: Official) -> None:
    booking = town.a_booking("09:00")
    with transaction(town.context.db) as tx:
        row = tx.get_one(BookingRow, booking.id)
        lane = DeskRow(municipality_id=town.municipality.id, name_el="1α", overflow_of=row.desk_id, lane=1)
        tx.add(lane)
        tx.flush()
        row.desk_id = lane.id or 0
    day = the_day(town, official)
    assert [one.is_over_capacity for one in day.bookings] == [True]
    assert [(desk.name["el"], desk.overflow_of is not None) for desk in day.desks] == [
        ("Θυρίδα 1", False), ("Θυρίδα 1", True),
    ]  # fmt: skip


def test_a_stated_delay_is_in_the_day_until_it_ends(town: Town, official: Official) -> None:
    desk_id = town.row(town.a_booking("09:00")).desk_id
    with transaction(town.context.db) as tx:
        tx.add(
            DeskDelayRow(
                desk_id=desk_id,
                minutes=20,
                until=town.clock.now() + timedelta(hours=1),
                stated_at=town.clock.now(),
                stated_by=official.id,
            )
        )
    assert the_day(town, official).delays == {desk_id: timedelta(minutes=20)}
    town.clock.advance(minutes=60)
    assert the_day(town, official).delays == {}
