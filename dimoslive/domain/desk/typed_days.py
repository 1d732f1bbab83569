"""Days as addresses name them and officials type them."""

import re
from datetime import date

_DAY_FIRST = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4}|\d{2})", re.ASCII)
_YEAR_FIRST = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})", re.ASCII)


def read_typed_day(text: str) -> date | None:
    """24/11/2026, 24-11-26, 24.11.2026 or 2026-11-24; None for anything else."""
    line = text.strip()
    if found := _YEAR_FIRST.fullmatch(line):
        year, month, day = map(int, found.groups())
    elif found := _DAY_FIRST.fullmatch(line):
        day, month, year = map(int, found.groups())
        year += 2000 if year < 100 else 0
    else:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None
