"""What a municipality offers, as pages show it. Texts are by language: ``{"el": …, "en": …}``."""

from dataclasses import dataclass

from dimoslive.domain.scheduling.opening_hours import WeeklyHours
from dimoslive.domain.scheduling.slots import Mode


@dataclass(frozen=True, slots=True)
class MunicipalityName:
    """One line of the picker. ``aliases`` are other names that people use, that of its seat among them."""

    id: int
    slug: str
    name: dict[str, str]
    short_name: dict[str, str]
    upper_name: str
    regional_unit: dict[str, str]
    region: dict[str, str]
    aliases: tuple[str, ...]
    has_joined: bool


@dataclass(frozen=True, slots=True)
class OfferedService:
    """A service that can be booked."""

    id: int
    slug: str
    name: dict[str, str]
    department: dict[str, str]
    modes: tuple[Mode, ...]
    duration: int
    documents: dict[str, str]
    instructions: dict[str, str]
    online_url: str
    hours: tuple[WeeklyHours, ...] = ()


@dataclass(frozen=True, slots=True)
class MunicipalityPage:
    """A municipality with all its services; none if it has not joined."""

    municipality: MunicipalityName
    address: dict[str, str]
    phone: str
    email: str
    services: tuple[OfferedService, ...]
