from datetime import date, time
from typing import Any

import pytest

from dimoslive.domain.errors import InvalidDetails
from dimoslive.domain.scheduling.opening_hours import DatedHours, WeeklyHours
from dimoslive.domain.settings.hours import (
    TypedInterval,
    dated_of,
    dated_value,
    parse_dated,
    parse_weekly,
    read_interval,
    rows_of,
    typed_intervals,
    weekly_of,
    weekly_values,
)
from tests.support.builders import on, weekly

TODAY = date(2026, 11, 24)
THURSDAY = date(2026, 12, 24)


def row(opens: str, closes: str, *valid: str, weekday: int = 0, key: str = "7") -> TypedInterval:
    return TypedInterval(key, weekday, opens, closes, *valid)


def problems(*rows: TypedInterval) -> list[tuple[str, str]]:
    with pytest.raises(InvalidDetails) as refused:
        parse_weekly(rows, 10, TODAY)
    return [(problem.field, problem.code) for problem in refused.value.problems]


def test_rows_are_read_in_the_form_s_order_and_by_their_keys() -> None:
    raw: dict[str, Any] = {"weekday-3": "1", "opens-3": "8:30", "closes-3": "15", "weekday-1": "9", "opens-1": None}
    assert typed_intervals(raw) == [row("8:30", "15", "", "", weekday=1, key="3"), row("", "", "", "", key="1")]


def test_what_is_typed_becomes_the_week_and_comes_back() -> None:
    typed = [
        row("16", "1900", "1/12/26", "2027-02-26", weekday=2, key="b"),
        row("8.30", "13:00", weekday=2, key="a"),
        row("22:00", "24:00", weekday=6, key="c"),
    ]
    values = parse_weekly(typed, 10, TODAY)
    assert values["wednesday"] == [["08:30", "13:00", "", ""], ["16:00", "19:00", "2026-12-01", "2027-02-26"]]
    assert values["sunday"] == [["22:00", "00:00", "", ""]]
    assert values["monday"] == []
    assert weekly_values(weekly_of(values), TODAY) == values
    assert parse_weekly(rows_of(values), 10, TODAY) == values


def test_each_problem_stands_at_its_control() -> None:
    assert problems(row("", "15:00", key="a"), row("8:30", "25:00", "31/11/26", key="b")) == [
        ("opens-a", "not_a_time"),
        ("closes-b", "not_a_time"),
        ("valid_from-b", "not_a_date"),
    ]
    assert problems(row("8:30", "13:00", key="a"), row("12:00", "15:00", key="b")) == [("opens-b", "intervals_overlap")]


def test_what_is_over_is_in_no_field() -> None:
    over = WeeklyHours(0, time(8), time(9), None, date(2026, 11, 23))
    assert weekly_values([over, *weekly("08:30-15:00", [0])], TODAY)["monday"] == [["08:30", "15:00", "", ""]]


def test_a_row_that_is_not_right_yet_says_nothing() -> None:
    assert read_interval(row("8:3", "")) is None
    assert read_interval(row("8:30", "24")) == WeeklyHours(0, time(8, 30), time())


def test_what_a_browser_sends_for_fields_becomes_rows_or_nothing() -> None:
    junk: dict[str, object] = {"monday": [["8:30"], 4, [1, 2, None, "x" * 999]], "tuesday": "no", "friday": None}
    [only] = rows_of(junk)
    assert (only.opens, only.closes, len(only.valid_until)) == ("1", "2", 20)
    assert rows_of({"monday": [["", "", "", ""]] * 999})[-1].key == "200"


class TestADate:
    def parse(self, *rows: TypedInterval, **words: bool) -> object:
        usual = {"is_closed": False, "opens_on_holiday": False}
        [value] = parse_dated(THURSDAY, rows, 10, TODAY, **(usual | words)).values()
        return value

    def test_has_its_own_hours_or_is_closed_or_is_as_every_week(self) -> None:
        assert self.parse(row("8:30", "12:00", weekday=5)) == [["08:30", "12:00"]]
        assert self.parse(is_closed=True) == []
        assert self.parse() is None

    def test_comes_back_as_it_was(self) -> None:
        for dated in (on(THURSDAY, "08:30-12:00 22:00-00:00"), on(THURSDAY), list[DatedHours]()):
            assert dated_of(THURSDAY, dated_value(THURSDAY, dated)) == dated

    def test_its_problems_stand_at_its_rows(self) -> None:
        with pytest.raises(InvalidDetails) as refused:
            self.parse(row("12:00", "8:30", key="x"))
        assert [problem.field for problem in refused.value.problems] == ["closes-x"]
