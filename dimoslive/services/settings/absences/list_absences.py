"""The absences of a municipality's desks."""

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import select
from sqlmodel import Session, col

from dimoslive.context import AppContext
from dimoslive.db.engine import reading
from dimoslive.db.tables.catalogue import AbsenceDeskRow, AbsenceRow, DeskRow, MunicipalityRow
from dimoslive.domain.desk.booking_line import Words
from dimoslive.domain.people.permissions import Permission, rights_to
from dimoslive.domain.people.principals import Official
from dimoslive.domain.scheduling.periods import Period

KEPT_IN_SIGHT = timedelta(days=30)
MAX_LISTED = 400


@dataclass(frozen=True, slots=True)
class ListedAbsence:
    """An absence and its desks, by name."""

    id: int
    period: Period
    desks: tuple[Words, ...]
    note: str
    is_over: bool


@dataclass(frozen=True, slots=True)
class Absences:
    """All that the page lists."""

    lines: tuple[ListedAbsence, ...]
    zone: str


def list_absences(context: AppContext, official: Official, municipality_id: int) -> Absences:
    """Those of desks within the official's right, soonest first."""
    now = context.clock.now()
    with reading(context.db) as tx:
        zone = tx.get_one(MunicipalityRow, municipality_id).zone
        desks = {row.id or 0: row for row in staffed_desks(tx, official, municipality_id)}
        found: dict[int, tuple[AbsenceRow, list[Words]]] = {}
        query = (
            select(AbsenceRow, col(AbsenceDeskRow.desk_id))
            .join(AbsenceDeskRow, col(AbsenceDeskRow.absence_id) == col(AbsenceRow.id))
            .where(
                col(AbsenceRow.municipality_id) == municipality_id,
                col(AbsenceRow.is_active),
                col(AbsenceRow.ends_at) > now - KEPT_IN_SIGHT,
            )
            .order_by(col(AbsenceRow.starts_at), col(AbsenceRow.id), col(AbsenceDeskRow.desk_id))
        )
        hidden = set[int]()
        for row, desk_id in tx.execute(query):
            desk = desks.get(desk_id)
            if desk is None:
                hidden.add(row.id or 0)
                continue
            found.setdefault(row.id or 0, (row, []))[1].append(_name(desk))
    lines = [
        ListedAbsence(id_, Period(row.starts_at, row.ends_at), tuple(names), row.note, row.ends_at <= now)
        for id_, (row, names) in found.items()
        if id_ not in hidden
    ]
    return Absences(tuple(lines[:MAX_LISTED]), zone)


def staffed_desks(tx: Session, official: Official, municipality_id: int) -> list[DeskRow]:
    """The desks in use whose absences the official may enter."""
    rights = [r for r in rights_to(official, Permission.MANAGE_ABSENCES) if r.municipality_id == municipality_id]
    query = (
        select(DeskRow)
        .where(
            col(DeskRow.municipality_id) == municipality_id,
            col(DeskRow.is_active),
            col(DeskRow.overflow_of).is_(None),
        )
        .order_by(col(DeskRow.position), col(DeskRow.id))
    )
    return [
        desk
        for desk in tx.scalars(query)
        if any(not right.department_ids or desk.department_id in right.department_ids for right in rights)
    ]


def _name(desk: DeskRow) -> Words:
    return {"el": desk.name_el, "en": desk.name_en or desk.name_el}
