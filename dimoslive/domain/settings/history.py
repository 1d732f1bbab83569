"""What was changed in the way a municipality is set up."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from dimoslive.domain.desk.booking_line import Words
from dimoslive.domain.settings.three_way import Change


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """Who did what to a thing, and when. ``by`` is «Μ. Οικονόμου», empty for a job or a command."""

    at: datetime
    by: str
    action: str
    """As the log has it, such as ``department.changed``."""
    changes: tuple[Change, ...]
    reason: str = ""


ThingNames = Mapping[str, Mapping[int, Words]]
"""Names of a municipality's things: by kind, then by id."""


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """A line of a municipality's history: one of any thing. ``subject`` is its name, empty where none is known."""

    id: int
    line: HistoryLine
    kind: str
    subject_id: int | None
    subject: Words
    about: str
    """The kind of thing whose fields changed: of a plan, that of what it changes."""
    actor: str
    """official, platform, job or command."""
    role: str
    """What the actor is here now; empty for whoever is nothing here."""
