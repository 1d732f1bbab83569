"""An absence as its form has it: what two people change is compared by these fields."""

from collections.abc import Iterable

from sqlalchemy import select
from sqlmodel import Session, col

from dimoslive.db.rows.roots import RootKind
from dimoslive.db.tables.catalogue import AbsenceDeskRow, AbsenceRow
from dimoslive.domain.scheduling.periods import Period
from dimoslive.domain.settings.away import period_fields


def absence_kind(zone: str, desk_ids: Iterable[int]) -> RootKind[AbsenceRow]:
    """Times by the clock of the municipality's zone, and a tick for each of these desks. A plan writes it."""
    desks = tuple(desk_ids)

    def read(tx: Session, row: AbsenceRow) -> dict[str, object]:
        away = desks_away(tx, row.id or 0)
        ticks = {f"desk_{id_}": "on" if id_ in away else "" for id_ in desks}
        return {**period_fields(Period(row.starts_at, row.ends_at), zone), "note": row.note, **ticks}

    return RootKind(AbsenceRow, "absence", (), read=read, has_archive=False)


def desks_away(tx: Session, absence_id: int) -> frozenset[int]:
    """The desks of an absence."""
    query = select(col(AbsenceDeskRow.desk_id)).where(col(AbsenceDeskRow.absence_id) == absence_id)
    return frozenset(tx.scalars(query))
