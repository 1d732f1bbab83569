"""The form of an absence, and «Δείτε τι αλλάζει»: what is typed becomes a plan."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from sqlmodel import Session

from dimoslive.context import AppContext
from dimoslive.db.engine import reading
from dimoslive.db.queries.catalogue import is_id
from dimoslive.db.tables.catalogue import AbsenceRow, MunicipalityRow
from dimoslive.domain.desk.booking_line import Words
from dimoslive.domain.errors import NotFound, NotPossibleNow
from dimoslive.domain.people.principals import Official
from dimoslive.domain.plans.changes import AbsenceChange
from dimoslive.domain.scheduling.local_time import local_day
from dimoslive.domain.scheduling.periods import Period
from dimoslive.domain.settings.away import parse_absence, period_fields
from dimoslive.domain.settings.history import HistoryLine
from dimoslive.services.plans.preview_change import preview_change
from dimoslive.services.settings.absences.kind import absence_kind, desks_away
from dimoslive.services.settings.absences.list_absences import staffed_desks
from dimoslive.services.settings.list_root_history import list_root_history
from dimoslive.services.settings.root_change import Opened
from dimoslive.services.settings.save_root import check_still_there, merge_with_now


@dataclass(frozen=True, slots=True)
class OpenAbsence:
    """An absence as its form is filled, and the desks to choose from."""

    opened: Opened
    desks: Mapping[int, Words]
    is_over: bool = False
    history: tuple[HistoryLine, ...] = ()


def open_absence(context: AppContext, official: Official, municipality_id: int, absence_id: int | None) -> OpenAbsence:
    """The absence, or the empty form of a new one for tomorrow; raises `NotFound`."""
    now = context.clock.now()
    with reading(context.db) as tx:
        zone = tx.get_one(MunicipalityRow, municipality_id).zone
        desks = {
            row.id or 0: {"el": row.name_el, "en": row.name_en or row.name_el}
            for row in staffed_desks(tx, official, municipality_id)
        }
        if absence_id is None:
            tomorrow = (local_day(now, zone) + timedelta(days=1)).isoformat()
            values = {"from_day": tomorrow, "from_time": "00:00", "to_day": tomorrow, "to_time": "00:00", "note": ""}
            return OpenAbsence(Opened(0, values | {f"desk_{id_}": "" for id_ in desks}), desks)
        row, _ = _absence_of(tx, official, municipality_id, absence_id)
        kind = absence_kind(zone, desks)
        history = list_root_history(tx, kind, municipality_id, absence_id)
        return OpenAbsence(Opened(row.version, kind.read(tx, row)), desks, row.ends_at <= now, history)


def plan_absence(
    context: AppContext,
    official: Official,
    municipality_id: int,
    absence_id: int | None,
    opened: Opened,
    raw: Mapping[str, object],
) -> int:
    """The plan of a new absence, or of other times of one, merged with what others saved meanwhile.

    Raises `NotFound`, `InvalidDetails`, `ChangedMeanwhile` or `RemovedMeanwhile`.
    """
    now = context.clock.now()
    with reading(context.db) as tx:
        zone = tx.get_one(MunicipalityRow, municipality_id).zone
        desks = [row.id or 0 for row in staffed_desks(tx, official, municipality_id)]
        row = None
        if absence_id is not None:
            row, _ = _absence_of(tx, official, municipality_id, absence_id, may_be_gone=True)
        was = Period(row.starts_at, row.ends_at) if row else None
        typed = parse_absence(raw, desks, zone, now, was)
        if row is not None:
            check_still_there(tx, row, is_there=row.is_active)
            ticks = {f"desk_{id_}": "on" if id_ in typed.desk_ids else "" for id_ in desks}
            mine: dict[str, object] = {**period_fields(typed.period, zone), "note": typed.note, **ticks}
            merged = merge_with_now(tx, absence_kind(zone, desks), row, opened, mine).values
            typed = parse_absence(merged, desks, zone, now, was)
    change = AbsenceChange(typed.period, typed.desk_ids, typed.note, absence_id or 0)
    return preview_change(context, official, municipality_id, change)


def plan_return(context: AppContext, official: Official, municipality_id: int, absence_id: int) -> int:
    """The plan of taking an absence back; raises `NotFound` or `NotPossibleNow`."""
    with reading(context.db) as tx:
        row, away = _absence_of(tx, official, municipality_id, absence_id)
        if row.ends_at <= context.clock.now():
            raise NotPossibleNow()
        change = AbsenceChange(Period(row.starts_at, row.ends_at), away, row.note, absence_id, is_active=False)
    return preview_change(context, official, municipality_id, change)


def _absence_of(
    tx: Session, official: Official, municipality_id: int, absence_id: int, *, may_be_gone: bool = False
) -> tuple[AbsenceRow, frozenset[int]]:
    """The absence and its desks; one that was taken back only where whoever edits it is told so."""
    row = tx.get(AbsenceRow, absence_id) if is_id(absence_id) else None
    if row is None or row.municipality_id != municipality_id or not (row.is_active or may_be_gone):
        raise NotFound()
    away = desks_away(tx, absence_id)
    if not away <= {desk.id for desk in staffed_desks(tx, official, municipality_id)}:
        raise NotFound()
    return row, away
