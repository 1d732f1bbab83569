"""Writing a change of the set-up, and the way back; versions say whether somebody else was there meanwhile."""

import json
from collections.abc import Callable, Iterable
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import delete, select
from sqlmodel import Session, SQLModel, col

from dimoslive.db.announcements import announce_catalogue, announce_day_of
from dimoslive.db.queries.set_up import dated_of, weekly_of
from dimoslive.db.tables.catalogue import (
    AbsenceDeskRow,
    AbsenceRow,
    ClosureRow,
    DepartmentRow,
    DeskRow,
    OpeningHoursRow,
    ServiceDeskRow,
    ServiceRow,
)
from dimoslive.db.tables.root import Root
from dimoslive.domain.errors import NotFound
from dimoslive.domain.plans.changes import (
    AbsenceChange,
    Change,
    ClosureChange,
    Column,
    DepartmentChange,
    DeskChange,
    ServiceChange,
)
from dimoslive.domain.scheduling.local_time import ATHENS, local_day
from dimoslive.domain.scheduling.periods import Period

Versions = dict[str, int]
"""Of the roots that a change writes, by table and id: ``service:7``."""

ANNOUNCED_DAYS = 62
"""Open days further away read themselves again in a minute."""

_TABLES: dict[str, type[SQLModel]] = {
    "closure": ClosureRow,
    "absence": AbsenceRow,
    "service": ServiceRow,
    "desk": DeskRow,
    "department": DepartmentRow,
}
_FROM_TEXT: dict[str, Callable[[str], object]] = {
    "release_at": time.fromisoformat,
    "reopens_on": date.fromisoformat,
    "paused_at": datetime.fromisoformat,
}
_NOT_FROM_OUTSIDE = frozenset(Root.model_fields) | {"id", "slug"}


def roots_of(change: Change) -> list[tuple[str, int]]:
    """What the change writes to, apart from what it makes."""
    match change:
        case ClosureChange():
            return [("closure", change.closure_id)] if change.closure_id else []
        case AbsenceChange():
            return [("absence", change.absence_id)] if change.absence_id else []
        case ServiceChange():
            return [("service", change.service_id)]
        case DeskChange():
            return [("desk", change.desk_id)]
        case DepartmentChange():
            return [("department", change.department_id), *(("service", id_) for id_ in sorted(change.service_ids))]


def versions_of(tx: Session, change: Change, *, for_change: bool = False) -> Versions:
    """The versions of the roots as they are; ``for_change`` locks them. Raises `NotFound`."""
    found: Versions = {}
    for kind, id_ in roots_of(change):
        # Not the stronger lock: whoever books refers to these rows and need not wait.
        lock: Any = {"key_share": True} if for_change else None
        row: Any = tx.get(_TABLES[kind], id_, with_for_update=lock, populate_existing=for_change)
        if row is None:
            raise NotFound()
        found[f"{kind}:{id_}"] = row.version
    return found


def way_back(tx: Session, change: Change) -> Change:
    """The change that leads back to how it is now. What is to be made has its id once it is written."""
    match change:
        case ClosureChange(closure_id=0) | AbsenceChange(absence_id=0):
            return change
        case ClosureChange():
            row = tx.get_one(ClosureRow, change.closure_id)
            reason = {"el": row.reason_el, "en": row.reason_en}
            period = Period(row.starts_at, row.ends_at)
            return ClosureChange(period, reason, row.department_id, change.closure_id, row.is_active)
        case AbsenceChange():
            absence = tx.get_one(AbsenceRow, change.absence_id)
            period = Period(absence.starts_at, absence.ends_at)
            return AbsenceChange(
                period, _desks_of_absence(tx, absence), absence.note, change.absence_id, absence.is_active
            )
        case ServiceChange():
            return _service_as_it_is(tx, change)
        case DeskChange():
            return DeskChange(change.desk_id, tx.get_one(DeskRow, change.desk_id).is_active)
        case DepartmentChange():
            department = tx.get_one(DepartmentRow, change.department_id)
            return DepartmentChange(change.department_id, department.is_active, change.service_ids)


def write_change(tx: Session, municipality_id: int, change: Change, by: int, now: datetime) -> Change:
    """Write it and raise the versions of its roots; returns it with the id of what was made."""
    match change:
        case ClosureChange():
            change = _write_closure(tx, municipality_id, change, by, now)
        case AbsenceChange():
            change = _write_absence(tx, municipality_id, change, by, now)
        case ServiceChange():
            _write_service(tx, change, by, now)
        case DeskChange():
            _set(tx.get_one(DeskRow, change.desk_id), by, now, is_active=change.is_active)
        case DepartmentChange():
            _set(tx.get_one(DepartmentRow, change.department_id), by, now, is_active=change.is_active)
            for service_id in change.service_ids:
                _set(tx.get_one(ServiceRow, service_id), by, now, is_active=change.is_active)
    tx.flush()
    _announce(tx, municipality_id, change, now)
    return change


def taken_back(change: Change) -> Change:
    """What undoes the making of a closure or an absence."""
    match change:
        case ClosureChange():
            return ClosureChange(change.period, change.reason, change.department_id, change.closure_id, is_active=False)
        case AbsenceChange():
            return AbsenceChange(change.period, change.desk_ids, change.note, change.absence_id, is_active=False)
    return change


def read_versions(text: str) -> Versions:
    """As they were kept."""
    versions: Versions = json.loads(text)
    return versions


def _write_closure(tx: Session, municipality_id: int, change: ClosureChange, by: int, now: datetime) -> ClosureChange:
    words: dict[str, Any] = {
        "department_id": change.department_id,
        "starts_at": change.period.starts_at,
        "ends_at": change.period.ends_at,
        "reason_el": change.reason["el"],
        "reason_en": change.reason["en"],
        "is_active": change.is_active,
    }
    if change.closure_id:
        _set(tx.get_one(ClosureRow, change.closure_id), by, now, **words)
        return change
    row = ClosureRow(municipality_id=municipality_id, changed_at=now, changed_by=by, **words)
    tx.add(row)
    tx.flush()
    return ClosureChange(change.period, change.reason, change.department_id, row.id or 0, change.is_active)


def _write_absence(tx: Session, municipality_id: int, change: AbsenceChange, by: int, now: datetime) -> AbsenceChange:
    words: dict[str, Any] = {
        "starts_at": change.period.starts_at,
        "ends_at": change.period.ends_at,
        "note": change.note,
        "is_active": change.is_active,
    }
    if change.absence_id:
        row = tx.get_one(AbsenceRow, change.absence_id)
        _set(row, by, now, **words)
    else:
        row = AbsenceRow(municipality_id=municipality_id, changed_at=now, changed_by=by, **words)
        tx.add(row)
    tx.flush()
    tx.execute(delete(AbsenceDeskRow).where(col(AbsenceDeskRow.absence_id) == row.id))
    tx.add_all(AbsenceDeskRow(absence_id=row.id or 0, desk_id=desk_id) for desk_id in sorted(change.desk_ids))
    return AbsenceChange(change.period, change.desk_ids, change.note, row.id or 0, change.is_active)


def _write_service(tx: Session, change: ServiceChange, by: int, now: datetime) -> None:
    row = tx.get_one(ServiceRow, change.service_id)
    _set(row, by, now, **{name: _value(name, value) for name, value in change.columns.items()})
    if change.weekly is not None:
        _replace_hours(tx, row, is_weekly=True)
        tx.add_all(
            OpeningHoursRow(
                service_id=change.service_id, weekday=hours.weekday, opens=hours.opens, closes=hours.closes,
                valid_from=hours.valid_from, valid_until=hours.valid_until,
            )
            for hours in change.weekly
        )  # fmt: skip
    if change.dated is not None:
        _replace_hours(tx, row, is_weekly=False)
        tx.add_all(
            OpeningHoursRow(service_id=change.service_id, on_date=hours.on, opens=hours.opens, closes=hours.closes)
            for hours in change.dated
        )
    if change.desk_ids is not None:
        tx.execute(delete(ServiceDeskRow).where(col(ServiceDeskRow.service_id) == change.service_id))
        tx.add_all(ServiceDeskRow(service_id=change.service_id, desk_id=desk_id) for desk_id in change.desk_ids)


def _replace_hours(tx: Session, row: ServiceRow, *, is_weekly: bool) -> None:
    kind = col(OpeningHoursRow.weekday) if is_weekly else col(OpeningHoursRow.on_date)
    tx.execute(delete(OpeningHoursRow).where(col(OpeningHoursRow.service_id) == row.id, kind.is_not(None)))


def _service_as_it_is(tx: Session, change: ServiceChange) -> ServiceChange:
    row = tx.get_one(ServiceRow, change.service_id)
    columns = {name: _word(getattr(row, name)) for name in change.columns}
    query = select(OpeningHoursRow).where(col(OpeningHoursRow.service_id) == change.service_id)
    hours = list(tx.scalars(query.order_by(col(OpeningHoursRow.id))))
    serving = select(col(ServiceDeskRow.desk_id)).where(col(ServiceDeskRow.service_id) == change.service_id)
    return ServiceChange(
        change.service_id,
        columns,
        weekly=None if change.weekly is None else weekly_of(hours),
        dated=None if change.dated is None else dated_of(hours),
        desk_ids=None if change.desk_ids is None else tuple(sorted(tx.scalars(serving))),
    )


def may_be_written(columns: Iterable[str]) -> bool:
    """Whether a plan may write these columns of a service."""
    return set(columns) <= set(ServiceRow.model_fields) - _NOT_FROM_OUTSIDE


def _desks_of_absence(tx: Session, row: AbsenceRow) -> frozenset[int]:
    return frozenset(tx.scalars(select(col(AbsenceDeskRow.desk_id)).where(col(AbsenceDeskRow.absence_id) == row.id)))


def _set(row: Root, by: int, now: datetime, **columns: object) -> None:
    for name, value in columns.items():
        setattr(row, name, value)
    row.version, row.changed_at, row.changed_by = row.version + 1, now, by


def _value(name: str, column: Column) -> object:
    return _FROM_TEXT[name](column) if name in _FROM_TEXT and isinstance(column, str) else column


def _word(value: object) -> Column:
    return value.isoformat() if isinstance(value, time | date | datetime) else value  # type: ignore[return-value]  # a column


def _announce(tx: Session, municipality_id: int, change: Change, now: datetime) -> None:
    """Public pages and open days are to be read again."""
    announce_catalogue(tx, municipality_id)
    first = last = local_day(now, ATHENS)
    if isinstance(change, ClosureChange | AbsenceChange):
        first, last = max(first, local_day(change.period.starts_at, ATHENS)), local_day(change.period.ends_at, ATHENS)
    for offset in range(min((last - first).days, ANNOUNCED_DAYS) + 1):
        announce_day_of(tx, municipality_id, first + timedelta(days=offset), "set_up")
