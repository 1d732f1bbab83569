"""How a municipality is set up, as its programs see it: nothing of the people who work there."""

from dataclasses import dataclass
from datetime import date, datetime

from dimoslive.domain.desk.booking_line import Words
from dimoslive.domain.scheduling.opening_hours import DatedHours, WeeklyHours


@dataclass(frozen=True, slots=True)
class ProgramDesk:
    """A desk, and which services it serves, by their slugs."""

    id: int
    name: Words
    place: Words
    department: Words | None
    services: tuple[str, ...]
    is_active: bool


@dataclass(frozen=True, slots=True)
class ProgramHours:
    """The hours of a service: by the week, and by date, from today on."""

    service_id: int
    service: str
    name: Words
    weekly: tuple[WeeklyHours, ...]
    dated: tuple[DatedHours, ...]


@dataclass(frozen=True, slots=True)
class ProgramClosure:
    """A closure; without a department it is the whole municipality's. What is not active is a suggestion."""

    id: int
    department: Words | None
    starts_at: datetime
    ends_at: datetime
    reason: Words
    is_active: bool


@dataclass(frozen=True, slots=True)
class Days:
    """From which day to which, both with it; what is empty has no bound."""

    first: date | None = None
    last: date | None = None
