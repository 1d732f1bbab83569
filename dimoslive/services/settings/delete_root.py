"""Delete a thing that was never used."""

from typing import TypeVar

from sqlmodel import Session

from dimoslive.db.announcements import announce_catalogue
from dimoslive.db.rows.roots import RootKind, logged, values_of
from dimoslive.db.tables.root import Root
from dimoslive.services.audit.record_audit import record_audit
from dimoslive.services.settings.root_change import Act

R = TypeVar("R", bound=Root)


def delete_root(tx: Session, kind: RootKind[R], row: R, act: Act) -> None:
    """Remove the row; its children must be gone by then, and whether it was ever used must be known."""
    before, root_id = values_of(tx, kind, row), getattr(row, "id", None)
    tx.delete(row)
    tx.flush()
    record_audit(
        tx,
        act.at,
        f"{kind.word}.deleted",
        by=act.by,
        subject=(kind.word, root_id),
        municipality_id=act.municipality_id,
        before=logged(kind, before),
        reason=act.reason,
    )
    announce_catalogue(tx, act.municipality_id)
