"""What searches found, by query."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlmodel import Session, col

from dimoslive.db.tables.catalogue import ServiceRow
from dimoslive.db.tables.search_tally import SearchTallyRow

_KEY = ("service_id", "day", "mode", "kind")


def services_there(tx: Session, service_ids: Iterable[int]) -> set[int]:
    """Those of these services that were not deleted."""
    return set(tx.scalars(select(col(ServiceRow.id)).where(col(ServiceRow.id).in_(sorted(service_ids)))))


def add_searches(tx: Session, service_id: int, day: date, mode: str, kind: str, searches: int) -> None:
    """Add to what is counted."""
    insert: Any = postgresql_insert if tx.connection().dialect.name == "postgresql" else sqlite_insert
    counted = insert(SearchTallyRow).values(service_id=service_id, day=day, mode=mode, kind=kind, searches=searches)
    more = {"searches": col(SearchTallyRow.searches) + searches}
    tx.execute(counted.on_conflict_do_update(index_elements=_KEY, set_=more))
