"""What all changes of the set-up have in common: by whom, when, and what was opened."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from dimoslive.domain.people.principals import Official
from dimoslive.domain.settings.three_way import Change


@dataclass(frozen=True, slots=True)
class Act:
    """Who changes something, when, in which municipality, and why if a reason was asked for."""

    by: Official | Literal["command"]
    at: datetime
    municipality_id: int
    reason: str = ""

    @property
    def by_id(self) -> int | None:
        """None for a command of whoever runs the installation."""
        return self.by.id if isinstance(self.by, Official) else None


@dataclass(frozen=True, slots=True)
class Opened:
    """A thing as a form was opened with it: its version, and its fields as plain values."""

    version: int
    values: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Saved:
    """The version after a save, and what somebody else had changed since the form was opened."""

    version: int
    taken_over: tuple[Change, ...] = ()
    by: str = ""
    """Whoever that was."""
    has_changed: bool = True
