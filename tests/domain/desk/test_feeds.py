"""Calendars that officials' programs fetch."""

from datetime import timedelta

import pytest

from dimoslive.domain.desk.feeds import FeedPersons, is_empty, is_unused, person_in_feed, program_of
from tests.support.builders import at

NOW = at("2026-11-24 10:00")


@pytest.mark.parametrize(
    ("persons", "said"),
    [(FeedPersons.NONE, ""), (FeedPersons.INITIALS, "Ε. Π."), (FeedPersons.NAME, "Ελένη Παπαδοπούλου")],
)
def test_the_municipality_says_how_much_of_a_person_is_told(persons: FeedPersons, said: str) -> None:
    assert person_in_feed("Ελένη Παπαδοπούλου", persons) == said


def test_a_feed_that_nobody_fetches_ends_after_120_days() -> None:
    assert not is_unused(NOW - timedelta(days=119), None, NOW)
    assert is_unused(NOW - timedelta(days=120), None, NOW)
    assert not is_unused(NOW - timedelta(days=500), NOW - timedelta(days=119), NOW)


def test_an_ended_feed_is_empty_for_30_days() -> None:
    assert is_empty(NOW - timedelta(days=29), NOW)
    assert not is_empty(NOW - timedelta(days=30), NOW)


@pytest.mark.parametrize(
    ("agent", "program"),
    [
        ("Thunderbird/128.0", "Thunderbird"),
        ("Google-Calendar-Importer", "Google-Calendar-Importer"),
        ("macOS/14.0 (23A344) dataaccessd/1.0", "macOS"),
        ("", ""),
        ("<script>alert(1)</script>", "<script>alert(1)<"),
        ("Ημερολόγιο\x00" + "a" * 100, "a" * 40),
    ],
)
def test_a_program_is_known_by_its_first_word(agent: str, program: str) -> None:
    assert program_of(agent) == program
