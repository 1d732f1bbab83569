"""How a municipality looks to citizens on the pages that are about it."""

from dataclasses import dataclass

from dimoslive.domain.catalogue.pause import Pause

USUAL_ACCENT_COLOR = "#003375"


@dataclass(frozen=True, slots=True)
class MunicipalityLook:
    """Name and contact by language where they have one; ``crest`` is the hash of its picture, empty without one."""

    slug: str
    name: dict[str, str]
    accent_color: str
    crest: str
    address: dict[str, str]
    phone: str
    email: str
    website: str
    data_protection_contact: str
    pause: Pause | None
    """The one that holds now."""
