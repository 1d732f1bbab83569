"""The wizard's draft and what belongs to it, by query."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import bindparam, delete, select
from sqlmodel import Session, col

from dimoslive.db.queries.catalogue import ServiceWithPlace
from dimoslive.db.queries.people import lock_citizen
from dimoslive.db.tables.catalogue import DepartmentRow, MunicipalityRow, ServiceRow
from dimoslive.db.tables.citizen import CitizenRow
from dimoslive.db.tables.draft import DraftRow
from dimoslive.domain.errors import NotSignedIn

# Built once: that takes longer than to run them.
_DROP = delete(DraftRow).where(col(DraftRow.citizen_id) == bindparam("citizen_id"))
_WITH_PLACE = (
    select(CitizenRow, DraftRow, ServiceRow, DepartmentRow, MunicipalityRow)
    .outerjoin(DraftRow, col(DraftRow.citizen_id) == col(CitizenRow.id))
    .outerjoin(ServiceRow, col(ServiceRow.id) == col(DraftRow.service_id))
    .outerjoin(DepartmentRow, col(DepartmentRow.id) == col(ServiceRow.department_id))
    .outerjoin(MunicipalityRow, col(MunicipalityRow.id) == col(DepartmentRow.municipality_id))
    .where(col(CitizenRow.id) == bindparam("citizen_id"))
    .execution_options(populate_existing=True)
)


class DraftWithPlace(NamedTuple):
    """A citizen's draft, and the service that it has chosen, active or not."""

    citizen: CitizenRow
    draft: DraftRow
    place: ServiceWithPlace | None


def draft_of(tx: Session, citizen_id: int, now: datetime) -> DraftRow:
    """The citizen's draft; an empty one, not yet stored, if there is none."""
    row = tx.get(DraftRow, citizen_id)
    if row is None:
        row = DraftRow(citizen_id=citizen_id, changed_at=now)
    return row


def draft_with_place(tx: Session, citizen_id: int, now: datetime) -> DraftWithPlace:
    """The same with its citizen and service; raises `NotSignedIn` for a citizen who was erased meanwhile."""
    found = tx.execute(_WITH_PLACE, {"citizen_id": citizen_id}).one_or_none()
    if found is None:
        raise NotSignedIn()
    citizen, draft, *place = found
    draft = draft or DraftRow(citizen_id=citizen_id, changed_at=now)
    return DraftWithPlace(citizen, draft, ServiceWithPlace(*place) if place[0] else None)


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
    """Forget the draft, stored or not."""
    tx.connection().execute(_DROP, {"citizen_id": citizen_id})
    for row in [one for one in tx if isinstance(one, DraftRow) and one.citizen_id == citizen_id]:
        tx.expunge(row)


def forget_old_drafts(tx: Session, before: datetime) -> None:
    """Remove drafts that were last changed before an instant."""
    tx.execute(delete(DraftRow).where(col(DraftRow.changed_at) < before))
