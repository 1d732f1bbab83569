"""What all answers to programs with a key have in common: nobody on the way keeps them."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Annotated, Any

from pydantic import AfterValidator, AwareDatetime, BeforeValidator

from dimoslive.domain.errors import InvalidDetails, InvalidInput
from dimoslive.domain.people.permissions import Permission
from dimoslive.domain.people.principals import ApiKey
from dimoslive.http.public_v1.dependencies import for_key
from dimoslive.http.public_v1.quotas import KEY_WRITES

CACHING = "private, no-store"
_INSTANT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt ][0-9:.]+([Zz]|[+-][0-9]{2}:[0-9]{2})", re.ASCII)
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
_YEARS = range(2000, 2101)
"""Beyond these nothing was booked, and no calendar is computed."""


def _written(form: re.Pattern[str]) -> Callable[[Any], Any]:
    """The library behind takes numbers for instants too; a program's mistake is better told."""

    def check(value: Any) -> Any:
        if not isinstance(value, str) or not form.fullmatch(value):
            raise ValueError("not written as asked for")
        return value

    return check


def _in_bounds(value: Any) -> Any:
    if value.year not in _YEARS:
        raise ValueError("out of bounds")
    return value.astimezone(UTC) if isinstance(value, datetime) else value


Instant = Annotated[AwareDatetime, BeforeValidator(_written(_INSTANT)), AfterValidator(_in_bounds)]
"""As RFC 3339 writes it."""
Day = Annotated[date, BeforeValidator(_written(_DAY)), AfterValidator(_in_bounds)]

BookingReader = Annotated[ApiKey, for_key(Permission.VIEW_BOOKING)]
BookingWriter = Annotated[ApiKey, for_key(Permission.ARRANGE, KEY_WRITES)]
SetUpReader = Annotated[ApiKey, for_key(Permission.VIEW_SETTINGS)]


def at_fields(refusal: InvalidInput | InvalidDetails, places: dict[str, str]) -> InvalidDetails:
    """The same refusal, with each field called as the body calls it."""
    problems = refusal.problems if isinstance(refusal, InvalidDetails) else (refusal,)
    return InvalidDetails(
        tuple(InvalidInput(places.get(one.field, one.field), one.code, **one.params) for one in problems)
    )
