"""A municipality as pages show it. Texts are by language: ``{"el": …, "en": …}``."""

from dataclasses import dataclass

from dimoslive.domain.catalogue.look import MunicipalityLook
from dimoslive.domain.catalogue.pause import NO_PAUSE, Pause
from dimoslive.domain.catalogue.service import OfferedService


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
    pause: Pause = NO_PAUSE
    """Its own; whether it holds, the instant says."""


@dataclass(frozen=True, slots=True)
class MunicipalityPage:
    """A municipality with all its services; none if it has not joined."""

    municipality: MunicipalityName
    look: MunicipalityLook
    services: tuple[OfferedService, ...]
