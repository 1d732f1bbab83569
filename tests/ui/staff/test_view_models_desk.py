"""A teleconference of the day as the officials' page shows it."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from dimoslive.domain.booking.details import ServedPerson
from dimoslive.domain.booking.statuses import BookingStatus
from dimoslive.domain.scheduling.mode import Mode
from dimoslive.i18n import LANGUAGES, texts_of
from dimoslive.services.desk.list_waiting import Waiting
from dimoslive.ui.staff.day.view_models import DeskLine, show_line
from tests.integrations.booked import a_booking
from tests.support.builders import at, details

START = at("2026-11-24 10:00")


def shown(
    *,
    status: BookingStatus = BookingStatus.BOOKED,
    language: str = "el",
    served: tuple[str, str] | None = None,
    **words: Any,
) -> DeskLine:
    booking = a_booking(mode=Mode.VIDEO, status=status, signed_in_name="ΜΑΡΙΑ ΠΑΠΑΔΟΠΟΥΛΟΥ")
    if served:
        booking = replace(booking, details=details(served_person=ServedPerson(served[0]), name=served[1]))
    line = Waiting(
        booking,
        since=None,
        is_confirmed=False,
        is_sent_back=False,
        can_enter=False,
        is_admitted=False,
        is_ended=False,
        outcome="",
    )
    return show_line(replace(line, **words), START, texts_of(language))


def test_a_line_says_who_when_and_for_what() -> None:
    line = shown()

    assert (line.time, line.person, line.number) == ("10:00 πμ", "ΜΑΡΙΑ ΠΑΠΑΔΟΠΟΥΛΟΥ", "K7PM-3XQ9")
    assert (line.service, line.municipality) == ("Πιστοποιητικό οικογενειακής κατάστασης", "Δήμος Καβάλας")


@pytest.mark.parametrize(
    ("minutes", "words"), [(0, "Μόλις συνδέθηκε"), (1, "Περιμένει 1 λεπτό"), (12, "Περιμένει 12 λεπτά")]
)
def test_who_waits_is_shown_with_the_whole_minutes_of_the_wait(minutes: int, words: str) -> None:
    line = shown(status=BookingStatus.WAITING, since=START - timedelta(minutes=minutes, seconds=59))

    assert (line.kind, line.waiting) == ("waiting", words)


@pytest.mark.parametrize(
    ("is_confirmed", "words"),
    [(True, "σύνδεση με TAXISnet"), (False, "σύνδεση μόνο με τον σύνδεσμο του email")],
)
def test_who_waits_is_shown_as_known(is_confirmed: bool, words: str) -> None:
    assert shown(since=START, is_confirmed=is_confirmed).identity == words


@pytest.mark.parametrize(
    ("served", "words"),
    [
        ("other", "Για άλλο πρόσωπο: ΝΙΚΟΣ ΔΗΜΟΥ (όπως το δήλωσε ο πολίτης, δεν έχει επιβεβαιωθεί)"),
        ("business", "Για επιχείρηση: ΝΙΚΟΣ ΔΗΜΟΥ (όπως τη δήλωσε ο πολίτης, δεν έχει επιβεβαιωθεί)"),
    ],
)
def test_a_typed_name_stands_apart_from_the_confirmed_one_and_is_said_to_be_unconfirmed(
    served: str, words: str
) -> None:
    for line in (
        shown(served=(served, "ΝΙΚΟΣ ΔΗΜΟΥ"), since=START, is_confirmed=True),
        shown(served=(served, "ΝΙΚΟΣ ΔΗΜΟΥ")),
    ):
        assert (line.person, line.served_before + line.served + line.served_after) == ("ΜΑΡΙΑ ΠΑΠΑΔΟΠΟΥΛΟΥ", words)


def test_of_a_booking_for_oneself_the_name_stands_once() -> None:
    assert shown(since=START, is_confirmed=True).served == ""


def test_of_whoever_was_sent_back_the_list_says_what_to_do() -> None:
    words = "άλλο πρόγραμμα περιήγησης μπήκε μόνο με τον σύνδεσμο του email: δεχθείτε και ταυτοποιήστε ξανά"
    assert shown(since=START, is_sent_back=True).identity == words


def test_who_does_not_wait_is_shown_with_the_status_alone() -> None:
    line = shown(is_confirmed=True)

    assert (line.kind, line.status, line.waiting, line.identity) == ("other", "Επιβεβαιωμένο", "", "")


@pytest.mark.parametrize(
    ("language", "address"),
    [("el", "/desk/meeting?reference=K7PM3XQ9"), ("en", "/en/desk/meeting?reference=K7PM3XQ9")],
)
def test_a_meeting_under_way_can_be_entered_from_the_list(language: str, address: str) -> None:
    line = shown(status=BookingStatus.IN_SERVICE, is_admitted=True, can_enter=True, language=language)

    assert (line.kind, line.href) == ("open", address)


def test_a_meeting_to_which_nobody_has_come_can_be_entered_from_the_list() -> None:
    line = shown(can_enter=True)

    assert (line.kind, line.status, line.href) == ("open", "Επιβεβαιωμένο", "/desk/meeting?reference=K7PM3XQ9")


def test_who_waits_can_be_admitted_or_visited_from_the_list() -> None:
    line = shown(status=BookingStatus.WAITING, since=START, can_enter=True)

    assert (line.kind, line.href) == ("waiting", "/desk/meeting?reference=K7PM3XQ9")


def test_a_meeting_that_is_not_open_has_no_way_in() -> None:
    assert (shown().kind, shown().href) == ("other", "")


def test_who_was_let_into_no_room_can_be_admitted_again() -> None:
    assert shown(status=BookingStatus.IN_SERVICE, since=START).kind == "waiting"


def test_a_meeting_that_ended_by_itself_is_marked_as_not_noted() -> None:
    by_itself: dict[str, Any] = {"status": BookingStatus.SERVED, "is_ended": True}

    assert shown(**by_itself).status == "Εξυπηρετήθηκε · χωρίς καταχωρισμένο αποτέλεσμα"
    assert shown(**by_itself, language="en").status.endswith(" · no outcome recorded")
    assert shown(**by_itself, outcome="served").status == "Εξυπηρετήθηκε"


def test_who_left_the_waiting_room_is_not_said_to_wait() -> None:
    assert shown(status=BookingStatus.WAITING, can_enter=True).status == "Αποχώρησε"
    assert shown(status=BookingStatus.WAITING, since=START).status == "Σε αναμονή"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("status", BookingStatus)
def test_every_status_has_a_word(status: BookingStatus, language: str) -> None:
    assert shown(status=status, language=language).status


def test_the_same_in_english() -> None:
    line = shown(since=START - timedelta(minutes=1), language="en")

    assert (line.time, line.service) == ("10:00 am", "Family status certificate")
    assert (line.waiting, line.identity) == ("Waiting for 1 minute", "email link only")
