from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar, Event

from dimoslive.domain.booking.booking import Booking
from dimoslive.domain.scheduling.mode import Mode
from dimoslive.i18n import texts_of
from dimoslive.integrations.calendar.invitation import Method, calendar_invitation
from tests.integrations.booked import a_booking
from tests.support.builders import at

NOW = at("2026-11-01 11:30")
PAGE = "https://dimos.example/my-bookings"


def _file(booking: Booking, method: Method = "REQUEST", now: datetime = NOW) -> bytes:
    return calendar_invitation(
        booking,
        method=method,
        organizer_email="noreply@dimos.example",
        page_url=PAGE,
        now=now,
        texts=texts_of(booking.language),
    )


def _event(booking: Booking, method: Method = "REQUEST") -> Event:
    (event,) = Calendar.from_ical(_file(booking, method)).events
    return event


def _text(content: bytes) -> str:
    return content.replace(b"\r\n ", b"").decode()


def test_a_cancel_keeps_the_uid_and_raises_the_sequence() -> None:
    made, cancelled = _event(a_booking(sequence=3)), _event(a_booking(sequence=4), "CANCEL")
    assert made["UID"] == cancelled["UID"] == "K7PM3XQ9@dimos.example"
    assert (made.sequence, cancelled.sequence) == (3, 4)
    assert (made["STATUS"], cancelled["STATUS"]) == ("CONFIRMED", "CANCELLED")
    assert b"\r\nMETHOD:CANCEL\r\n" in _file(a_booking(), "CANCEL")


def test_another_booking_has_another_uid() -> None:
    assert _event(a_booking(reference="A1B2C3D4"))["UID"] != _event(a_booking())["UID"]


@pytest.mark.parametrize(
    ("wall", "written", "hours"),
    [
        ("2026-01-20 10:00", "20260120T100000", 2),
        ("2026-06-02 10:00", "20260602T100000", 3),
        ("2026-03-30 09:00", "20260330T090000", 3),
        ("2026-10-26 09:00", "20261026T090000", 2),
    ],
)
def test_times_are_greek_wall_times_with_the_offset_of_their_date(wall: str, written: str, hours: int) -> None:
    booking = a_booking(wall)
    assert f"DTSTART;TZID=Europe/Athens:{written}\r\n".encode() in _file(booking)
    start, end = _event(booking)["DTSTART"].dt, _event(booking)["DTEND"].dt
    assert start.utcoffset() == timedelta(hours=hours)
    assert (start, end - start) == (at(wall), timedelta(minutes=10))


def test_the_zone_written_in_the_file_agrees_with_the_tz_database_in_every_hour_of_the_year() -> None:
    (written,) = Calendar.from_ical(_file(a_booking())).timezones
    read, known = written.to_tz(lookup_tzid=False), ZoneInfo("Europe/Athens")
    year = [datetime(2026, 1, 1, tzinfo=known) + timedelta(hours=hour) for hour in range(365 * 24)]
    # The skipped and the repeated hour name no single instant.
    clear = [wall for wall in year if wall.utcoffset() == wall.replace(fold=1).utcoffset()]
    assert len(clear) == len(year) - 2
    assert [wall for wall in clear if wall.replace(tzinfo=read).utcoffset() != wall.utcoffset()] == []


def test_the_clock_change_is_written_as_a_yearly_rule() -> None:
    text = _text(_file(a_booking()))
    assert "DTSTART:20250330T030000\r\nRRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3\r\n" in text
    assert "DTSTART:20251026T040000\r\nRRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10\r\n" in text


def test_a_zone_without_clock_change_has_one_offset() -> None:
    (zone,) = Calendar.from_ical(_file(a_booking(zone="Asia/Tokyo"))).timezones
    assert [part["TZOFFSETTO"].td for part in zone.subcomponents] == [timedelta(hours=9)]


def test_a_request_names_organiser_and_citizen_and_asks_for_no_answer() -> None:
    event = _event(a_booking())
    assert event["ORGANIZER"] == "mailto:noreply@dimos.example"
    assert event["ORGANIZER"].params["CN"] == "Δήμος Καβάλας"
    assert event["ATTENDEE"] == "mailto:maria@example.com"
    assert event["ATTENDEE"].params["PARTSTAT"] == "ACCEPTED"
    assert event["ATTENDEE"].params["RSVP"] == "FALSE"


def test_a_download_names_no_guest() -> None:
    content = _file(a_booking(), "PUBLISH")
    assert b"METHOD:PUBLISH\r\n" in content
    assert "ATTENDEE" not in _event(a_booking(), "PUBLISH")
    assert b"maria@example.com" not in content
    assert _event(a_booking(), "PUBLISH")["STATUS"] == "CONFIRMED"


def test_the_stamps_are_when_it_is_written_when_it_changed_last_and_when_it_was_booked() -> None:
    event = _event(a_booking())
    assert event["DTSTAMP"].dt == NOW
    assert event["CREATED"].dt == at("2026-11-01 11:00")


@pytest.mark.parametrize("mode", list(Mode))
@pytest.mark.parametrize("method", ["REQUEST", "CANCEL", "PUBLISH"])
def test_a_calendar_that_others_see_learns_nothing_of_the_person(mode: Mode, method: Method) -> None:
    text = _text(_file(a_booking(mode=mode, help_needed="νοηματική"), method))
    for private in ("ΠΑΠΑΔΟΠΟΥΛΟΥ", "εντοπιότητας", "6912345678", "νοηματική"):
        assert private not in text
    assert "CLASS:PRIVATE\r\n" in text


@pytest.mark.parametrize(
    ("language", "mode", "location"),
    [
        ("el", Mode.IN_PERSON, "Κύπρου 10, 654 03 Καβάλα"),
        ("en", Mode.IN_PERSON, "Kyprou 10, 654 03 Kavala"),
        ("el", Mode.VIDEO, f"Τηλεδιάσκεψη: {PAGE}"),
        ("en", Mode.VIDEO, f"Video call: {PAGE}"),
        ("el", Mode.PHONE, "Θα σας καλέσει ο δήμος"),
        ("en", Mode.PHONE, "The municipality will call you"),
    ],
)
def test_the_place_says_where_or_how(language: str, mode: Mode, location: str) -> None:
    assert _event(a_booking(language=language, mode=mode))["LOCATION"] == location


def test_the_texts_are_in_the_language_of_the_booking() -> None:
    greek, english = _event(a_booking()), _event(a_booking(language="en"), "CANCEL")
    assert greek["SUMMARY"] == "Πιστοποιητικό οικογενειακής κατάστασης – Δήμος Καβάλας"
    assert english["SUMMARY"] == "Cancelled: Family status certificate – Municipality of Kavala"
    assert "Αριθμός κράτησης: K7PM-3XQ9" in greek["DESCRIPTION"]
    assert f"View, change or cancel: {PAGE}" in english["DESCRIPTION"]


def test_a_text_without_translation_is_given_in_greek() -> None:
    assert "Ληξιαρχείο" in _event(a_booking(language="en", service_name={"el": "Ληξιαρχείο", "en": ""}))["SUMMARY"]


def test_lines_are_folded_within_75_octets_and_end_with_crlf() -> None:
    content = _file(a_booking(service_name={"el": "Πιστοποιητικό " * 30}))
    lines = content.split(b"\r\n")
    assert lines[-1] == b""
    assert max(map(len, lines)) <= 75
    assert not any(b"\n" in line or b"\r" in line for line in lines)
    assert all(line.decode() is not None for line in lines)


@pytest.mark.parametrize("line_end", ["\r\n", "\n", "\r", "\u2028", "\x0b"])
@pytest.mark.parametrize(
    "place", ["municipality_name", "service_name", "department_name", "address", "municipality_phone", "email"]
)
def test_no_value_can_add_a_property(place: str, line_end: str) -> None:
    value: Any = f"x{line_end}ATTENDEE:mailto:other@example.org"
    value = value if place in ("municipality_phone", "email") else {"el": value}
    lines = _text(_file(a_booking(**{place: value}))).splitlines()
    assert [line for line in lines if line.startswith("ATTENDEE:")] == []
    assert len([line for line in lines if line.startswith("ATTENDEE")]) == 1
