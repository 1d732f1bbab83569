"""Days as addresses name them: what is none is none, and no refusal."""

from datetime import date

from dimoslive.domain.desk.typed_times import parse_day
from dimoslive.domain.errors import InvalidInput


def read_typed_day(text: str) -> date | None:
    """As officials type them, or 2026-11-24; None for anything else."""
    try:
        return parse_day(text)
    except InvalidInput:
        return None
