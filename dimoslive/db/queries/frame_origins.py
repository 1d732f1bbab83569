"""Sites that show a municipality's pages in a frame, or tried to, by query."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import delete, func, select
from sqlmodel import Session, col

from dimoslive.db.tables.frame import FrameSightingRow
from dimoslive.db.tables.settings import FrameOriginRow

MAX_SIGHTINGS = 100


@dataclass(frozen=True, slots=True)
class Sighting:
    """A site that asked for a municipality's pages in a frame: how often, and on which day last."""

    origin: str
    times: int
    last_on: date


def origins_of(tx: Session, municipality_id: int) -> list[str]:
    """The sites that may frame its pages, sorted."""
    query = select(col(FrameOriginRow.origin)).where(col(FrameOriginRow.municipality_id) == municipality_id)
    return sorted(tx.scalars(query))


def replace_origins(tx: Session, municipality_id: int, origins: Iterable[str]) -> None:
    """These and no others."""
    tx.execute(delete(FrameOriginRow).where(col(FrameOriginRow.municipality_id) == municipality_id))
    tx.add_all(FrameOriginRow(municipality_id=municipality_id, origin=origin) for origin in origins)


def sightings_of(tx: Session, municipality_id: int, since: date) -> list[Sighting]:
    """The sites that asked since a day, the latest first."""
    times, last_on = func.sum(col(FrameSightingRow.count)), func.max(col(FrameSightingRow.day))
    query = (
        select(col(FrameSightingRow.origin), times, last_on)
        .where(col(FrameSightingRow.municipality_id) == municipality_id, col(FrameSightingRow.day) >= since)
        .group_by(col(FrameSightingRow.origin))
        .order_by(last_on.desc(), times.desc(), col(FrameSightingRow.origin))
        .limit(MAX_SIGHTINGS)
    )
    return [Sighting(*found) for found in tx.execute(query)]
