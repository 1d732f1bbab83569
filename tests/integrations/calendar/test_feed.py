"""Programs that did not write a feed read the same in it."""

from dataclasses import replace
from datetime import datetime

import pytest
import vobject

from dimoslive.domain.desk.feeds import FeedBooking
from dimoslive.domain.scheduling.mode import Mode
from dimoslive.domain.scheduling.periods import Period
from dimoslive.i18n import texts_of
from dimoslive.integrations.calendar.feed import MAX_OCTETS, calendar_feed
from tests.support.builders import at

CHANGED = at("2026-11-20 12:30")


def a_feed_booking(wall: str = "2026-11-24 10:00", **words: object) -> FeedBooking:
    usual = FeedBooking(
        "K7PM3XQ9", "Δημοτολόγιο", Mode.VIDEO, Period(at(wall), at(wall[:-2] + "20")), 2, CHANGED, "kavala"
    )
    return replace(usual, **words)  # type: ignore[arg-type]  # each of its own type


def feed(*bookings: FeedBooking, language: str = "el", name: str = "Ραντεβού · Θυρίδα 1") -> bytes:
    url = "https://book.example.gr"
    return calendar_feed(name, bookings, public_url=url, host="book.example.gr", texts=texts_of(language))


def test_another_library_reads_what_was_written() -> None:
    calendar = vobject.readOne(feed(a_feed_booking(person="Ε. Π.")).decode())
    assert calendar.method.value == "PUBLISH"
    assert calendar.x_wr_calname.value == "Ραντεβού · Θυρίδα 1"
    [event] = calendar.vevent_list
    assert event.uid.value == "K7PM3XQ9-desk@book.example.gr"
    assert (event.dtstart.value, event.dtend.value) == (at("2026-11-24 10:00"), at("2026-11-24 10:20"))
    assert event.dtstamp.value == event.last_modified.value == CHANGED
    assert event.sequence.value == "2"
    assert event.summary.value == "Δημοτολόγιο · βίντεο · Ε. Π."
    page = "https://book.example.gr/desk/booking/K7PM3XQ9?m=kavala"
    assert event.description.value == f"Αριθμός κράτησης: K7PM-3XQ9\nβίντεο\n{page}"
    assert event.url.value == page
    assert event.contents.keys().isdisjoint({"organizer", "attendee", "valarm"})


def test_a_sensitive_service_is_not_named() -> None:
    text = feed(a_feed_booking(is_sensitive=True, person="Ελένη")).decode()
    [event] = vobject.readOne(text).vevent_list
    assert event.summary.value == "Ραντεβού"
    assert "Δημοτολόγιο" not in text


def test_the_same_bookings_are_the_same_bytes() -> None:
    assert feed(a_feed_booking()) == feed(a_feed_booking())
    assert feed(a_feed_booking()) != feed(a_feed_booking(sequence=3))


@pytest.mark.parametrize("instant", ["2027-03-28T00:30:00+00:00", "2027-03-28T01:30:00+00:00"])
def test_in_the_night_in_which_clocks_go_forward_instants_stay_what_they_are(instant: str) -> None:
    _reads_back(datetime.fromisoformat(instant))


@pytest.mark.parametrize("instant", ["2026-10-25T00:30:00+00:00", "2026-10-25T01:30:00+00:00"])
def test_in_the_night_in_which_an_hour_comes_twice_its_two_instants_stay_two(instant: str) -> None:
    _reads_back(datetime.fromisoformat(instant))


def _reads_back(starts_at: datetime) -> None:
    ends_at = starts_at.replace(minute=50)
    [event] = vobject.readOne(feed(a_feed_booking(period=Period(starts_at, ends_at))).decode()).vevent_list
    assert (event.dtstart.value, event.dtend.value) == (starts_at, ends_at)


def test_lines_are_short_and_no_character_is_cut() -> None:
    service = "Βεβαίωση μόνιμης κατοικίας 👩‍👩‍👧 " * 20
    content = feed(a_feed_booking(service=service))
    lines = content.split(b"\r\n")
    assert max(map(len, lines)) == MAX_OCTETS
    assert all(line.decode() is not None for line in lines)
    assert b"\n" not in content.replace(b"\r\n", b"")
    [event] = vobject.readOne(content.decode()).vevent_list
    assert event.summary.value.startswith("Βεβαίωση μόνιμης κατοικίας 👩")


def test_nothing_that_is_written_becomes_a_line_of_its_own() -> None:
    hostile = "a;b,c\\d\r\nATTENDEE:mailto:x@y.gr\x00\x1b"
    [event] = vobject.readOne(feed(a_feed_booking(service=hostile), name=hostile).decode()).vevent_list
    assert event.summary.value == "a;b,c\\d\nATTENDEE:mailto:x@y.gr · βίντεο"
    assert "attendee" not in event.contents


def test_a_feed_without_bookings_is_a_calendar_all_the_same() -> None:
    assert "vevent" not in vobject.readOne(feed(language="en").decode()).contents
