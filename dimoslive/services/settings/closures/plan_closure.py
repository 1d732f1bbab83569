"""The form of a closure, and «Δείτε τι αλλάζει»: what is typed becomes a plan."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import select
from sqlmodel import Session, col

from dimoslive.context import AppContext
from dimoslive.db.announcements import announce_day_of
from dimoslive.db.engine import reading, transaction
from dimoslive.db.queries.catalogue import is_id
from dimoslive.db.tables.catalogue import ClosureRow, MunicipalityRow
from dimoslive.domain.desk.booking_line import Words
from dimoslive.domain.errors import InvalidInput, NotFound, NotPossibleNow
from dimoslive.domain.people.permissions import Permission, can
from dimoslive.domain.people.principals import Official
from dimoslive.domain.plans.changes import ClosureChange
from dimoslive.domain.scheduling.local_time import local_day, to_instant, to_local
from dimoslive.domain.scheduling.periods import Period
from dimoslive.domain.scheduling.slots import TICK_SECONDS
from dimoslive.domain.settings.away import TypedClosure, parse_closure, period_fields
from dimoslive.domain.settings.history import HistoryLine
from dimoslive.services.audit.record_audit import record_audit
from dimoslive.services.plans.preview_change import preview_change
from dimoslive.services.settings.closures.kind import closure_kind
from dimoslive.services.settings.closures.list_closures import can_change, closable_departments
from dimoslive.services.settings.list_root_history import list_root_history
from dimoslive.services.settings.root_change import Opened
from dimoslive.services.settings.save_root import check_still_there, merge_with_now
from dimoslive.services.settings.suggest_english import with_suggestions


@dataclass(frozen=True, slots=True)
class OpenClosure:
    """A closure as its form is filled, and what can be done with it."""

    opened: Opened
    departments: Mapping[str, Words]
    """Those to choose from, by the value of the choice."""
    can_close_all: bool
    is_active: bool = True
    is_over: bool = False
    history: tuple[HistoryLine, ...] = ()


def open_closure(context: AppContext, official: Official, municipality_id: int, closure_id: int | None) -> OpenClosure:
    """The closure, or the empty form of a new one for tomorrow; raises `NotFound`."""
    now = context.clock.now()
    with reading(context.db) as tx:
        zone = tx.get_one(MunicipalityRow, municipality_id).zone
        found = {
            str(row.id): {"el": row.name_el, "en": row.name_en}
            for row in closable_departments(tx, official, municipality_id)
        }
        can_close_all = can(official, Permission.CLOSE_MUNICIPALITY, municipality_id)
        if closure_id is None:
            tomorrow = (local_day(now, zone) + timedelta(days=1)).isoformat()
            values = {"department": "" if can_close_all else next(iter(found), ""), "reason_el": "", "reason_en": ""}
            times = {"from_day": tomorrow, "from_time": "00:00", "to_day": tomorrow, "to_time": "00:00"}
            return OpenClosure(Opened(0, values | times | {"is_reason_en_suggested": True}), found, can_close_all)
        row = closure_of(tx, official, municipality_id, closure_id)
        kind = closure_kind(zone)
        # Whether it closes anything is part of what was opened: it may be taken back meanwhile.
        now_there: dict[str, object] = {**kind.read(tx, row), "is_reason_en_suggested": "", "is_active": row.is_active}
        history = list_root_history(tx, kind, municipality_id, closure_id)
        return OpenClosure(
            Opened(row.version, now_there), found, can_close_all, row.is_active, row.ends_at <= now, history
        )


def plan_closure(
    context: AppContext,
    official: Official,
    municipality_id: int,
    closure_id: int | None,
    opened: Opened,
    raw: Mapping[str, object],
) -> int:
    """The plan of a new closure, or of other times or words of one, merged with what others saved meanwhile.

    Raises `NotFound`, `InvalidDetails`, `ChangedMeanwhile`, `RemovedMeanwhile`, or `InvalidInput` with the
    ``closure_id`` of one that closes the same already.
    """
    now = context.clock.now()
    with reading(context.db) as tx:
        zone = tx.get_one(MunicipalityRow, municipality_id).zone
        row = closure_of(tx, official, municipality_id, closure_id) if closure_id is not None else None
        allowed = {str(one.id) for one in closable_departments(tx, official, municipality_id)}
        if can(official, Permission.CLOSE_MUNICIPALITY, municipality_id):
            allowed.add("")
        was = Period(row.starts_at, row.ends_at) if row else None
        typed = parse_closure(with_suggestions(raw), allowed, zone, now, was)
        if row is not None:
            if opened.values.get("is_active") is True:
                check_still_there(tx, row, is_there=row.is_active)
            mine: dict[str, object] = {
                **period_fields(typed.period, zone),
                "department": str(typed.department_id or ""),
                **{f"reason_{language}": words for language, words in typed.reason.items()},
            }
            merged = merge_with_now(tx, closure_kind(zone), row, opened, mine).values
            typed = parse_closure(merged, allowed, zone, now, was)
        _check_no_twin(tx, municipality_id, typed, closure_id)
    change = ClosureChange(typed.period, typed.reason, typed.department_id, closure_id or 0)
    return preview_change(context, official, municipality_id, change)


def plan_confirmation(context: AppContext, official: Official, municipality_id: int, closure_id: int) -> int:
    """The plan of a suggestion that becomes a closure as it stands; raises `NotFound` or `NotPossibleNow`."""
    now = context.clock.now()
    with reading(context.db) as tx:
        row = closure_of(tx, official, municipality_id, closure_id)
        if row.is_active or row.ends_at <= now:
            raise NotPossibleNow()
        change = ClosureChange(Period(row.starts_at, row.ends_at), _reason(row), row.department_id, closure_id)
    return preview_change(context, official, municipality_id, change)


def plan_reopening(context: AppContext, official: Official, municipality_id: int, closure_id: int) -> int:
    """«Άνοιγμα ξανά»: the plan of ending it now, or of taking back what has not begun.

    Raises `NotFound` or `NotPossibleNow`.
    """
    now = context.clock.now()
    with reading(context.db) as tx:
        row = closure_of(tx, official, municipality_id, closure_id)
        if not row.is_active or row.ends_at <= now:
            raise NotPossibleNow()
        period, has_begun = Period(row.starts_at, row.ends_at), row.starts_at < now
        next_tick = datetime.fromtimestamp(-(-now.timestamp() // TICK_SECONDS) * TICK_SECONDS, UTC)
        if has_begun and next_tick < row.ends_at:
            period = Period(row.starts_at, next_tick)
        change = ClosureChange(period, _reason(row), row.department_id, closure_id, is_active=has_begun)
    return preview_change(context, official, municipality_id, change)


def suggest_next_year(context: AppContext, official: Official, municipality_id: int, closure_id: int) -> int:
    """«Και το 2027»: the same days of the next year as a suggestion, which closes nothing; its year.

    Raises `NotFound`.
    """
    now = context.clock.now()
    with transaction(context.db) as tx:
        row, zone = closure_of(tx, official, municipality_id, closure_id), _zone(tx, municipality_id)
        period = Period(*(_next_year(at, zone) for at in (row.starts_at, row.ends_at)))
        year = to_local(period.starts_at, zone).year
        copied = ClosureRow(
            municipality_id=municipality_id,
            department_id=row.department_id,
            starts_at=period.starts_at,
            ends_at=period.ends_at,
            reason_el=row.reason_el,
            reason_en=row.reason_en,
            is_active=False,
            copied_year=year,
            changed_at=now,
            changed_by=official.id,
        )
        tx.add(copied)
        tx.flush()
        record_audit(
            tx,
            now,
            "closure.suggested",
            by=official,
            subject=("closure", copied.id),
            municipality_id=municipality_id,
            after={"starts_at": period.starts_at, "ends_at": period.ends_at, "reason_el": row.reason_el},
        )
        announce_day_of(tx, municipality_id, local_day(now, zone), "set_up")
        return year


def closure_of(tx: Session, official: Official, municipality_id: int, closure_id: int) -> ClosureRow:
    """The closure, if it is the official's to change; raises `NotFound`."""
    row = tx.get(ClosureRow, closure_id) if is_id(closure_id) else None
    if row is None or row.municipality_id != municipality_id:
        raise NotFound()
    if not can_change(official, municipality_id, row.department_id):
        raise NotFound()
    return row


def _check_no_twin(tx: Session, municipality_id: int, typed: TypedClosure, closure_id: int | None) -> None:
    """The same times of the same place are closed once: opened again, they would be closed still."""
    query = select(ClosureRow).where(
        col(ClosureRow.municipality_id) == municipality_id,
        col(ClosureRow.department_id).is_not_distinct_from(typed.department_id),
        col(ClosureRow.starts_at) == typed.period.starts_at,
        col(ClosureRow.ends_at) == typed.period.ends_at,
        col(ClosureRow.is_active),
        col(ClosureRow.id).is_distinct_from(closure_id),
    )
    twin = tx.scalars(query.limit(1)).first()
    if twin is not None:
        raise InvalidInput(
            "from_day", "closure_repeats", closure_id=twin.id or 0, reason_el=twin.reason_el, reason_en=twin.reason_en
        )


def _reason(row: ClosureRow) -> Words:
    return {"el": row.reason_el, "en": row.reason_en}


def _zone(tx: Session, municipality_id: int) -> str:
    return tx.get_one(MunicipalityRow, municipality_id).zone


def _next_year(at: datetime, zone: str) -> datetime:
    local = to_local(at, zone)
    try:
        day = local.date().replace(year=local.year + 1)
    except ValueError:
        # 29 February.
        day = local.date().replace(year=local.year + 1, day=28)
    return to_instant(day, local.time(), zone)
