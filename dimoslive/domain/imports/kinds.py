"""What a municipality can import."""

from enum import StrEnum

from dimoslive.domain.imports import officials, services
from dimoslive.domain.imports.rows import Column


class ImportKind(StrEnum):
    """What each row of a file is."""

    OFFICIALS = "officials"
    SERVICES = "services"


COLUMNS: dict[ImportKind, tuple[Column, ...]] = {
    ImportKind.OFFICIALS: officials.COLUMNS,
    ImportKind.SERVICES: services.COLUMNS,
}
