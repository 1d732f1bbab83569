"""A service as pages show it. Texts are by language: ``{"el": …, "en": …}``."""

from dataclasses import dataclass

from dimoslive.domain.scheduling.mode import Mode
from dimoslive.domain.scheduling.opening_hours import WeeklyHours


@dataclass(frozen=True, slots=True)
class OfferedService:
    """A service that can be booked."""

    id: int
    slug: str
    name: dict[str, str]
    department: dict[str, str]
    modes: tuple[Mode, ...]
    duration_minutes: int
    documents: dict[str, str]
    instructions: dict[str, str]
    online_url: str
    hours: tuple[WeeklyHours, ...] = ()
    former_slugs: tuple[str, ...] = ()
    """Addresses that it had before, and that still lead to it."""

    def answers_to(self, slug: str) -> bool:
        """Whether an address with this slug means it."""
        return slug == self.slug or slug in self.former_slugs
