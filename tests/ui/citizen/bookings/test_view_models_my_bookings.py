"""A booking as its pages show it."""

from datetime import timedelta
from typing import Any

import pytest

from dimoslive.domain.booking.booking import ChangeRules
from dimoslive.domain.booking.statuses import BookingStatus
from dimoslive.domain.scheduling.mode import Mode
from dimoslive.i18n import LANGUAGES, texts_of
from dimoslive.services.booking.find_staff_change import StaffChange
from dimoslive.ui.citizen.bookings.view_models import BookingView, show_booking_view, show_staff_change
from tests.integrations.booked import a_booking
from tests.support.builders import at

START = at("2026-11-24 10:00")
EVE = START - timedelta(days=1)


def shown(
    *, now: Any = EVE, zone: str = "Europe/Athens", language: str = "el", private: bool = False, **words: Any
) -> BookingView:
    return show_booking_view(a_booking(**words), now, zone, texts_of(language), is_private=private)


def test_a_booking_to_come_is_named_as_such_and_can_be_changed() -> None:
    view = shown()

    assert view.title == "Επερχόμενη κράτηση για ΜΑΡΙΑ ΠΑΠΑΔΟΠΟΥΛΟΥ: Πιστοποιητικό οικογενειακής κατάστασης"
    assert (view.number, view.status, view.is_upcoming) == ("K7PM-3XQ9", "Επιβεβαιωμένο", True)
    assert view.when == "Τρίτη 24 Νοεμβρίου 2026, 10:00 πμ (ώρα Ελλάδας, UTC+02:00)"
    assert (view.can_move, view.can_cancel, view.no_move_reason) == (True, True, "")


@pytest.mark.parametrize(
    "words",
    [
        {"now": START + timedelta(minutes=10)},
        {"status": BookingStatus.CANCELLED_BY_CITIZEN},
        {"status": BookingStatus.SERVED},
    ],
)
def test_one_that_is_over_or_cancelled_is_not_to_come_and_cannot_be_changed(words: dict[str, Any]) -> None:
    view = shown(**words)

    assert not view.is_upcoming
    assert (view.can_move, view.can_cancel, view.no_move_reason) == (False, False, "")


def test_two_hours_before_it_can_be_cancelled_but_no_longer_moved_and_the_page_says_why() -> None:
    last = START - timedelta(hours=2)

    assert shown(now=last).can_move
    view = shown(now=last + timedelta(seconds=1))
    assert (view.can_move, view.can_cancel) == (False, True)
    assert "πλησιάζει" in view.no_move_reason


def test_until_when_it_can_be_cancelled_is_said_where_that_is_not_its_start() -> None:
    rules = ChangeRules(cancel_until=timedelta(hours=24))
    assert shown().cancel_note == ""
    early = shown(change_rules=rules, now=START - timedelta(hours=25))
    assert (early.can_cancel, early.cancel_note) == (
        True,
        "Η ακύρωση γίνεται έως Δευτέρα 23 Νοεμβρίου 2026, 10:00 πμ (ώρα Ελλάδας, UTC+02:00).",
    )
    late = shown(change_rules=rules, now=START - timedelta(hours=24))
    assert (late.can_move, late.can_cancel) == (True, False)
    assert late.cancel_note.startswith("Το ραντεβού δεν ακυρώνεται πια από εδώ")
    last = shown(change_rules=rules, now=START - timedelta(hours=1))
    assert (last.can_move, last.can_cancel, last.cancel_note) == (False, False, "")
    assert last.no_move_reason.startswith("Το ραντεβού δεν αλλάζει και δεν ακυρώνεται πια από εδώ")


def test_after_three_moves_it_can_be_cancelled_but_no_longer_moved_and_the_page_says_why() -> None:
    assert shown(reschedule_count=2).can_move
    view = shown(reschedule_count=3)
    assert (view.can_move, view.can_cancel) == (False, True)
    assert "όσες φορές επιτρέπεται" in view.no_move_reason


def test_during_the_appointment_it_is_still_to_come_but_cannot_be_changed() -> None:
    view = shown(now=START + timedelta(minutes=5))

    assert view.is_upcoming
    assert (view.can_move, view.can_cancel) == (False, False)


def test_the_visitors_own_time_is_told_only_where_it_differs() -> None:
    assert shown().when_own == ""
    assert shown(zone="Europe/Helsinki").when_own == ""
    assert shown(zone="Australia/Melbourne").when_own == "Τρίτη 24 Νοεμβρίου 2026, 7:00 μμ (τοπική σας ώρα, UTC+11:00)"


@pytest.mark.parametrize(
    ("mode", "place"),
    [
        (Mode.IN_PERSON, "Κύπρου 10, 654 03 Καβάλα"),
        (Mode.VIDEO, "Στο διαδίκτυο, από τον υπολογιστή ή το κινητό σας"),
        (Mode.PHONE, "Θα σας καλέσει ο δήμος στο τηλέφωνό σας"),
    ],
)
def test_the_place_is_the_modes(mode: Mode, place: str) -> None:
    view = shown(mode=mode)

    assert view.place == place
    assert view.is_video == (mode is Mode.VIDEO)


def test_behind_a_link_person_and_subject_are_not_told_to_whom_the_mail_was_forwarded() -> None:
    own, forwarded = shown(), shown(private=True)

    assert (own.person, own.subject) == ("ΜΑΡΙΑ ΠΑΠΑΔΟΠΟΥΛΟΥ", "Πιστοποιητικό εντοπιότητας")
    assert (forwarded.person, forwarded.subject) == ("", "")
    assert forwarded.title == "Επερχόμενη κράτηση για Πιστοποιητικό οικογενειακής κατάστασης"
    assert forwarded.when == own.when


def test_the_title_names_the_person_served_then_the_service() -> None:
    other: dict[str, Any] = {"name": "Νίκος Γεωργίου", "language": "en"}

    assert shown(**other).title == "Upcoming booking for Νίκος Γεωργίου: Family status certificate"
    assert shown(now=START + timedelta(days=1), **other).title == (
        "Booking for Νίκος Γεωργίου: Family status certificate"
    )


def test_until_it_opens_a_meeting_says_when_it_will() -> None:
    opens_at = START - timedelta(minutes=10)
    view = shown(mode=Mode.VIDEO, now=opens_at - timedelta(seconds=1, milliseconds=1))

    assert (view.can_join, view.opens_in) == (False, 2)
    assert view.opens == "Τρίτη 24 Νοεμβρίου 2026, 9:50 πμ (ώρα Ελλάδας, UTC+02:00)"
    view = shown(mode=Mode.VIDEO, now=opens_at)
    assert (view.can_join, view.opens, view.opens_in) == (True, "", 0)


def test_abroad_a_meeting_opens_at_both_times() -> None:
    assert shown(mode=Mode.VIDEO, zone="Australia/Melbourne").opens == (
        "Τρίτη 24 Νοεμβρίου 2026, 9:50 πμ (ώρα Ελλάδας, UTC+02:00) · "
        "Τρίτη 24 Νοεμβρίου 2026, 6:50 μμ (τοπική σας ώρα, UTC+11:00)"
    )


@pytest.mark.parametrize(
    "words",
    [
        {"mode": Mode.IN_PERSON},
        {"mode": Mode.VIDEO, "status": BookingStatus.CANCELLED_BY_CITIZEN},
        {"mode": Mode.VIDEO, "now": START + timedelta(hours=2)},
    ],
)
def test_where_there_is_no_meeting_nothing_opens(words: dict[str, Any]) -> None:
    view = shown(**words)

    assert (view.can_join, view.opens, view.opens_in) == (False, "", 0)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("status", BookingStatus)
def test_every_status_has_a_word(status: BookingStatus, language: str) -> None:
    assert shown(status=status, language=language).status


def test_the_same_in_english() -> None:
    view = shown(language="en")

    assert (view.service, view.municipality) == ("Family status certificate", "Municipality of Kavala")
    assert view.when == "Tuesday 24 November 2026, 10:00 am (Greek time, UTC+02:00)"


def test_what_the_municipality_cancelled_says_why() -> None:
    view = shown(status=BookingStatus.CANCELLED_BY_MUNICIPALITY, cancel_reason="Ο υπάλληλος ασθενεί.", private=True)

    assert (view.status, view.reason) == ("Ακυρώθηκε από τον δήμο", "Ο υπάλληλος ασθενεί.")


def test_without_an_account_it_is_cancelled_here_and_moved_by_the_municipality() -> None:
    view = shown(citizen_id=0)

    assert (view.can_cancel, view.can_move) == (True, False)
    assert view.no_move_reason == "Για αλλαγή ώρας επικοινωνήστε με τον δήμο."


def test_what_the_municipality_changed_is_said_while_it_is_still_to_come() -> None:
    change, t = StaffChange(at("2026-11-20 10:02"), is_of_time=True), texts_of("el")
    view = show_staff_change(shown(), change, "Europe/Athens", t)

    assert view.changed.startswith("Ο δήμος άλλαξε την ώρα αυτού του ραντεβού: Παρασκευή 20 Νοεμβρίου 2026, 10:02 πμ")
    assert show_staff_change(shown(status=BookingStatus.SERVED), change, "Europe/Athens", t).changed == ""
    assert show_staff_change(shown(), None, "Europe/Athens", t).changed == ""
