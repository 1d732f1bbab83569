"""The forms in which the API writes and reads values."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, time
from typing import Annotated

from pydantic import BaseModel, Field, StringConstraints

from dimoslive.domain.scheduling.local_time import DAY_SECONDS

MAX_CURSOR_LENGTH = 500
SLUG = r"^[a-z0-9-]{2,80}$"
Slug = Annotated[str, StringConstraints(pattern=SLUG)]


class Text(BaseModel):
    """A text in both languages; one that was not written in a language is empty there."""

    el: str = Field(examples=["Δήμος Καβάλας"])
    en: str = Field(examples=["Municipality of Kavala"])


def instant(at: datetime) -> str:
    """An instant in UTC, as RFC 3339 writes it: ``2026-11-24T08:00:00Z``."""
    return at.isoformat(timespec="seconds").replace("+00:00", "Z")


def instant_or_none(at: datetime | None) -> str | None:
    """The same where there may be none."""
    return instant(at) if at is not None else None


def instants(seconds: Iterable[int]) -> Iterator[str]:
    """The same of many whole minutes, given in seconds since the epoch and in order: a month has some hundred."""
    day, on = -1, ""
    for one in seconds:
        if one // DAY_SECONDS != day:
            day = one // DAY_SECONDS
            on = datetime.fromtimestamp(one, UTC).date().isoformat()
        minute = one % DAY_SECONDS // 60
        yield f"{on}T{minute // 60:02d}:{minute % 60:02d}:00Z"


def wall_time(at: time) -> str:
    """A local time: ``08:30``."""
    return at.strftime("%H:%M")
