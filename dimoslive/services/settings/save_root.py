"""Save a thing that somebody else may have changed meanwhile."""

from collections.abc import Callable, Mapping
from typing import TypeVar

from sqlmodel import Session

from dimoslive.db.announcements import announce_catalogue
from dimoslive.db.queries.roots import raise_version
from dimoslive.db.rows.roots import RootKind, logged, typed, values_of
from dimoslive.db.tables.official import OfficialRow
from dimoslive.db.tables.root import Root
from dimoslive.domain.errors import ChangedElsewhere, ChangedMeanwhile, RemovedMeanwhile
from dimoslive.domain.settings.three_way import Merge, Values, merge
from dimoslive.services.audit.record_audit import record_audit
from dimoslive.services.desk.open_booking import short_name
from dimoslive.services.settings.root_change import Act, Opened, Saved

R = TypeVar("R", bound=Root)


def save_root(  # what a save needs, and what one kind adds to it
    tx: Session,
    kind: RootKind[R],
    row: R,
    opened: Opened,
    mine: Values,
    act: Act,
    *,
    check: Callable[[Mapping[str, object]], object] = lambda _merged: None,
    action: str = "changed",
) -> Saved:
    """Write those of my fields that I changed; what only the other changed stays, and is told.

    ``row`` is locked (`access_root`). ``check`` sees what comes of both before it is written, and may refuse. Raises
    `ChangedMeanwhile` where both changed the same field, `RemovedMeanwhile` for an archived thing.
    """
    by = _changed_by(tx, row)
    check_still_there(tx, row, is_there=not kind.has_archive or getattr(row, "is_active", True), can_restore=True)
    before = values_of(tx, kind, row)
    merged = _merged(row, before, opened, mine, by)
    check(merged.values)
    changed = {name: value for name, value in merged.values.items() if before.get(name) != value}
    if changed:
        write_root(tx, kind, row, changed, act, action=action, before=before)
    return Saved(row.version, merged.taken_over, by if merged.taken_over else "", has_changed=bool(changed))


def write_root(  # a change and its line in the log
    tx: Session,
    kind: RootKind[R],
    row: R,
    changed: Mapping[str, object],
    act: Act,
    *,
    action: str,
    before: Mapping[str, object],
) -> None:
    """Write fields of a locked row, raise its version, log them and announce them: one transaction with its cause."""
    columns = {name: typed(kind, name, value) for name, value in changed.items() if name in kind.table.model_fields}
    if not raise_version(tx, row, columns | {"changed_at": act.at, "changed_by": act.by_id}):
        raise ChangedElsewhere()
    kind.write(tx, row, {name: value for name, value in changed.items() if name not in columns})
    record_audit(
        tx,
        act.at,
        f"{kind.word}.{action}",
        by=act.by,
        subject=(kind.word, getattr(row, kind.key, None)),
        municipality_id=act.municipality_id,
        before=logged(kind, {name: before.get(name) for name in changed}),
        after=logged(kind, changed),
        reason=act.reason,
    )
    announce_catalogue(tx, act.municipality_id)


def check_still_there(tx: Session, row: Root, *, is_there: bool, can_restore: bool = False) -> None:
    """Raises `RemovedMeanwhile`, with whoever changed the row last, unless it is."""
    if not is_there:
        raise RemovedMeanwhile(by=_changed_by(tx, row), at=row.changed_at, can_restore=can_restore)


def merge_with_now(tx: Session, kind: RootKind[R], row: R, opened: Opened, mine: Values) -> Merge:
    """What would come of mine and what others saved meanwhile; raises `ChangedMeanwhile` as a save does."""
    return _merged(row, values_of(tx, kind, row), opened, mine, _changed_by(tx, row))


def _merged(row: Root, now: Values, opened: Opened, mine: Values, by: str) -> Merge:
    # Nobody was there meanwhile: whatever the form says it was opened with, this is what it was.
    was = now if opened.version == row.version else opened.values
    merged = merge(was, now, mine)
    if merged.conflicts:
        raise ChangedMeanwhile(
            version=row.version,
            theirs=now,
            merged=merged.values,
            mine=mine,
            conflicts=tuple(conflict.field for conflict in merged.conflicts),
            by=by,
            at=row.changed_at,
        )
    return merged


def _changed_by(tx: Session, row: Root) -> str:
    return short_name(tx.get(OfficialRow, row.changed_by)) if row.changed_by else ""
