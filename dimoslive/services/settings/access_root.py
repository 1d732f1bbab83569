"""Fetching a thing of the set-up, locked, and checking the right to it in one name."""

from typing import TypeVar

from sqlalchemy import ColumnElement
from sqlmodel import Session

from dimoslive.db.queries.catalogue import is_id
from dimoslive.db.queries.roots import audit_of, root_within
from dimoslive.db.rows.roots import RootKind
from dimoslive.db.tables.root import Root
from dimoslive.domain.errors import NotFound, RemovedMeanwhile
from dimoslive.services.desk.open_booking import short_name

R = TypeVar("R", bound=Root)


def access_root(tx: Session, kind: RootKind[R], root_id: int, within: ColumnElement[bool], municipality_id: int) -> R:
    """The row; raises `NotFound` for a missing and a foreign one alike, `RemovedMeanwhile` for one deleted here."""
    row = root_within(tx, kind, root_id, within)
    if row is not None:
        return row
    for event, official in audit_of(tx, municipality_id, kind.word, root_id, limit=1) if is_id(root_id) else ():
        if event.action == f"{kind.word}.{kind.ends_as}":
            raise RemovedMeanwhile(by=short_name(official), at=event.at, can_restore=False)
    raise NotFound()
