"""Who is asking. Built from the server's session or from a link that was sent, never from what a browser says."""

from dataclasses import dataclass, field
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Anonymous:
    """Anybody: nothing is known of them, and nothing needs to be."""


@dataclass(frozen=True, slots=True)
class Citizen:
    """A person who signed in. The name stays out of the repr, and so out of the log."""

    id: int
    first_name: str = field(repr=False)
    last_name: str = field(repr=False)
    session_id: int

    @property
    def full_name(self) -> str:
        """First and last name as TAXISnet writes them: upper case."""
        return f"{self.first_name} {self.last_name}".strip()


@dataclass(frozen=True, slots=True)
class FramedCitizen(Citizen):
    """The same person in a frame of a municipality's own site: they book there, with this municipality alone."""

    municipality_id: int


@dataclass(frozen=True, slots=True)
class LinkHolder:
    """Whoever holds a link from a booking's mail: may act on that one booking."""

    booking_id: int


@dataclass(frozen=True, slots=True)
class Guest:
    """A third person whom an official invited to the meeting of one booking."""

    id: int
    booking_id: int


class StaffRole(StrEnum):
    """As what a municipality has entered somebody; the last one the installation, for no municipality."""

    OFFICIAL = "official"
    HEAD = "head"
    ADMINISTRATOR = "administrator"
    PLATFORM_ADMINISTRATOR = "platform_administrator"
    """Enrols municipalities, and sees no person and no booking, ever."""


@dataclass(frozen=True, slots=True)
class StaffRight:
    """What somebody is in one municipality; where departments are named, in these alone."""

    municipality_id: int
    role: StaffRole = StaffRole.OFFICIAL
    department_ids: frozenset[int] = frozenset()

    def covers(self, municipality_id: int | None, department_id: int | None) -> bool:
        """Whether it reaches there. What is not named is not asked about."""
        if municipality_id is not None and municipality_id != self.municipality_id:
            return False
        return department_id is None or not self.department_ids or department_id in self.department_ids


@dataclass(frozen=True, slots=True)
class Official:
    """A public servant who signed in, and what they may do where."""

    id: int
    first_name: str = field(repr=False)
    last_name: str = field(repr=False)
    rights: frozenset[StaffRight]
    is_platform_admin: bool = False
    session_id: int = field(default=0, compare=False)

    @property
    def full_name(self) -> str:
        """First and last name."""
        return f"{self.first_name} {self.last_name}".strip()


class Scope(StrEnum):
    """What a municipality lets one of its programs do."""

    READ_BOOKINGS = "bookings:read"
    """Without the persons."""
    READ_PERSONS = "bookings:read_person"
    WRITE_BOOKINGS = "bookings:write"
    """Make, move and cancel them."""
    READ_SET_UP = "setup:read"
    """Desks, hours and closures."""


@dataclass(frozen=True, slots=True)
class ApiKey:
    """A program of a municipality, by the key that it sent: nothing that it says besides widens where it may act."""

    id: int
    municipality_id: int
    scopes: frozenset[Scope]


Principal = Anonymous | Citizen | FramedCitizen | LinkHolder | Guest | Official | ApiKey
