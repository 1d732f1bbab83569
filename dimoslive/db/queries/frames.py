"""Frames in other sites: who may show them, who asked, and sign-ins on their way back into one."""

from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import delete, func, select, update
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlmodel import Session, col

from dimoslive.db.tables.catalogue import MunicipalityRow
from dimoslive.db.tables.frame import FrameCodeRow, FrameSightingRow
from dimoslive.db.tables.settings import FrameOriginRow


class Sighting(NamedTuple):
    """A site that asked for a municipality's pages in a frame: how often in all, and when last."""

    origin: str
    times: int
    last_on: date


def origins_of_slug(tx: Session, slug: str, now: datetime) -> list[str]:
    """The sites that may frame a published municipality's pages, sorted; none of any other."""
    query = (
        select(col(FrameOriginRow.origin))
        .join(MunicipalityRow, col(MunicipalityRow.id) == col(FrameOriginRow.municipality_id))
        .where(col(MunicipalityRow.slug) == slug, col(MunicipalityRow.joined_at) <= now)
        .order_by(col(FrameOriginRow.origin))
    )
    return list(tx.scalars(query))


def count_sighting(tx: Session, municipality_id: int, day: date, origin: str, most: int) -> None:
    """Count one more; beyond ``most`` sites on one day, none that is new."""
    counted = tx.execute(
        update(FrameSightingRow)
        .where(
            col(FrameSightingRow.municipality_id) == municipality_id,
            col(FrameSightingRow.day) == day,
            col(FrameSightingRow.origin) == origin,
        )
        .values(count=col(FrameSightingRow.count) + 1)
        .returning(col(FrameSightingRow.count))
    ).first()
    if counted is not None:
        return
    seen = select(func.count()).where(
        col(FrameSightingRow.municipality_id) == municipality_id, col(FrameSightingRow.day) == day
    )
    if (tx.scalar(seen) or 0) >= most:
        return
    insert = postgresql_insert if tx.get_bind().dialect.name == "postgresql" else sqlite_insert
    row = {"municipality_id": municipality_id, "day": day, "origin": origin, "count": 1}
    keys = ["municipality_id", "day", "origin"]
    statement = insert(FrameSightingRow).values(row)
    more = {"count": col(FrameSightingRow.count) + 1}
    tx.execute(statement.on_conflict_do_update(index_elements=keys, set_=more))


def sightings_of(tx: Session, municipality_id: int) -> list[Sighting]:
    """All sites that asked in the last weeks, listed or not, the most frequent first."""
    times = func.sum(col(FrameSightingRow.count))
    query = (
        select(col(FrameSightingRow.origin), times, func.max(col(FrameSightingRow.day)))
        .where(col(FrameSightingRow.municipality_id) == municipality_id)
        .group_by(col(FrameSightingRow.origin))
        .order_by(times.desc(), col(FrameSightingRow.origin))
    )
    return [Sighting(origin, int(count), last_on) for origin, count, last_on in tx.execute(query)]


def forget_old_sightings(tx: Session, before: date) -> None:
    """Remove those of days before this one."""
    tx.execute(delete(FrameSightingRow).where(col(FrameSightingRow.day) < before))


def frame_code(tx: Session, code_hash: str) -> FrameCodeRow | None:
    """A code, locked."""
    query = select(FrameCodeRow).where(col(FrameCodeRow.code_hash) == code_hash).with_for_update()
    return tx.scalars(query).one_or_none()


def forget_old_codes(tx: Session, before: datetime) -> None:
    """Remove codes that were made before an instant."""
    tx.execute(delete(FrameCodeRow).where(col(FrameCodeRow.created_at) < before))


def forget_codes_of(tx: Session, citizen_id: int) -> None:
    """Remove a citizen's codes."""
    tx.execute(delete(FrameCodeRow).where(col(FrameCodeRow.citizen_id) == citizen_id))
