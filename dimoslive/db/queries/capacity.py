"""For how long desks were open, by query."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlmodel import Session, col

from dimoslive.db.tables.capacity import CapacityDayRow
from dimoslive.db.tables.catalogue import MunicipalityRow
from dimoslive.domain.scheduling.desk_minutes import DeskMinutes

_ADD: dict[str, Any] = {
    name: insert(CapacityDayRow).on_conflict_do_nothing().execution_options(preserve_rowcount=True)
    for name, insert in (("postgresql", postgresql_insert), ("sqlite", sqlite_insert))
}


class CountedMunicipality(NamedTuple):
    """A published municipality, and the last day of which it is known for how long its desks were open."""

    id: int
    zone: str
    joined_at: datetime
    last_day: date | None


def counted_municipalities(tx: Session, now: datetime) -> list[CountedMunicipality]:
    """All that take bookings."""
    last_day = (
        select(func.max(col(CapacityDayRow.day)))
        .where(col(CapacityDayRow.municipality_id) == col(MunicipalityRow.id))
        .correlate(MunicipalityRow)
        .scalar_subquery()
    )
    query = (
        select(col(MunicipalityRow.id), col(MunicipalityRow.zone), col(MunicipalityRow.joined_at), last_day)
        .where(col(MunicipalityRow.joined_at) <= now)
        .order_by(col(MunicipalityRow.id))
    )
    return [CountedMunicipality(*found) for found in tx.execute(query)]


def add_capacity(tx: Session, municipality_id: int, days: Mapping[date, Mapping[int, DeskMinutes | None]]) -> int:
    """Write of each day what is known of its desks, None where nothing is; returns how many lines were not there."""
    lines = [
        {
            "desk_id": desk_id, "day": day, "municipality_id": municipality_id,
            "open_minutes": minutes.open_minutes if minutes else None,
            "public_minutes": minutes.public_minutes if minutes else None,
        }
        for day, of_day in sorted(days.items())
        for desk_id, minutes in sorted(of_day.items())
    ]  # fmt: skip
    connection = tx.connection()
    return connection.execute(_ADD[connection.dialect.name], lines).rowcount if lines else 0
