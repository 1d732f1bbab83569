"""A desk, as the set-up changes it: its columns, and who works it."""

from collections.abc import Mapping
from typing import Any

from sqlmodel import Session

from dimoslive.db.queries.desks import officials_at, write_officials
from dimoslive.db.rows.roots import RootKind
from dimoslive.db.tables.catalogue import DeskRow


def _read(tx: Session, row: DeskRow) -> dict[str, object]:
    found = officials_at(tx, [row.id or 0]).get(row.id or 0, [])
    return {
        "official_ids": sorted(official.id or 0 for official, _ in found),
        "usual_official_id": next((official.id for official, is_usual in found if is_usual), None),
    }


def _write(tx: Session, row: DeskRow, changed: Mapping[str, Any]) -> None:
    if not changed:
        return
    values: dict[str, Any] = {**_read(tx, row), **changed}
    write_officials(tx, row, values["official_ids"], values["usual_official_id"])


DESK = RootKind(
    DeskRow,
    "desk",
    ("department_id", "name_el", "name_en", "is_name_en_suggested", "place_el", "place_en", "position"),
    read=_read,
    write=_write,
)
