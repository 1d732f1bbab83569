"""The wizard's draft and what belongs to it, by query."""

from datetime import datetime

from sqlalchemy import delete
from sqlmodel import Session, col

from dimoslive.db.queries.people import lock_citizen
from dimoslive.db.tables.draft import DraftRow


def draft_of(tx: Session, citizen_id: int, now: datetime) -> DraftRow:
    """The citizen's draft; an empty one, not yet stored, if there is none."""
    row = tx.get(DraftRow, citizen_id)
    if row is None:
        row = DraftRow(citizen_id=citizen_id, changed_at=now)
    return row


def draft_for_change(tx: Session, citizen_id: int, now: datetime) -> DraftRow:
    """The same, with its citizen locked, as all do who change it."""
    lock_citizen(tx, citizen_id)
    return draft_of(tx, citizen_id, now)


def save_draft(tx: Session, row: DraftRow, now: datetime) -> None:
    """Store the draft as it is now."""
    row.changed_at = now
    tx.add(row)
    tx.flush()


def drop_draft(tx: Session, citizen_id: int) -> None:
    """Forget the draft."""
    row = tx.get(DraftRow, citizen_id)
    if row is not None:
        tx.delete(row)
        tx.flush()


def forget_old_drafts(tx: Session, before: datetime) -> None:
    """Remove drafts that were last changed before an instant."""
    tx.execute(delete(DraftRow).where(col(DraftRow.changed_at) < before))
