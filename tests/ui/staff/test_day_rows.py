"""A booking of the day in words: who it is, what is remarked, what can be pressed."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from dimoslive.domain.booking.details import ServedPerson
from dimoslive.domain.booking.statuses import BookingStatus
from dimoslive.domain.desk.day import DayBooking, Presence, find_waiting
from dimoslive.domain.people.principals import StaffRight
from dimoslive.domain.scheduling.mode import Mode
from dimoslive.domain.scheduling.periods import Period
from dimoslive.i18n import LANGUAGES, texts_of
from dimoslive.services.desk.find_workplace import Workplace
from dimoslive.services.desk.show_day import Day, DayDesk, DayService, MyDesk
from dimoslive.ui.staff.day.board import show_board
from dimoslive.ui.staff.day.row_fields import DayRow, Strip
from dimoslive.ui.staff.day.rows import show_row, show_strip
from tests.support.builders import at

START = at("2026-11-24 10:00")
S = BookingStatus


def a_booking(status: BookingStatus = S.BOOKED, mode: Mode = Mode.IN_PERSON, **words: Any) -> DayBooking:
    usual: dict[str, Any] = {
        "reference": "K7PM3XQ9",
        "period": Period(START, START + timedelta(minutes=10)),
        "person": ("ΜΑΡΙΑ", "ΠΑΠΑΔΟΠΟΥΛΟΥ"),
        "desk_id": 1,
        "is_confirmed": True,
    }
    return DayBooking(id=1, status=status, mode=mode, service_id=1, **(usual | words))


def a_day(*bookings: DayBooking, now: datetime = START, **words: Any) -> Day:
    waiting = tuple(find_waiting(bookings, now))
    hours = (Period(at("2026-11-24 09:00"), at("2026-11-24 11:00")),)
    usual: dict[str, Any] = {
        "desks": (DayDesk(1, {"el": "Θυρίδα 1", "en": "Counter 1"}, None, hours, ()),),
        "services": (DayService(1, {"el": "Πιστοποιητικά", "en": "Certificates"}, 10, 30, hours),),
        "my_desk": MyDesk(None, is_asked=True),
    }
    return Day(
        place=Workplace(1, "kavala", {"el": "Δήμος Καβάλας", "en": "Kavala"}, "Europe/Athens", StaffRight(1)),
        day=START.date(),
        today=START.date(),
        now=now,
        bookings=bookings,
        waiting=waiting,
        present=frozenset(one.booking.reference for one in waiting if not one.is_away),
        closed=None,
        departments=(),
        unrecorded=0,
        erased_at=None,
        **(usual | words),
    )


def shown(booking: DayBooking, language: str = "el", now: datetime = START) -> DayRow:
    return show_row(booking, a_day(booking, now=now), texts_of(language))


def strip(booking: DayBooking, language: str = "el", now: datetime = START, *, is_next: bool = False) -> Strip:
    day = a_day(booking, now=now)
    return show_strip(day.waiting[0], day, texts_of(language), is_next=is_next)


def in_the_waiting_room(seconds_ago: int = 0, **words: Any) -> DayBooking:
    seen = Presence(waiting_since=START, seen_at=START - timedelta(seconds=seconds_ago))
    return a_booking(S.WAITING, Mode.VIDEO, presence=replace(seen, **words))


def test_pages_of_one_reading_share_its_rows_and_another_reading_has_its_own() -> None:
    booking = a_booking()
    day, t = a_day(booking), texts_of("el")
    row = show_row(booking, day, t)
    assert show_row(booking, replace(day, my_desk=MyDesk(1, is_asked=True)), t) is row
    assert show_row(booking, day, texts_of("en")).tag != row.tag
    called = a_booking(S.WAITING)
    assert show_row(called, a_day(called), t).tag != row.tag
    assert show_row(booking, replace(day, now=START + timedelta(hours=1)), t).second != row.second


def test_a_row_says_who_when_and_for_what_in_both_languages() -> None:
    row = shown(a_booking())
    assert (row.time, row.name, row.spoken) == ("10:00", "ΠΑΠΑΔΟΠΟΥΛΟΥ ΜΑΡΙΑ", "ΜΑΡΙΑ ΠΑΠΑΔΟΠΟΥΛΟΥ")
    assert (row.service, row.desk, row.tag) == ("Πιστοποιητικά", "Θυρίδα 1", "Επιβεβαιωμένο")
    row = shown(a_booking(), "en")
    assert (row.service, row.desk, row.tag) == ("Certificates", "Counter 1", "Confirmed")


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("other", "Για άλλο πρόσωπο: ΝΙΚΟΣ ΔΗΜΟΥ (όπως το δήλωσε ο πολίτης, δεν έχει επιβεβαιωθεί)"),
        ("business", "Για επιχείρηση: ΝΙΚΟΣ ΔΗΜΟΥ (όπως τη δήλωσε ο πολίτης, δεν έχει επιβεβαιωθεί)"),
    ],
)
def test_a_typed_name_stands_apart_from_the_confirmed_one_and_is_said_to_be_unconfirmed(kind: str, words: str) -> None:
    booking = a_booking(S.WAITING, served_person=ServedPerson(kind), served_name="ΝΙΚΟΣ ΔΗΜΟΥ", arrived_at=START)
    for line in (shown(booking), strip(booking)):
        assert (line.name, line.served_before + line.served + line.served_after) == ("ΠΑΠΑΔΟΠΟΥΛΟΥ ΜΑΡΙΑ", words)
        assert line.marks == [texts_of("el")(f"day.mark.{kind}")]


def test_whom_staff_entered_has_that_name_alone() -> None:
    row = shown(a_booking(person=("", ""), served_name="Ελένη Βάσου", is_from_staff=True))
    assert (row.name, row.spoken, row.served, row.marks) == ("Ελένη Βάσου", "Ελένη Βάσου", "", ["από τον δήμο"])


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_time_that_was_given_back_says_until_when_it_waits_and_can_be_freed(language: str) -> None:
    row = shown(a_booking(S.HELD, back_at=START - timedelta(minutes=20)), language)
    words = {
        "el": ("Σε λίγο ελεύθερη", "θα ανοίξει ως τις 9:40", "Διάθεσή της τώρα"),
        "en": ("Free shortly", "free by 9:40", "Free it now"),
    }
    assert row.main is not None
    assert row.second is not None
    assert (row.name, row.tag, row.main.label) == words[language]
    assert (row.kind, row.main.press, row.href, row.menu) == ("held", "free_now", "", [])
    assert row.second.href.endswith("/desk/new?m=kavala&service=1&mode=in_person&at=2026-11-24T08%3A00Z")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_time_that_is_kept_for_the_waiting_list_is_nobodys_to_free(language: str) -> None:
    row = shown(a_booking(S.HELD, back_at=START + timedelta(days=1), is_for_list=True), language)
    assert (row.name, row.main, row.second) == (
        {"el": "Για τη λίστα αναμονής", "en": "For the waiting list"}[language], None, None,
    )  # fmt: skip
    assert row.tag.endswith("25/11 10:00")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_held_time_shows_nobody_and_offers_nothing(language: str) -> None:
    row = shown(a_booking(S.HELD, person=("", "")), language)
    assert (row.name, row.kind, row.main, row.second, row.menu, row.href) == (
        {"el": "Κρατείται", "en": "Held"}[language], "held", None, None, [], "",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("booking", "now", "main", "second"),
    [
        (a_booking(), START, "arrived", None),
        (a_booking(), START + timedelta(minutes=15), "arrived", "no_show"),
        (a_booking(S.WAITING), START, "start", None),
        (a_booking(S.IN_SERVICE), START, "served", None),
        (a_booking(S.NO_SHOW), START, None, None),
        (a_booking(mode=Mode.PHONE), START, "call", None),
        (a_booking(mode=Mode.PHONE, call_attempts=3), START, "call", "no_show"),
        (a_booking(S.IN_SERVICE, Mode.PHONE), START, "served", "no_answer"),
        (a_booking(mode=Mode.VIDEO), START, None, "to_meeting"),
        (a_booking(mode=Mode.VIDEO), START - timedelta(hours=1), None, None),
        (in_the_waiting_room(), START, "admit", "to_meeting"),
        (in_the_waiting_room(31), START, None, "to_meeting"),
        (a_booking(S.IN_SERVICE, Mode.VIDEO, presence=Presence(is_admitted=True)), START, "served", "to_meeting"),
        (a_booking(S.SERVED), START, None, None),
        (a_booking(), START - timedelta(days=1), None, None),
    ],
)
def test_the_next_step_is_the_one_that_stands_on_the_row(
    booking: DayBooking, now: datetime, main: str | None, second: str | None
) -> None:
    row = shown(booking, now=now)
    assert (row.main and row.main.press, row.second and row.second.press) == (main, second)


def test_letters_are_the_same_keys_in_both_alphabets() -> None:
    for language, letter in (("el", "Θ"), ("en", "U")):
        row = shown(a_booking(), language)
        keys = {item.press: (item.key, item.letter) for item in [row.main, *row.menu] if item and item.key}
        assert keys["other_desk"] == ("KeyU", letter)
        assert keys["arrived"][0] == "KeyA"
        assert len({key for key, _ in keys.values()}) == len(keys)


@pytest.mark.parametrize(
    ("now", "arrived", "words", "kind"),
    [
        ("10:12", "09:50", "περιμένει 12 λεπτά", "due"),
        ("10:01", "10:00", "περιμένει 1 λεπτό", "due"),
        ("10:00", "09:58", "μόλις ήρθε", "due"),
        ("09:45", "09:40", "ήρθε νωρίς, 9:40", "early"),
    ],
)
def test_waiting_counts_from_the_own_time(now: str, arrived: str, words: str, kind: str) -> None:
    booking = a_booking(S.WAITING, arrived_at=at(f"2026-11-24 {arrived}"))
    shown_strip = strip(booking, now=at(f"2026-11-24 {now}"))
    assert (shown_strip.since, shown_strip.kind) == (words, kind)


@pytest.mark.parametrize(
    ("booking", "identity"),
    [
        (in_the_waiting_room(), "ταυτοποιήθηκε με TAXISnet"),
        (replace(in_the_waiting_room(), is_confirmed=False), "μόνο με τον σύνδεσμο του email"),
        (
            in_the_waiting_room(is_sent_back=True),
            "άλλο πρόγραμμα περιήγησης μπήκε μόνο με τον σύνδεσμο του email: δεχθείτε και ταυτοποιήστε ξανά",
        ),
    ],
)
def test_how_the_person_is_known_is_said(booking: DayBooking, identity: str) -> None:
    assert strip(booking).identity == identity


def test_who_came_and_left_cannot_be_admitted_and_is_not_said_to_wait() -> None:
    gone = in_the_waiting_room(31)
    line = strip(gone, is_next=True)
    assert (line.since, line.kind, line.press, line.is_next) == ("Ήρθε και έφυγε", "away", None, False)
    assert shown(gone).tag == "Ήρθε και έφυγε"
    assert strip(in_the_waiting_room()).press is not None


def test_a_meeting_that_ended_by_itself_is_marked_as_not_noted() -> None:
    ended = Presence(has_ended=True)
    assert shown(a_booking(S.SERVED, Mode.VIDEO, presence=ended)).tag.endswith("χωρίς καταχωρισμένο αποτέλεσμα")
    noted = replace(ended, outcome="served")
    assert shown(a_booking(S.SERVED, Mode.VIDEO, presence=noted)).tag == "Εξυπηρετήθηκε"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("status", [status for status in S if status is not S.EXPIRED])
def test_every_status_has_a_word(status: BookingStatus, language: str) -> None:
    assert shown(a_booking(status), language).tag


def test_what_is_remarked_is_said_in_words_and_nothing_else_is() -> None:
    booking = a_booking(is_over_capacity=True, is_outside_hours=True, no_longer_fits=True, is_from_staff=True)
    row = shown(booking)
    assert (row.marks, row.warning) == (["υπεράριθμο", "εκτός ωραρίου", "από τον δήμο"], "δεν χωρά πια")
    assert (shown(a_booking()).marks, shown(a_booking()).warning) == ([], "")


class TestTheBoard:
    def test_bookings_stand_as_tall_as_they_last_between_what_is_free_and_closed(self) -> None:
        day = a_day(a_booking())
        [column] = show_board(day, day.bookings, day.desks, 1, texts_of("el")).columns
        assert [(part.kind, part.first, part.rows) for part in column.parts] == [
            ("free", 0, 12), ("booked", 12, 2), ("free", 14, 10),
        ]  # fmt: skip
        [block] = column.parts[1].blocks
        assert (block.top, block.height, block.is_off) == (0, 2, False)
        assert block.label == "10:00, ΜΑΡΙΑ ΠΑΠΑΔΟΠΟΥΛΟΥ, Φυσική Παρουσία, Επιβεβαιωμένο"

    def test_every_row_has_one_place_in_each_column(self) -> None:
        late = Period(at("2026-11-24 11:30"), at("2026-11-24 11:50"))
        absent = (Period(at("2026-11-24 09:30"), at("2026-11-24 10:05")),)
        cancelled, last = a_booking(S.CANCELLED_BY_CITIZEN, reference="X"), a_booking(period=late, reference="Y")
        bookings = (a_booking(), cancelled, last)
        day = a_day(*bookings)
        desks = tuple(replace(desk, absent=absent) for desk in day.desks)
        board = show_board(day, bookings, desks, 1, texts_of("el"))
        [column] = board.columns
        covered = [row for part in column.parts for row in range(part.first, part.first + part.rows)]
        assert covered == list(range(len(board.times)))
        assert [part.kind for part in column.parts] == ["free", "absent", "booked", "free", "closed", "booked"]
        assert [block.is_off for block in column.parts[2].blocks] == [False, True]

    def test_more_than_six_desks_are_paged(self) -> None:
        day = a_day()
        desks = tuple(replace(day.desks[0], id=number) for number in range(1, 9))
        board = show_board(day, (), desks, 9, texts_of("el"))
        assert (board.page, board.pages, [column.id for column in board.columns]) == (2, 2, [7, 8])
