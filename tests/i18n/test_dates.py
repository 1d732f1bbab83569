from datetime import date

import pytest

from dimoslive.i18n.dates import (
    chosen_time,
    clock,
    day_of_month,
    full_day,
    full_time,
    month_title,
    short_day,
    weekday_heads,
    weekday_name,
    zone_offset,
)
from tests.support.builders import TUESDAY, at, utc

JUNE = date(2022, 6, 2)


@pytest.mark.parametrize(("language", "title"), [("el", "Ιούνιος 2022"), ("en", "June 2022")])
def test_a_month_as_a_heading_is_in_the_nominative(language: str, title: str) -> None:
    assert month_title(JUNE, language) == title


@pytest.mark.parametrize(("language", "day"), [("el", "Τρίτη 24 Νοεμβρίου 2026"), ("en", "Tuesday 24 November 2026")])
def test_a_month_in_a_date_is_in_the_genitive(language: str, day: str) -> None:
    assert full_day(TUESDAY, language) == day


def test_shorter_dates_leave_out_the_year_and_the_weekday() -> None:
    assert day_of_month(date(2022, 6, 10), "el") == "Παρασκευή 10 Ιουνίου"
    assert short_day(JUNE, "el") == "2 Ιουνίου"
    assert (day_of_month(JUNE, "en"), short_day(JUNE, "en")) == ("Thursday 2 June", "2 June")


def test_the_week_begins_on_monday_with_two_letter_heads() -> None:
    assert weekday_heads("el") == ["Δε", "Τρ", "Τε", "Πέ", "Πα", "Σά", "Κυ"]
    assert weekday_heads("en") == ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"]


def test_weekday_0_is_monday() -> None:
    assert (weekday_name(0, "el"), weekday_name(6, "el")) == ("Δευτέρα", "Κυριακή")
    assert (weekday_name(0, "en"), weekday_name(6, "en")) == ("Monday", "Sunday")


@pytest.mark.parametrize(
    ("wall", "greek", "english"),
    [
        ("08:30", "8:30 πμ", "8:30 am"),
        ("13:20", "1:20 μμ", "1:20 pm"),
        ("14:30", "2:30 μμ", "2:30 pm"),
        ("12:00", "12:00 μμ", "12:00 pm"),
        ("00:05", "12:05 πμ", "12:05 am"),
    ],
)
def test_the_time_is_written_as_in_the_manual(wall: str, greek: str, english: str) -> None:
    instant = at(f"2026-11-24 {wall}")
    assert (clock(instant, "el"), clock(instant, "en")) == (greek, english)


def test_a_time_is_shown_on_the_clock_of_the_zone_asked_for() -> None:
    instant = at("2026-11-24 08:30")
    assert clock(instant, "el", "America/New_York") == "1:30 πμ"
    assert full_time(at("2026-11-24 01:30"), "en", "America/New_York") == "Monday 23 November 2026, 6:30 pm"


def test_the_choice_made_names_day_and_time() -> None:
    assert chosen_time(at("2022-06-02 10:00"), "el") == "02 Ιουνίου, 10:00 πμ"
    assert chosen_time(at("2022-06-02 10:00"), "en") == "02 June, 10:00 am"


def test_the_full_time_names_the_local_day() -> None:
    assert full_time(utc("2026-11-24 22:30"), "el") == "Τετάρτη 25 Νοεμβρίου 2026, 12:30 πμ"


def test_the_offset_is_the_one_of_the_date() -> None:
    assert zone_offset(at("2022-06-02 10:00")) == "UTC+03:00"
    assert zone_offset(at("2026-11-24 10:00")) == "UTC+02:00"
