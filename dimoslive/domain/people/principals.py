"""Who is asking. Built from the server's session, never from what a browser says."""

from dataclasses import dataclass, field


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
class LinkHolder:
    """Whoever holds a link from a booking's mail: may act on that one booking."""

    booking_id: int


@dataclass(frozen=True, slots=True)
class Official:
    """A public servant who signed in, and the municipalities for which they may act."""

    id: int
    first_name: str = field(repr=False)
    last_name: str = field(repr=False)
    municipality_ids: frozenset[int]

    @property
    def full_name(self) -> str:
        """First and last name."""
        return f"{self.first_name} {self.last_name}".strip()


Principal = Citizen | LinkHolder | Official
