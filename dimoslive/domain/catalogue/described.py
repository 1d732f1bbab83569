"""What programs of others read of a municipality and of what it offers. Texts are by language."""

from dataclasses import dataclass
from datetime import date

from dimoslive.domain.catalogue.look import MunicipalityLook
from dimoslive.domain.catalogue.municipality import MunicipalityName
from dimoslive.domain.catalogue.pause import Pause
from dimoslive.domain.catalogue.service import OfferedService
from dimoslive.domain.scheduling.mode import Mode
from dimoslive.domain.scheduling.slots import ServiceRules


@dataclass(frozen=True, slots=True)
class DescribedDepartment:
    """A part of a municipality; its address may be empty."""

    name: dict[str, str]
    address: dict[str, str]


@dataclass(frozen=True, slots=True)
class DescribedMunicipality:
    """One that takes bookings. ``declarations`` are the versions that are declared now, by mode."""

    municipality: MunicipalityName
    look: MunicipalityLook
    zone: str
    departments: tuple[DescribedDepartment, ...]
    modes: tuple[Mode, ...]
    declarations: dict[Mode, str]


@dataclass(frozen=True, slots=True)
class DescribedService:
    """A service with the rules by which its times are offered; ``pause`` is the one that holds, whosever it is."""

    municipality: str
    offered: OfferedService
    rules: ServiceRules
    has_waiting_list: bool
    pause: Pause | None
    reopens_on: date | None
    sort_key: tuple[int, int, int, int]
    """Its place in the municipality's own order."""
