"""What the log says of how a municipality is set up, by query."""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Mapped
from sqlmodel import Session, col

from dimoslive.db.queries.official_rights import EnteredOfficial, officials_within
from dimoslive.db.tables.catalogue import (
    AbsenceDeskRow,
    ClosureRow,
    DepartmentRow,
    DeskRow,
    ServiceRow,
)
from dimoslive.db.tables.desk import AuditEventRow
from dimoslive.db.tables.official import OfficialRightRow, OfficialRow
from dimoslive.db.tables.plan import PlanRow
from dimoslive.domain.desk.booking_line import Words
from dimoslive.domain.people.permissions import Permission, rights_to
from dimoslive.domain.people.principals import Official

ELSEWHERE = ("booking.opened", "search.limited", "key.read_persons")
"""Lines that say who looked at persons: they are no changes of the set-up."""
DECIDING = ("service", "desk", "closure", "absence", "plan")
"""What the lines are of that may change free times. A department goes and comes with its services, by a plan."""


class Logged(NamedTuple):
    """A line, who did it, and as what that person acts here now."""

    event: AuditEventRow
    official: OfficialRow | None
    role: str | None


def history_within(official: Official, municipality_id: int) -> ColumnElement[bool]:
    """The lines that somebody may read: all of the municipality, or those of the own departments and one's own."""
    here = and_(col(AuditEventRow.municipality_id) == municipality_id, col(AuditEventRow.action).not_in(ELSEWHERE))
    rights = [
        right
        for right in rights_to(official, Permission.VIEW_SETTINGS_HISTORY)
        if right.municipality_id == municipality_id
    ]
    if any(not right.department_ids for right in rights):
        return here
    own = sorted({id_ for right in rights for id_ in right.department_ids})
    desks = select(col(DeskRow.id)).where(col(DeskRow.department_id).in_(own))
    services = select(col(ServiceRow.id)).where(col(ServiceRow.department_id).in_(own))
    closures = select(col(ClosureRow.id)).where(col(ClosureRow.department_id).in_(own))
    absences = select(col(AbsenceDeskRow.absence_id)).where(col(AbsenceDeskRow.desk_id).in_(desks))
    officials = select(col(OfficialRightRow.official_id)).where(officials_within(official, municipality_id))
    plans = select(col(PlanRow.id)).where(
        col(PlanRow.municipality_id) == municipality_id, col(PlanRow.made_by) == official.id
    )
    subjects = {
        "department": own,
        "service": services,
        "desk": desks,
        "closure": closures,
        "absence": absences,
        "official": officials,
        "plan": plans,
    }
    return and_(
        here,
        or_(
            col(AuditEventRow.official_id) == official.id,
            *(_subject(kind, ids) for kind, ids in subjects.items()),
            *(_was_of(department_id) for department_id in own),
        ),
    )


def history_lines(
    tx: Session, conditions: Sequence[ColumnElement[bool]], *, limit: int, offset: int = 0
) -> list[Logged]:
    """The newest first."""
    query = (
        select(AuditEventRow, OfficialRow, col(OfficialRightRow.role))
        .outerjoin(OfficialRow, col(OfficialRow.id) == col(AuditEventRow.official_id))
        .outerjoin(
            OfficialRightRow,
            and_(
                col(OfficialRightRow.official_id) == col(AuditEventRow.official_id),
                col(OfficialRightRow.municipality_id) == col(AuditEventRow.municipality_id),
            ),
        )
        .where(*conditions)
        .order_by(col(AuditEventRow.at).desc(), col(AuditEventRow.id).desc())
    )
    return [Logged(*found) for found in tx.execute(query.limit(limit).offset(offset))]


def lines_since(tx: Session, municipality_id: int, since: datetime) -> list[AuditEventRow]:
    """What decides about free times and was changed since then: the newest first."""
    query = select(AuditEventRow).where(
        col(AuditEventRow.municipality_id) == municipality_id,
        col(AuditEventRow.at) >= since,
        col(AuditEventRow.subject_kind).in_(DECIDING),
        # Whoever took a list of them along changed none.
        col(AuditEventRow.subject_id).is_not(None),
    )
    return list(tx.scalars(query.order_by(col(AuditEventRow.at).desc(), col(AuditEventRow.id).desc())))


def count_history(tx: Session, conditions: Sequence[ColumnElement[bool]]) -> int:
    """How many lines there are."""
    return tx.scalar(select(func.count()).select_from(AuditEventRow).where(*conditions)) or 0


def actors_and_kinds(tx: Session, within: ColumnElement[bool]) -> tuple[list[OfficialRow], list[str]]:
    """Whose lines there are, and of what."""
    ids = select(col(AuditEventRow.official_id)).where(within).distinct()
    actors = select(OfficialRow).where(col(OfficialRow.id).in_(ids))
    kinds = select(col(AuditEventRow.subject_kind)).where(within).distinct()
    by_name = actors.order_by(col(OfficialRow.last_name), col(OfficialRow.first_name), col(OfficialRow.id))
    return list(tx.scalars(by_name)), sorted(tx.scalars(kinds))


def names_of_things(tx: Session, municipality_id: int) -> dict[str, dict[int, Words]]:
    """Departments, services, desks and officials of a municipality, as they are called now; those ended, as then."""
    departments = select(DepartmentRow).where(col(DepartmentRow.municipality_id) == municipality_id)
    services = (
        select(ServiceRow)
        .join(DepartmentRow, col(DepartmentRow.id) == col(ServiceRow.department_id))
        .where(col(DepartmentRow.municipality_id) == municipality_id)
    )
    desks = select(DeskRow).where(col(DeskRow.municipality_id) == municipality_id)
    rights = (
        select(OfficialRightRow, OfficialRow)
        .join(OfficialRow, col(OfficialRow.id) == col(OfficialRightRow.official_id))
        .where(col(OfficialRightRow.municipality_id) == municipality_id)
    )
    entered = [EnteredOfficial(*found) for found in tx.execute(rights)]
    named = {one.right.official_id: f"{one.last_name} {one.first_name}".strip() for one in entered}
    people = {**_ended(tx, municipality_id), **named}
    return {
        "department": _named(tx.scalars(departments)),
        "service": _named(tx.scalars(services)),
        "desk": _named(tx.scalars(desks)),
        "official": {id_: {"el": name, "en": name} for id_, name in people.items()},
    }


def _ended(tx: Session, municipality_id: int) -> dict[int, str]:
    query = (
        select(AuditEventRow)
        .where(col(AuditEventRow.municipality_id) == municipality_id, col(AuditEventRow.action) == "official.ended")
        .order_by(col(AuditEventRow.id))
    )
    found = {}
    for event in tx.scalars(query):
        facts = json.loads(event.before)
        found[event.subject_id or 0] = f"{facts.get('last_name', '')} {facts.get('first_name', '')}".strip()
    return found


def _named(rows: Any) -> dict[int, Words]:
    return {row.id: {"el": row.name_el, "en": row.name_en or row.name_el} for row in rows}


def _subject(kind: str, ids: Any) -> ColumnElement[bool]:
    return and_(col(AuditEventRow.subject_kind) == kind, col(AuditEventRow.subject_id).in_(ids))


def _was_of(department_id: int) -> ColumnElement[bool]:
    """What is deleted, or belongs elsewhere now, was of a department: then its line says so."""
    return or_(*(_says(text, department_id) for text in (col(AuditEventRow.before), col(AuditEventRow.after))))


def _says(text: Mapped[str], department_id: int) -> ColumnElement[bool]:
    return or_(*(text.like(f'%"department_id": {department_id}{end}%') for end in (",", "}")))
