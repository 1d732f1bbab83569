"""What an address or a form may ask figures for."""

from datetime import date, timedelta

import pytest

from dimoslive.domain.errors import InvalidInput
from dimoslive.domain.figures.asked import MAX_DAYS, Asked, Per, Span, read_asked
from dimoslive.domain.scheduling.mode import Mode

TODAY = date(2026, 11, 24)


def read(**words: str) -> Asked:
    return read_asked({name.rstrip("_"): text for name, text in words.items()}, TODAY)


def test_without_days_the_last_thirty_are_asked_for() -> None:
    assert read().span == Span(date(2026, 10, 26), TODAY)


@pytest.mark.parametrize(
    ("words", "field", "code"),
    [
        ({"from_": "24/11/2026", "until": "23/11/2026"}, "until", "ends_before_start"),
        ({"from_": "auto", "until": "23/11/2026"}, "from", "not_a_date"),
        ({"until": "31/2/2026"}, "until", "not_a_date"),
        ({"until": "31/12/9999"}, "until", "not_a_date"),
        ({"from_": "1/1/0101", "until": "2/1/0101"}, "until", "not_a_date"),
        ({"from_": "1/1/2025", "until": "24/11/2026"}, "until", "too_many_days"),
    ],
)
def test_what_is_wrong_stands_at_its_field(words: dict[str, str], field: str, code: str) -> None:
    with pytest.raises(InvalidInput) as raised:
        read(**words)
    assert (raised.value.field, raised.value.code) == (field, code)


def test_four_hundred_days_are_the_most() -> None:
    first = TODAY - timedelta(days=MAX_DAYS - 1)
    assert read(from_=first.isoformat(), until=TODAY.isoformat()).span.days == MAX_DAYS


def test_a_word_that_is_none_narrows_nothing_and_an_id_that_is_none_names_nothing() -> None:
    only = read(mode="plane", source="moon", service="1 OR 1=1", desk="9").only
    assert (only.mode, only.source, only.service_id, only.desk_id) == (None, None, 0, 9)
    assert read(mode="video").only.mode is Mode.VIDEO


def test_longer_periods_are_told_in_longer_steps_unless_others_are_asked_for() -> None:
    pers = [read(from_=first).per for first in ("11/11/2026", "10/11/2026", "1/1/2026")]
    assert pers == [Per.DAY, Per.WEEK, Per.MONTH]
    assert read(from_="1/1/2026", per="day").per is Per.DAY


def test_weeks_begin_on_monday_and_the_first_one_of_a_period_with_the_period() -> None:
    span = Span(date(2026, 11, 19), date(2026, 12, 1))
    assert span.steps(Per.WEEK) == [date(2026, 11, 16), date(2026, 11, 23), date(2026, 11, 30)]
    assert span.heads(Per.WEEK)[0] == date(2026, 11, 19)
    assert span.steps(Per.MONTH) == [date(2026, 11, 1), date(2026, 12, 1)]
    assert span.before == Span(date(2026, 11, 6), date(2026, 11, 18))
