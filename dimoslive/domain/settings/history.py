"""What was changed in the way a municipality is set up."""

from dataclasses import dataclass
from datetime import datetime

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
