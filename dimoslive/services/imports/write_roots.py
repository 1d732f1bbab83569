"""Many things of the set-up added or changed at once, in few statements: whoever writes waits for an import."""

from collections.abc import Sequence
from typing import TypeVar

from sqlmodel import Session

from dimoslive.db.announcements import announce_catalogue
from dimoslive.db.queries.roots import lock_versions
from dimoslive.db.rows.roots import RootKind, logged, typed
from dimoslive.db.tables.root import Root
from dimoslive.domain.errors import ChangedElsewhere
from dimoslive.domain.settings.three_way import Values
from dimoslive.services.audit.record_audit import audit_line
from dimoslive.services.settings.root_change import Act

R = TypeVar("R", bound=Root)
RootChange = tuple[R, Values, Values]
"""A row, its fields that change, and how these were."""


def add_roots(tx: Session, kind: RootKind[R], added: Sequence[tuple[R, Values]], act: Act) -> None:
    """As `add_root`, without children."""
    for row, values in added:
        _write(kind, row, values, act)
    tx.add_all(row for row, _ in added)
    tx.flush()
    _log(tx, kind, [(row, values, {}) for row, values in added], act, "added")


def change_roots(tx: Session, kind: RootKind[R], changed: Sequence[RootChange[R]], act: Act) -> None:
    """As `write_root`, without children; raises `ChangedElsewhere` if one is not what was read."""
    if lock_versions(tx, kind, [row for row, _, _ in changed]) != {_id(row): row.version for row, _, _ in changed}:
        raise ChangedElsewhere()
    for row, values, _ in changed:
        _write(kind, row, values, act)
        row.version += 1
    tx.flush()
    _log(tx, kind, changed, act, "changed")


def _write(kind: RootKind[R], row: R, values: Values, act: Act) -> None:
    for name, value in values.items():
        if name in kind.table.model_fields:
            setattr(row, name, typed(kind, name, value))
    row.changed_at, row.changed_by = act.at, act.by_id


def _log(tx: Session, kind: RootKind[R], written: Sequence[RootChange[R]], act: Act, action: str) -> None:
    tx.add_all(
        audit_line(
            act.at,
            f"{kind.word}.{action}",
            by=act.by,
            subject=(kind.word, _id(row)),
            municipality_id=act.municipality_id,
            before=logged(kind, {name: before[name] for name in values if name in before}),
            after=logged(kind, values),
            reason=act.reason,
        )
        for row, values, before in written
    )
    tx.flush()
    if written:
        announce_catalogue(tx, act.municipality_id)


def _id(row: Root) -> int:
    return int(getattr(row, "id"))  # noqa: B009  # each of those that are imported has one
