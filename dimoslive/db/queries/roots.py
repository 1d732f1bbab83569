"""Things that have a version, by query."""

from collections.abc import Sequence
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, and_, inspect, select, update
from sqlmodel import Session, col

from dimoslive.db.queries.catalogue import is_id
from dimoslive.db.rows.roots import RootKind
from dimoslive.db.tables.desk import AuditEventRow
from dimoslive.db.tables.official import OfficialRow
from dimoslive.db.tables.root import Root

R = TypeVar("R", bound=Root)
_AT_ONCE = 500


def root_within(tx: Session, kind: RootKind[R], root_id: int, within: ColumnElement[bool]) -> R | None:
    """The row of this id, locked until the end, if it is within the scope."""
    if not is_id(root_id):
        return None
    query = select(kind.table).where(getattr(kind.table, kind.key) == root_id, within).with_for_update()
    return tx.scalars(query.execution_options(populate_existing=True)).one_or_none()


def raise_version(tx: Session, row: Root, values: dict[str, Any]) -> bool:
    """Write the values, if the row still has the version that it was read with; False if it has another."""
    table, key = type(row), inspect(row).identity
    is_it = and_(*(column == value for column, value in zip(inspect(table).primary_key, key, strict=True)))
    written = tx.scalar(
        update(table)
        .where(is_it, col(table.version) == row.version)
        .values(version=row.version + 1, **values)
        .returning(col(table.version))
        .execution_options(synchronize_session=False)
    )
    tx.refresh(row)
    return written is not None


def lock_versions(tx: Session, kind: RootKind[R], rows: Sequence[R]) -> dict[int, int]:
    """The versions that rows have now, by id; they are locked until the end."""
    ids, found = [getattr(row, kind.key) for row in rows], dict[int, int]()
    for first in range(0, len(ids), _AT_ONCE):
        key: Any = getattr(kind.table, kind.key)
        query = select(key, col(kind.table.version)).where(key.in_(ids[first : first + _AT_ONCE])).order_by(key)
        found |= {row[0]: row[1] for row in tx.execute(query.with_for_update())}
    return found


def audit_of(
    tx: Session, municipality_id: int, kind: str, subject_id: int, limit: int = 50
) -> list[tuple[AuditEventRow, OfficialRow | None]]:
    """What the log says of a thing, newest first, and who did it."""
    query = (
        select(AuditEventRow, OfficialRow)
        .outerjoin(OfficialRow, col(OfficialRow.id) == col(AuditEventRow.official_id))
        .where(
            col(AuditEventRow.municipality_id) == municipality_id,
            col(AuditEventRow.subject_kind) == kind,
            col(AuditEventRow.subject_id) == subject_id,
        )
        .order_by(col(AuditEventRow.id).desc())
        .limit(limit)
    )
    return [(row[0], row[1]) for row in tx.execute(query)]
