"""The absences of the desk where an official works, as far as they may be stated without a head."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlmodel import Session, col

from dimoslive.context import AppContext
from dimoslive.db.engine import reading
from dimoslive.db.queries.catalogue import is_id
from dimoslive.db.queries.my_desk import usual_desks
from dimoslive.db.tables.catalogue import AbsenceDeskRow, AbsenceRow, DeskRow, MunicipalityRow
from dimoslive.domain.desk.booking_line import Words
from dimoslive.domain.errors import NotFound, NotPossibleNow
from dimoslive.domain.people.permissions import Permission, can
from dimoslive.domain.people.principals import Official
from dimoslive.domain.plans.changes import AbsenceChange
from dimoslive.domain.plans.statuses import PlanState
from dimoslive.domain.scheduling.local_time import local_day
from dimoslive.domain.scheduling.periods import Period
from dimoslive.domain.settings.away import parse_absence
from dimoslive.services.plans.apply_plan import apply_plan
from dimoslive.services.plans.preview_change import preview_change
from dimoslive.services.settings.absences.kind import desks_away
from dimoslive.services.settings.absences.list_absences import ListedAbsence
from dimoslive.services.settings.root_change import Opened

MAX_LISTED = 100


@dataclass(frozen=True, slots=True)
class OwnAbsences:
    """The desks where the official works, the absences ahead of these alone, and the empty form of a new one."""

    desks: Mapping[int, Words]
    lines: tuple[ListedAbsence, ...]
    zone: str
    opened: Opened


def show_own_absences(context: AppContext, official: Official, municipality_id: int) -> OwnAbsences:
    """As it is now, soonest first."""
    now = context.clock.now()
    with reading(context.db) as tx:
        zone = tx.get_one(MunicipalityRow, municipality_id).zone
        desks = _own_desks(tx, official, municipality_id)
        lines = _lines(tx, municipality_id, desks, now)
    tomorrow = (local_day(now, zone) + timedelta(days=1)).isoformat()
    values = {"from_day": tomorrow, "from_time": "00:00", "to_day": tomorrow, "to_time": "00:00", "note": ""}
    ticks = {f"desk_{id_}": "on" if id_ == next(iter(desks)) else "" for id_ in desks}
    return OwnAbsences(desks, lines, zone, Opened(0, values | ticks))


def plan_own_absence(context: AppContext, official: Official, municipality_id: int, raw: Mapping[str, object]) -> int:
    """The plan of a new one; raises `InvalidDetails`, or `OwnAbsenceHits` where somebody would need another time."""
    now = context.clock.now()
    with reading(context.db) as tx:
        zone = tx.get_one(MunicipalityRow, municipality_id).zone
        desks = _own_desks(tx, official, municipality_id)
    typed = parse_absence(raw, desks, zone, now)
    return preview_change(context, official, municipality_id, AbsenceChange(typed.period, typed.desk_ids, typed.note))


def take_back_own_absence(context: AppContext, official: Official, municipality_id: int, absence_id: int) -> PlanState:
    """One is at the desk after all, which moves nobody; raises `NotFound` or `NotPossibleNow`."""
    now = context.clock.now()
    with reading(context.db) as tx:
        row = tx.get(AbsenceRow, absence_id) if is_id(absence_id) else None
        if row is None or row.municipality_id != municipality_id or not row.is_active:
            raise NotFound()
        away = desks_away(tx, absence_id)
        if not away or not away <= _own_desks(tx, official, municipality_id).keys():
            raise NotFound()
        if row.ends_at <= now:
            raise NotPossibleNow()
        change = AbsenceChange(Period(row.starts_at, row.ends_at), away, row.note, absence_id, is_active=False)
    plan_id = preview_change(context, official, municipality_id, change)
    return apply_plan(context, official, municipality_id, plan_id)


def _own_desks(tx: Session, official: Official, municipality_id: int) -> dict[int, Words]:
    """The usual one first."""
    ids = usual_desks(tx, official.id, municipality_id)
    found = {row.id: row for row in tx.scalars(select(DeskRow).where(col(DeskRow.id).in_(ids)))}
    rows = [
        row
        for row in map(found.__getitem__, ids)
        if can(official, Permission.STATE_OWN_ABSENCE, municipality_id, row.department_id)
    ]
    return {row.id or 0: {"el": row.name_el, "en": row.name_en or row.name_el} for row in rows}


def _lines(tx: Session, municipality_id: int, desks: Mapping[int, Words], now: datetime) -> tuple[ListedAbsence, ...]:
    query = (
        select(AbsenceRow, col(AbsenceDeskRow.desk_id))
        .join(AbsenceDeskRow, col(AbsenceDeskRow.absence_id) == col(AbsenceRow.id))
        .where(
            col(AbsenceRow.municipality_id) == municipality_id,
            col(AbsenceRow.is_active),
            col(AbsenceRow.ends_at) > now,
        )
        .order_by(col(AbsenceRow.starts_at), col(AbsenceRow.id), col(AbsenceDeskRow.desk_id))
    )
    found: dict[int, tuple[AbsenceRow, list[int]]] = {}
    for row, desk_id in tx.execute(query):
        found.setdefault(row.id or 0, (row, []))[1].append(desk_id)
    lines = (
        ListedAbsence(
            id_, Period(row.starts_at, row.ends_at), tuple(desks[one] for one in away), row.note, is_over=False
        )
        for id_, (row, away) in found.items()
        if desks.keys() >= set(away)
    )
    return tuple(lines)[:MAX_LISTED]
