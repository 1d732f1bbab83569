from datetime import date, time

import pytest

from dimoslive.domain.desk.typed_times import parse_clock, parse_day, parse_minutes, typed_start
from dimoslive.domain.errors import InvalidInput
from dimoslive.domain.scheduling.local_time import ATHENS
from tests.support.builders import at


@pytest.mark.parametrize("text", ["24/11/2026", "24-11-26", "2026-11-24", " 24.11.2026 "])
def test_a_date_is_typed_in_several_ways(text: str) -> None:
    assert parse_day(text) == date(2026, 11, 24)


@pytest.mark.parametrize("text", ["", "31/2/2026", "24/11", "αύριο", "24/11/20266", "0/0/0", "٢٤/١١/٢٠٢", "9" * 40])
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(InvalidInput):
        parse_day(text)


@pytest.mark.parametrize(
    ("text", "wall"), [("9", time(9)), ("9:30", time(9, 30)), ("09.30", time(9, 30)), ("930", time(9, 30))]
)
def test_a_time_is_typed_by_the_24_hour_clock(text: str, wall: time) -> None:
    assert parse_clock(text) == wall


@pytest.mark.parametrize("text", ["", "24:00", "9:60", "9πμ", "-1", "12345"])
def test_what_is_no_time_is_refused(text: str) -> None:
    with pytest.raises(InvalidInput):
        parse_clock(text)


@pytest.mark.parametrize("text", ["", "-5", "δέκα", "1e3", "99999"])
def test_minutes_are_a_whole_number(text: str) -> None:
    with pytest.raises(InvalidInput):
        parse_minutes(text)


def test_a_start_is_greek_time() -> None:
    assert typed_start("24/11/2026", "9:10", ATHENS) == at("2026-11-24 09:10")
