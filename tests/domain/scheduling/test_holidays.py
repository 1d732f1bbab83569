import csv
from datetime import date
from pathlib import Path

import pytest

from dimoslive.domain.scheduling.holidays import holiday_name, is_national_holiday, is_working_day, national_holidays

EXPECTED = Path(__file__).with_name("holidays_gr_2026_2028.csv")


@pytest.mark.parametrize("year", [2026, 2027, 2028])
def test_the_national_days_off_are_the_published_ones(year: int) -> None:
    with EXPECTED.open(encoding="utf-8", newline="") as file:
        days = {date.fromisoformat(row["date"]) for row in csv.DictReader(file)}
    assert national_holidays(year) == {day for day in days if day.year == year}
    assert len(national_holidays(year)) == 12


def test_labour_day_on_a_saturday_is_not_moved() -> None:
    assert is_national_holiday(date(2027, 5, 1))
    assert not is_national_holiday(date(2027, 5, 4))


@pytest.mark.parametrize("day", [date(2026, 6, 26), date(2026, 6, 29)])
def test_kavalas_own_days_are_not_national(day: date) -> None:
    assert is_working_day(day)


def test_a_working_day_is_monday_to_friday_without_holidays() -> None:
    assert is_working_day(date(2026, 11, 24))
    assert not is_working_day(date(2026, 11, 28))
    assert not is_working_day(date(2026, 11, 29))
    assert not is_working_day(date(2026, 10, 28))


@pytest.mark.parametrize("year", [2026, 2027, 2028])
def test_every_national_day_off_has_a_name_in_both_languages(year: int) -> None:
    names = [{holiday_name(day, language) for day in national_holidays(year)} for language in ("el", "en")]
    assert [len(of_language) for of_language in names] == [12, 12]
    assert all(name.isascii() for name in names[1])
    assert holiday_name(date(year, 3, 25), "el") == "25η Μαρτίου"
    assert holiday_name(date(year, 11, 24), "el") == ""
