"""Sites that may show a municipality's pages in a frame, by query."""

from collections.abc import Iterable

from sqlalchemy import delete, select
from sqlmodel import Session, col

from dimoslive.db.tables.settings import FrameOriginRow


def origins_of(tx: Session, municipality_id: int) -> list[str]:
    """The sites that may frame its pages, sorted."""
    query = select(col(FrameOriginRow.origin)).where(col(FrameOriginRow.municipality_id) == municipality_id)
    return sorted(tx.scalars(query))


def replace_origins(tx: Session, municipality_id: int, origins: Iterable[str]) -> None:
    """These and no others."""
    tx.execute(delete(FrameOriginRow).where(col(FrameOriginRow.municipality_id) == municipality_id))
    tx.add_all(FrameOriginRow(municipality_id=municipality_id, origin=origin) for origin in origins)
