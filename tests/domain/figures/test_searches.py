"""As what a search counts."""

from datetime import date

import pytest

from dimoslive.domain.figures.searches import SearchKind, kinds_of

TODAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("first_free", "kind"),
    [
        (TODAY, None),
        (date(2026, 12, 8), None),
        (date(2026, 12, 9), SearchKind.LATE),
        (None, SearchKind.NONE),
    ],
)
def test_late_is_what_is_free_after_more_than_fourteen_days(first_free: date | None, kind: SearchKind | None) -> None:
    assert kinds_of(first_free, TODAY) == (SearchKind.ALL, *([kind] if kind else []))
