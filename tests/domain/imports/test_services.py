"""A line of the file of services is one service with its hours, or says all that is wrong with it."""

from datetime import time

import pytest

from dimoslive.domain.errors import InvalidDetails, InvalidInput
from dimoslive.domain.imports.places import KnownPlaces
from dimoslive.domain.imports.rows import Row
from dimoslive.domain.imports.services import ServiceLine, parse_service
from dimoslive.domain.imports.weekdays import parse_modes, parse_weekdays
from dimoslive.domain.scheduling.mode import Mode
from dimoslive.domain.scheduling.opening_hours import WeeklyHours

PLACES = KnownPlaces(departments={1: ("Δημοτολόγιο", "Registry")})


def parse(**cells: str) -> ServiceLine:
    return parse_service(Row(2, {"department": "Δημοτολόγιο", "name_el": "Βεβαιώσεις"} | cells), PLACES)


def problems(**cells: str) -> list[tuple[str, str]]:
    with pytest.raises(InvalidDetails) as caught:
        parse(**cells)
    return [(problem.field, problem.code) for problem in caught.value.problems]


def test_a_whole_line_is_read() -> None:
    line = parse(
        modes="Φ Τ", duration="15", step="30", weekdays="Δε,Τρ", opens="8:30", closes="14.00", desks="2",
        documents_el="Ταυτότητα\r\nΑίτηση", online_url="https://www.gov.gr/x?y=1", slug="vevaioseis",
    )  # fmt: skip
    assert line.modes == frozenset({Mode.IN_PERSON, Mode.VIDEO})
    assert (line.duration_minutes, line.step_minutes, line.desks) == (15, 30, 2)
    assert line.hours == frozenset(WeeklyHours(day, time(8, 30), time(14)) for day in (0, 1))
    assert line.documents_el == "Ταυτότητα\nΑίτηση"
    assert line.key == "vevaioseis"


def test_an_empty_cell_says_nothing() -> None:
    assert parse(duration=" ") == ServiceLine(1, "Βεβαιώσεις")


@pytest.mark.parametrize(
    ("cell", "days"),
    [
        ("Δε,Τρ", {0, 1}),
        ("Δε Τε Πε", {0, 2, 3}),
        ("Δευτέρα - Παρασκευή", {0, 1, 2, 3, 4}),
        ("1-5", {0, 1, 2, 3, 4}),
        ("1,3;7", {0, 2, 6}),
        ("Mo–Fr, su", {0, 1, 2, 3, 4, 6}),
    ],
)
def test_days_are_named_in_many_ways(cell: str, days: set[int]) -> None:
    assert parse_weekdays(cell) == days


@pytest.mark.parametrize("cell", ["8", "0", "Τ", "Πα-Δε", "1-2-3", "κάθε μέρα", "-", "1-"])
def test_days_that_are_none_are_refused(cell: str) -> None:
    with pytest.raises(InvalidInput, match="unknown_weekdays"):
        parse_weekdays(cell)


@pytest.mark.parametrize(
    ("cell", "modes"),
    [
        ("ΦΤΚ", {Mode.IN_PERSON, Mode.VIDEO, Mode.PHONE}),
        ("φ, κ", {Mode.IN_PERSON, Mode.PHONE}),
        ("\u03a4", {Mode.VIDEO}),
        ("\u0054", {Mode.PHONE}),
        ("P V T", {Mode.IN_PERSON, Mode.VIDEO, Mode.PHONE}),
    ],
)
def test_a_letter_means_what_it_means_in_its_alphabet(cell: str, modes: set[Mode]) -> None:
    assert parse_modes(cell) == modes


@pytest.mark.parametrize("cell", ["Φ\u0054", "P\u03a4", "Χ", "-"])
def test_letters_of_two_alphabets_say_nothing_for_sure(cell: str) -> None:
    with pytest.raises(InvalidInput, match="unknown_modes"):
        parse_modes(cell)


@pytest.mark.parametrize(
    ("cells", "problem"),
    [
        ({"duration": "7"}, ("duration", "number_out_of_bounds")),
        ({"duration": "245"}, ("duration", "number_out_of_bounds")),
        ({"step": "μισή ώρα"}, ("step", "number_out_of_bounds")),
        ({"desks": "0"}, ("desks", "number_out_of_bounds")),
        ({"department": "Ύδρευση"}, ("department", "unknown_name")),
        ({"name_el": "Α"}, ("name_el", "too_short")),
        ({"name_el": "@SUM(A1)"}, ("name_el", "begins_like_a_formula")),
        ({"documents_el": "-2+3"}, ("documents_el", "begins_like_a_formula")),
        ({"slug": "Βεβαιώσεις"}, ("slug", "invalid_slug")),
        ({"modes": "όλοι"}, ("modes", "unknown_modes")),
        ({"online_url": "http://www.gov.gr"}, ("online_url", "not_https")),
        ({"online_url": "https://user@evil.example"}, ("online_url", "not_https")),
        ({"weekdays": "Δε", "opens": "8:00"}, ("closes", "hours_incomplete")),
        ({"weekdays": "Δε", "opens": "15:00", "closes": "8:00"}, ("closes", "closes_before_it_opens")),
        ({"weekdays": "Δε", "opens": "8:02", "closes": "9:00"}, ("opens", "not_on_five_minutes")),
        ({"weekdays": "Δε", "opens": "25:00", "closes": "9:00"}, ("opens", "not_a_time")),
    ],
)
def test_a_wrong_cell_is_told_with_its_column(cells: dict[str, str], problem: tuple[str, str]) -> None:
    assert problems(**cells) == [problem]


def test_an_interval_is_as_long_as_an_appointment_at_least() -> None:
    hours = {"weekdays": "Δε", "opens": "8:00", "closes": "8:20"}
    assert problems(duration="30", **hours) == [("closes", "open_shorter_than_duration")]
    assert parse(duration="20", **hours).hours


@pytest.mark.parametrize("midnight", ["00:00", "24:00"])
def test_a_day_may_close_at_midnight(midnight: str) -> None:
    assert parse(weekdays="7", opens="23:00", closes=midnight).hours == frozenset({WeeklyHours(6, time(23), time())})


def test_a_cell_under_no_heading_makes_the_row_wrong() -> None:
    row = Row(2, {"department": "Δημοτολόγιο", "name_el": "Βεβαιώσεις"}, has_too_many=True)
    with pytest.raises(InvalidDetails) as caught:
        parse_service(row, PLACES)
    assert [problem.code for problem in caught.value.problems] == ["too_many_cells"]
