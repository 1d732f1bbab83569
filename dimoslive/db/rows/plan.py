"""Changes of the set-up as JSON, and back; rows of plans to what people decide about."""

import json
from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any

from dimoslive.db.tables.plan import PlanItemRow
from dimoslive.domain.plans.changes import (
    AbsenceChange,
    Change,
    ClosureChange,
    DepartmentChange,
    DeskChange,
    ServiceChange,
)
from dimoslive.domain.plans.proposals import Target
from dimoslive.domain.scheduling.mode import Mode
from dimoslive.domain.scheduling.opening_hours import DatedHours, WeeklyHours
from dimoslive.domain.scheduling.periods import Period

Json = dict[str, Any]


def change_to_text(change: Change) -> str:
    """The JSON of a change."""
    return json.dumps(_words(change) | {"kind": change.kind}, ensure_ascii=False)


def text_to_change(text: str) -> Change:
    """The change that it is the JSON of."""
    words: Json = json.loads(text)
    change: Change = _READERS[words.pop("kind")](words)
    return change


def _words(change: Change) -> Json:
    match change:
        case ClosureChange():
            return _period(change.period) | {
                "reason": change.reason,
                "department_id": change.department_id,
                "closure_id": change.closure_id,
                "is_active": change.is_active,
            }
        case AbsenceChange():
            return _period(change.period) | {
                "desk_ids": sorted(change.desk_ids),
                "note": change.note,
                "absence_id": change.absence_id,
                "is_active": change.is_active,
            }
        case ServiceChange():
            words: Json = {"service_id": change.service_id, "columns": dict(change.columns)}
            if change.weekly is not None:
                words["weekly"] = [_row_of_hours(hours) for hours in change.weekly]
            if change.dated is not None:
                words["dated"] = [_row_of_hours(hours) for hours in change.dated]
            return words | ({} if change.desk_ids is None else {"desk_ids": list(change.desk_ids)})
        case DeskChange():
            return {"desk_id": change.desk_id, "is_active": change.is_active}
        case DepartmentChange():
            return {
                "department_id": change.department_id,
                "is_active": change.is_active,
                "service_ids": list(change.service_ids),
            }


def _period(period: Period) -> Json:
    return {"starts_at": period.starts_at.isoformat(), "ends_at": period.ends_at.isoformat()}


def _row_of_hours(hours: WeeklyHours | DatedHours) -> Json:
    """Times and dates as ISO text."""
    names = type(hours).__dataclass_fields__
    found = ((name, getattr(hours, name)) for name in names)
    return {name: value.isoformat() if hasattr(value, "isoformat") else value for name, value in found}


def _to_period(words: Json) -> Period:
    return Period(datetime.fromisoformat(words.pop("starts_at")), datetime.fromisoformat(words.pop("ends_at")))


def _to_closure(words: Json) -> ClosureChange:
    return ClosureChange(_to_period(words), **words)


def _to_absence(words: Json) -> AbsenceChange:
    return AbsenceChange(_to_period(words), frozenset(words.pop("desk_ids")), **words)


def _to_service(words: Json) -> ServiceChange:
    return ServiceChange(
        words["service_id"],
        words["columns"],
        weekly=[to_weekly(row) for row in words["weekly"]] if "weekly" in words else None,
        dated=[to_dated(row) for row in words["dated"]] if "dated" in words else None,
        desk_ids=tuple(words["desk_ids"]) if "desk_ids" in words else None,
    )


def to_weekly(words: Mapping[str, Any]) -> WeeklyHours:
    """Hours of a weekday from their JSON."""
    opens, closes = (time.fromisoformat(words[name]) for name in ("opens", "closes"))
    valid_from, valid_until = (_day(words.get(name)) for name in ("valid_from", "valid_until"))
    return WeeklyHours(words["weekday"], opens, closes, valid_from, valid_until)


def to_dated(words: Mapping[str, Any]) -> DatedHours:
    """Hours of a date from their JSON."""
    walls = (time.fromisoformat(words[name]) if words.get(name) else None for name in ("opens", "closes"))
    return DatedHours(date.fromisoformat(words["on"]), *walls)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _to_department(words: Json) -> DepartmentChange:
    return DepartmentChange(words["department_id"], words["is_active"], tuple(words["service_ids"]))


_READERS: dict[str, Any] = {
    ClosureChange.kind: _to_closure,
    AbsenceChange.kind: _to_absence,
    ServiceChange.kind: _to_service,
    DeskChange.kind: lambda words: DeskChange(**words),
    DepartmentChange.kind: _to_department,
}


def proposed_of(row: PlanItemRow) -> Target | None:
    """Where the booking could go."""
    return _target(row.proposed_starts_at, row.proposed_desk_id, row.proposed_mode)


def target_of(row: PlanItemRow) -> Target | None:
    """Where it is to go."""
    return _target(row.target_starts_at, row.target_desk_id, row.target_mode)


def _target(starts_at: datetime | None, desk_id: int | None, mode: str) -> Target | None:
    return Target(starts_at, desk_id, Mode(mode)) if starts_at and desk_id and mode else None
