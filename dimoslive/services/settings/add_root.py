"""Add a thing to the set-up."""

from typing import TypeVar

from sqlmodel import Session

from dimoslive.db.announcements import announce_catalogue
from dimoslive.db.rows.roots import RootKind, logged, typed
from dimoslive.db.tables.root import Root
from dimoslive.domain.settings.three_way import Values
from dimoslive.services.audit.record_audit import record_audit
from dimoslive.services.settings.root_change import Act

R = TypeVar("R", bound=Root)


def add_root(
    tx: Session,
    kind: RootKind[R],
    row: R,
    values: Values,
    act: Act,
    *,
    action: str = "added",
    facts: Values | None = None,
) -> R:
    """Write a new row, its children too, into the log and the announcements.

    ``row`` has what no form says; ``facts`` are what only the log gets.
    """
    columns = {name: typed(kind, name, value) for name, value in values.items() if name in kind.table.model_fields}
    for name, value in columns.items():
        setattr(row, name, value)
    row.changed_at, row.changed_by = act.at, act.by_id
    tx.add(row)
    tx.flush()
    kind.write(tx, row, {name: value for name, value in values.items() if name not in columns})
    record_audit(
        tx,
        act.at,
        f"{kind.word}.{action}",
        by=act.by,
        subject=(kind.word, getattr(row, kind.key, None)),
        municipality_id=act.municipality_id,
        after=logged(kind, {**values, **(facts or {})}),
        reason=act.reason,
    )
    announce_catalogue(tx, act.municipality_id)
    return row
