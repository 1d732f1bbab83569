from datetime import date

import pytest

from dimoslive.domain.desk.typed_days import read_typed_day


@pytest.mark.parametrize("text", ["24/11/2026", "24-11-26", "24.11.2026", " 2026-11-24 ", "24/11/26"])
def test_a_day_is_read_as_people_write_it(text: str) -> None:
    assert read_typed_day(text) == date(2026, 11, 24)


@pytest.mark.parametrize(
    "text", ["", "31/11/2026", "24/11", "tomorrow", "24/11/2026 OR 1=1", "٢٤/١١/٢٠٢٦", "0000-01-01", "\x00"]
)
def test_anything_else_is_no_day(text: str) -> None:
    assert read_typed_day(text) is None
