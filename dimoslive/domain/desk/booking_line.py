"""A booking as the lists beside the day show it: one line with all that any of them says."""

from dataclasses import dataclass
from datetime import datetime

from dimoslive.domain.booking.booking import BookingSource
from dimoslive.domain.booking.details import ServedPerson
from dimoslive.domain.booking.statuses import BookingStatus
from dimoslive.domain.people.names import PersonName
from dimoslive.domain.scheduling.mode import Mode
from dimoslive.domain.scheduling.periods import Period

Words = dict[str, str]
"""A text by language."""


@dataclass(frozen=True, slots=True, repr=False)
class BookingLine:
    """It has no repr of its own, so that no log line can print a person. A lane bears its desk's id and name."""

    id: int
    reference: str
    status: BookingStatus
    mode: Mode
    period: Period
    person: PersonName
    served_person: ServedPerson
    phone: str
    email: str
    subject: str
    help_needed: str
    service_id: int
    service_name: Words
    department_id: int
    department_name: Words
    desk_id: int
    desk_name: Words
    source: BookingSource
    is_over_capacity: bool
    is_outside_hours: bool
    is_erased: bool
    arrived_at: datetime | None = None
    started_at: datetime | None = None
    ended_at: datetime | None = None
    outcome: str = ""
    notes: int = 0
