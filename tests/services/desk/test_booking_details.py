"""Notes, details, the document shown, the confirmation once more: each written down, none undone by chance."""

import asyncio
from dataclasses import replace

import pytest

from dimoslive.db.rows.events import to_event
from dimoslive.db.tables.booking import BookingLinkRow
from dimoslive.db.tables.desk import BookingEventRow, BookingNoteRow
from dimoslive.db.tables.meeting import MeetingRow
from dimoslive.db.tables.outbox import DeliveryRow, OutboxRow
from dimoslive.domain.booking.booking import Booking
from dimoslive.domain.booking.statuses import BookingStatus
from dimoslive.domain.desk.details import DeskDetails
from dimoslive.domain.desk.presses import Press
from dimoslive.domain.errors import (
    ChangedByOther,
    InvalidDetails,
    InvalidInput,
    NotFound,
    NotPossibleNow,
    TooManyAttempts,
)
from dimoslive.domain.events import BookingDetailsChanged, BookingSentAgain
from dimoslive.domain.meeting.meeting import IdentityDocument
from dimoslive.domain.people.principals import Official
from dimoslive.domain.scheduling.mode import Mode
from dimoslive.services.desk.change_details import change_details, desk_details_of
from dimoslive.services.desk.note_identity import note_identity
from dimoslive.services.desk.send_again import send_again
from dimoslive.services.desk.undo_press import undo_press
from dimoslive.services.desk.write_note import write_note
from dimoslive.services.meeting.admit_citizen import admit_citizen
from tests.support.desk import pressed, rewrite, without_account
from tests.support.meeting import (
    ANNA,
    a_meeting,
    enter_foreign_official,
    enter_official,
    link_token,
    meeting,
    wait,
    without_video,
)
from tests.support.world import Town, on_the_day, rows


@pytest.fixture
def official(town: Town) -> Official:
    return enter_official(town)


@pytest.fixture
def booking(town: Town) -> Booking:
    return without_video(town, "09:10")


class TestNotes:
    def test_there_may_be_several_each_with_author_and_time(
        self, town: Town, official: Official, booking: Booking
    ) -> None:
        anna = enter_official(town, ANNA)
        write_note(town.context, official, booking.reference, "Να ανοίξει η ράμπα")
        write_note(town.context, anna, booking.reference, "Έγινε")
        assert [(note.official_id, note.text) for note in rows(town.context.db, BookingNoteRow)] == [
            (official.id, "Να ανοίξει η ράμπα"),
            (anna.id, "Έγινε"),
        ]

    def test_a_second_press_writes_nothing_more(self, town: Town, official: Official, booking: Booking) -> None:
        for _ in range(3):
            write_note(town.context, official, booking.reference, "Ένα")
        assert len(rows(town.context.db, BookingNoteRow)) == 1
        town.clock.advance(minutes=1)
        write_note(town.context, official, booking.reference, "Ένα")
        assert len(rows(town.context.db, BookingNoteRow)) == 2

    def test_a_note_does_not_stand_in_the_way_of_an_undo(
        self, town: Town, official: Official, booking: Booking
    ) -> None:
        town.clock.set(on_the_day("09:05"))
        done = pressed(town, official, booking, Press.ARRIVED)
        write_note(town.context, enter_official(town, ANNA), booking.reference, "Με παιδί")
        undo_press(town.context, official, booking.reference, done.event_id)
        assert town.row(booking).status == BookingStatus.BOOKED

    @pytest.mark.parametrize("text", ["", " \n ", "α" * 1001, "α\0"])
    def test_it_says_something_and_not_too_much(
        self, town: Town, official: Official, booking: Booking, text: str
    ) -> None:
        with pytest.raises(InvalidInput):
            write_note(town.context, official, booking.reference, text)

    def test_nobody_writes_on_what_is_foreign_or_erased(self, town: Town, official: Official, booking: Booking) -> None:
        with pytest.raises(NotFound):
            write_note(town.context, enter_foreign_official(town), booking.reference, "Ένα")
        rewrite(town, booking, erased_at=town.clock.now())
        with pytest.raises(NotPossibleNow):
            write_note(town.context, official, booking.reference, "Ένα")


class TestDetails:
    def test_what_is_typed_is_written_and_the_history_names_the_fields(
        self, town: Town, official: Official, booking: Booking
    ) -> None:
        shown = desk_details_of(town.row(booking))
        assert (shown.last_name, shown.person_name) == ("ΠΑΠΑΔΟΠΟΥΛΟΥ", "ΕΛΕΝΗ")
        typed = replace(shown, person_name="Ελένη Π.", phone="210 1234567", subject="Άλλο θέμα", help_needed="Αμαξίδιο")
        names = change_details(town.context, official, booking.reference, shown, typed, tells=False)
        row = town.row(booking)
        assert names == ("person_name", "phone", "subject", "help_needed")
        assert (row.person_name, row.phone, row.subject) == ("Ελένη Π. ΠΑΠΑΔΟΠΟΥΛΟΥ", "+302101234567", "Άλλο θέμα")
        assert row.name_key == "ελενη π. παπαδοπουλου"
        event = rows(town.context.db, BookingEventRow)[-1]
        assert (event.action, event.reason, event.after) == (
            "details_changed",
            "person_name,phone,subject,help_needed",
            "{}",
        )
        assert len(rows(town.context.db, OutboxRow)) == 1, "nobody is told"

    def test_who_is_told_gets_the_booking_at_the_new_address_and_old_links_are_worth_nothing(
        self, town: Town, official: Official, booking: Booking
    ) -> None:
        link_token(town, booking)
        shown = desk_details_of(town.row(booking))
        typed = replace(shown, email="nea@example.com")
        change_details(town.context, official, booking.reference, shown, typed, tells=True)
        event = to_event(rows(town.context.db, OutboxRow)[-1])
        assert isinstance(event, BookingDetailsChanged)
        assert (event.by_municipality, event.booking.details.email, event.booking.sequence) == (
            True,
            "nea@example.com",
            1,
        )
        assert rows(town.context.db, BookingLinkRow) == []

    def test_without_an_address_nobody_is_told(self, town: Town, official: Official, booking: Booking) -> None:
        shown = desk_details_of(town.row(booking))
        typed = replace(shown, email="")
        change_details(town.context, official, booking.reference, shown, typed, tells=True)
        assert len(rows(town.context.db, OutboxRow)) == 1

    def test_what_a_colleague_changed_meanwhile_is_not_written_over(
        self, town: Town, official: Official, booking: Booking
    ) -> None:
        shown = desk_details_of(town.row(booking))
        anna = enter_official(town, ANNA)
        theirs = replace(shown, subject="Της Άννας")
        change_details(town.context, anna, booking.reference, shown, theirs, tells=False)
        mine = replace(shown, subject="Δικό μου")
        with pytest.raises(ChangedByOther):
            change_details(town.context, official, booking.reference, shown, mine, tells=False)
        assert change_details(town.context, official, booking.reference, shown, theirs, tells=False) == ()
        assert town.row(booking).subject == "Της Άννας"

    def test_all_that_is_wrong_is_told_at_once(self, town: Town, official: Official, booking: Booking) -> None:
        shown = desk_details_of(town.row(booking))
        with pytest.raises(InvalidDetails) as refused:
            change_details(
                town.context, official, booking.reference, shown, DeskDetails(email="x", phone="1"), tells=True
            )
        assert [problem.field for problem in refused.value.problems] == ["person_name", "phone", "email", "subject"]

    def test_one_way_to_reach_the_person_stays_and_a_call_needs_a_number(self, town: Town, official: Official) -> None:
        booking = without_video(town, "09:20", by=town.citizen(), mode=Mode.PHONE)
        shown = desk_details_of(town.row(booking))
        for typed, code in (
            (replace(shown, email="", phone=""), "required"),
            (replace(shown, phone=""), "required"),
        ):
            with pytest.raises(InvalidDetails) as refused:
                change_details(town.context, official, booking.reference, shown, typed, tells=True)
            assert refused.value.problems[0].code == code
        at_counter = without_video(town, "09:30", by=town.citizen("Άννα Δήμου"))
        shown = desk_details_of(town.row(at_counter))
        with pytest.raises(InvalidDetails) as refused:
            change_details(town.context, official, at_counter.reference, shown,
                           replace(shown, email="", phone=""), tells=True)  # fmt: skip
        assert refused.value.problems[0].code == "contact_required"

    def test_what_is_over_is_not_changed(self, town: Town, official: Official, booking: Booking) -> None:
        town.clock.set(on_the_day("09:12"))
        pressed(town, official, booking, Press.SERVED)
        shown = desk_details_of(town.row(booking))
        with pytest.raises(NotPossibleNow):
            change_details(town.context, official, booking.reference, shown, shown, tells=False)


class TestIdentity:
    def test_the_kind_alone_is_noted_in_person_too(self, town: Town, official: Official, booking: Booking) -> None:
        for _ in range(2):
            note_identity(town.context, official, booking.reference, IdentityDocument.PASSPORT)
        row = town.row(booking)
        assert (row.identity_document, row.identity_at) == ("passport", town.clock.now())
        events = [(event.action, event.reason) for event in rows(town.context.db, BookingEventRow)]
        assert events == [("booked", ""), ("identity", "passport")]
        assert rows(town.context.db, MeetingRow) == []

    def test_of_a_meeting_under_way_it_is_noted_there_as_well(self, town: Town, official: Official) -> None:
        booking = a_meeting(town)
        wait(town, booking)
        note_identity(town.context, official, booking.reference, IdentityDocument.PASSPORT)
        assert meeting(town, booking).identity_document == ""
        asyncio.run(admit_citizen(town.context, official, booking.reference))
        note_identity(town.context, official, booking.reference, IdentityDocument.IDENTITY_CARD)
        assert meeting(town, booking).identity_document == "identity_card"

    def test_a_cancelled_or_foreign_booking_shows_nothing(
        self, town: Town, official: Official, booking: Booking
    ) -> None:
        with pytest.raises(NotFound):
            note_identity(town.context, enter_foreign_official(town), booking.reference, IdentityDocument.PASSPORT)
        rewrite(town, booking, status="cancelled_by_citizen")
        with pytest.raises(NotPossibleNow):
            note_identity(town.context, official, booking.reference, IdentityDocument.PASSPORT)


class TestSendingAgain:
    def test_the_confirmation_goes_out_again_three_times_a_day(
        self, town: Town, official: Official, booking: Booking
    ) -> None:
        for _ in range(3):
            send_again(town.context, official, booking.reference)
        with pytest.raises(TooManyAttempts):
            send_again(town.context, official, booking.reference)
        events = [to_event(row) for row in rows(town.context.db, OutboxRow)]
        assert [isinstance(event, BookingSentAgain) for event in events] == [False, True, True, True]
        assert len(rows(town.context.db, DeliveryRow)) == 4
        town.clock.advance(days=1)
        send_again(town.context, official, booking.reference)

    def test_without_an_address_or_when_it_is_over_there_is_nothing_to_send(
        self, town: Town, official: Official, booking: Booking
    ) -> None:
        with pytest.raises(NotFound):
            send_again(town.context, enter_foreign_official(town), booking.reference)
        without_account(town, booking, email="")
        with pytest.raises(NotPossibleNow):
            send_again(town.context, official, booking.reference)
        rewrite(town, booking, email="eleni@example.com", status="served")
        with pytest.raises(NotPossibleNow):
            send_again(town.context, official, booking.reference)
