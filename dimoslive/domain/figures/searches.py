"""What a search for a time found: a search is one opening of the calendar step by a citizen who is signed in."""

from datetime import date, timedelta
from enum import StrEnum

LATE_AFTER = timedelta(days=14)


class SearchKind(StrEnum):
    """By what searches are counted; each is one of ``ALL``, and one of another at most."""

    ALL = "all"
    NONE = "none"
    """Nothing was free as far as people book."""
    LATE = "late"
    """What was free first is more than `LATE_AFTER` away."""


def kinds_of(first_free: date | None, today: date) -> tuple[SearchKind, ...]:
    """As what a search counts that found this local day first."""
    if first_free is None:
        return SearchKind.ALL, SearchKind.NONE
    return (SearchKind.ALL, SearchKind.LATE) if first_free - today > LATE_AFTER else (SearchKind.ALL,)
