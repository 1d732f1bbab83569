"""A change as the history tells it: fields by name, before and after."""

from collections.abc import Mapping

from dimoslive.domain.plans.changes import AbsenceChange, Change, ClosureChange, ServiceChange
from dimoslive.domain.scheduling.periods import Period
from dimoslive.domain.settings.hours import date_field, dated_value, weekly_values

Facts = Mapping[str, object]


def told_change(way_back: Change, change: Change) -> tuple[Facts, Facts]:
    """How it was and how it is; of a closure or an absence that comes or goes, one of the two alone."""
    before, after = _facts(way_back), _facts(change)
    if isinstance(change, ClosureChange | AbsenceChange):
        is_there = change.is_active
        was_there = isinstance(way_back, ClosureChange | AbsenceChange) and way_back.is_active
        if is_there != was_there:
            return ({}, after) if is_there else (before, {})
    return before, after


def _facts(change: Change) -> dict[str, object]:
    match change:
        case ClosureChange():
            reason = {f"reason_{language}": words for language, words in change.reason.items()}
            return _period(change.period) | {"department_id": change.department_id} | reason
        case AbsenceChange():
            return _period(change.period) | {"desk_ids": sorted(change.desk_ids), "note": change.note}
        case ServiceChange():
            return dict(change.columns) | _hours(change) | _desks(change)
        case _:
            return {"is_active": change.is_active}


def _period(period: Period) -> dict[str, object]:
    return {"starts_at": period.starts_at.isoformat(), "ends_at": period.ends_at.isoformat()}


def _hours(change: ServiceChange) -> dict[str, object]:
    weekly = {} if change.weekly is None else weekly_values(change.weekly)
    days = sorted({one.on for one in change.dated or ()})
    return weekly | {date_field(day): dated_value(day, change.dated or ()) for day in days}


def _desks(change: ServiceChange) -> dict[str, object]:
    return {} if change.desk_ids is None else {"desk_ids": sorted(change.desk_ids)}
