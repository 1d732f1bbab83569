"""Calendars that officials' programs fetch: what they hold, of whom they speak, and when they end."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from dimoslive.domain.errors import DomainError
from dimoslive.domain.scheduling.mode import Mode
from dimoslive.domain.scheduling.periods import Period

MAX_FEEDS = 5
"""Of one person."""
DAYS_BEFORE, DAYS_AHEAD = timedelta(days=7), timedelta(days=60)
UNUSED_FOR = timedelta(days=120)
"""A feed that nobody fetches for so long ends."""
EMPTY_FOR = timedelta(days=30)
"""Programs keep what they have when they get an error: an ended feed is an empty calendar first."""
MAX_AGENT_LENGTH = 40


class TooManyFeeds(DomainError):
    """A person has as many calendar feeds as allowed; ``limit`` says how many."""

    code = "too_many_feeds"


class FeedPersons(StrEnum):
    """What the feeds of a municipality say of whoever comes."""

    NONE = "none"
    INITIALS = "initials"
    NAME = "name"


@dataclass(frozen=True, slots=True)
class FeedBooking:
    """A booking as a feed has it. ``person`` is what may be said of whoever comes, often nothing."""

    reference: str
    service: str
    mode: Mode
    period: Period
    sequence: int
    changed_at: datetime
    municipality_slug: str
    is_sensitive: bool = False
    person: str = ""


def person_in_feed(name: str, persons: FeedPersons) -> str:
    """«Ε. Π.» of «Ελένη Παπαδοπούλου», the whole name, or nothing."""
    if persons is FeedPersons.NAME:
        return name
    if persons is FeedPersons.INITIALS:
        return " ".join(f"{word[0].upper()}." for word in name.split()[:3])
    return ""


def is_unused(created_at: datetime, fetched_at: datetime | None, now: datetime) -> bool:
    """Whether nobody fetched it for so long that it ends."""
    return now - (fetched_at or created_at) >= UNUSED_FOR


def is_empty(ended_at: datetime, now: datetime) -> bool:
    """Whether an ended feed is still an empty calendar; afterwards it is nothing."""
    return now < ended_at + EMPTY_FOR


def program_of(agent: str) -> str:
    """The first word of what a program calls itself, without its version: ``Thunderbird``."""
    words = agent.split("/", maxsplit=1)[0].split()
    word = "".join(sign for sign in (words[0] if words else "") if sign.isascii() and sign.isprintable())
    return word[:MAX_AGENT_LENGTH]
