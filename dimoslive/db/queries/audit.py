"""The log of who did and looked at what, by query."""

from datetime import datetime

from sqlalchemy import delete, update
from sqlmodel import Session, col

from dimoslive.db.tables.desk import AuditEventRow, SearchEventRow


def forget_search_words(tx: Session, before: datetime) -> None:
    """What was searched for goes; that there was a search stays."""
    old = (col(SearchEventRow.at) < before, col(SearchEventRow.query_sealed) != "")
    tx.execute(update(SearchEventRow).where(*old).values(query_sealed=""))


def forget_old_audit(tx: Session, before: datetime) -> None:
    """Lines of both logs."""
    for table in (AuditEventRow, SearchEventRow):
        tx.execute(delete(table).where(col(table.at) < before))
