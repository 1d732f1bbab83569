"""Which lines of the history an address or a form asks for."""

from collections.abc import Mapping
from datetime import date

from dimoslive.domain.desk.typed_days import read_typed_day
from dimoslive.domain.errors import InvalidInput
from dimoslive.services.settings.history.list_history import HistoryWish

FIELDS = ("who", "kind", "from", "until")


def read_wish(fields: Mapping[str, str]) -> HistoryWish:
    """Raises `InvalidInput` for what is no date; who is nobody's id has no lines."""
    who = fields.get("who", "")
    return HistoryWish(
        official_id=_id(who) if who else None,
        kind=fields.get("kind", ""),
        first=_day("from", fields.get("from", "")),
        last=_day("until", fields.get("until", "")),
    )


def _id(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 0


def _day(field: str, text: str) -> date | None:
    if not text:
        return None
    day = read_typed_day(text)
    if day is None:
        raise InvalidInput(field, "not_a_date")
    return day
