"""Fetching a desk to change it, and checking the right to it."""

from sqlalchemy import ColumnElement, and_
from sqlmodel import Session, col

from dimoslive.db.queries.scopes import in_departments
from dimoslive.db.tables.catalogue import DeskRow
from dimoslive.domain.people.permissions import Permission
from dimoslive.domain.people.principals import Official
from dimoslive.services.settings.access_root import access_root
from dimoslive.services.settings.desks.kind import DESK


def access_desk(tx: Session, official: Official, municipality_id: int, desk_id: int) -> DeskRow:
    """The row, locked; raises `NotFound` for a missing, a foreign one and a lane alike, or `RemovedMeanwhile`."""
    return access_root(tx, DESK, desk_id, desks_within(official, municipality_id), municipality_id)


def desks_within(official: Official, municipality_id: int) -> ColumnElement[bool]:
    """The desks of the municipality that the official may set up, no lanes."""
    return and_(
        col(DeskRow.municipality_id) == municipality_id,
        col(DeskRow.overflow_of).is_(None),
        in_departments(official, Permission.MANAGE_DESKS, municipality_id, col(DeskRow.department_id)),
    )
