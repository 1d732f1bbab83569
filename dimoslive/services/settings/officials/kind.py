"""An official of a municipality, as the set-up changes one: role, departments, desks, and the name as entered."""

from collections.abc import Collection, Mapping
from typing import Any

from sqlmodel import Session

from dimoslive.db.queries.official_rights import (
    EnteredOfficial,
    department_ids_here,
    desk_ids_here,
    write_departments,
    write_desks,
)
from dimoslive.db.rows.roots import RootKind
from dimoslive.db.tables.official import OfficialRightRow, OfficialRow


def _read(tx: Session, row: OfficialRightRow) -> dict[str, object]:
    entered = EnteredOfficial(row, tx.get_one(OfficialRow, row.official_id))
    return {
        "last_name": entered.last_name,
        "first_name": entered.first_name,
        "role": row.role,
        "department_ids": department_ids_here(tx, row.official_id, row.municipality_id),
        "desk_ids": desk_ids_here(tx, row.official_id, row.municipality_id),
    }


def _write(tx: Session, row: OfficialRightRow, changed: Mapping[str, Any]) -> None:
    who = (row.official_id, row.municipality_id)
    departments: Collection[int] | None = changed.get("department_ids")
    if departments is not None:
        write_departments(tx, *who, departments)
    desks: Collection[int] | None = changed.get("desk_ids")
    if desks is not None and row.changed_at is not None:
        write_desks(tx, *who, desks, by=row.changed_by, at=row.changed_at)


OFFICIAL = RootKind(
    OfficialRightRow, "official", (), read=_read, write=_write, has_archive=False, key="official_id", ends_as="ended"
)
