"""Delete a thing that was never used."""

from collections.abc import Callable
from typing import TypeVar

from sqlmodel import Session

from dimoslive.db.announcements import announce_catalogue
from dimoslive.db.rows.roots import RootKind, logged, values_of
from dimoslive.db.tables.root import Root
from dimoslive.services.audit.record_audit import record_audit
from dimoslive.services.settings.root_change import Act

R = TypeVar("R", bound=Root)


def delete_root(tx: Session, kind: RootKind[R], row: R, act: Act, *, forget: Callable[[], None] = lambda: None) -> None:
    """Remove the row, after ``forget`` removed what belongs to it; whether it was ever used must be known by then."""
    before, root_id = values_of(tx, kind, row), getattr(row, kind.key, None)
    forget()
    tx.delete(row)
    tx.flush()
    record_audit(
        tx,
        act.at,
        f"{kind.word}.{kind.ends_as}",
        by=act.by,
        subject=(kind.word, root_id),
        municipality_id=act.municipality_id,
        before=logged(kind, before),
        reason=act.reason,
    )
    announce_catalogue(tx, act.municipality_id)
