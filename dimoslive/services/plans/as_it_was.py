"""The set-up as it was, from what it is and from what the history says was changed since."""

import json
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from dimoslive.db.rows.plan import text_to_change
from dimoslive.db.tables.desk import AuditEventRow
from dimoslive.domain.plans.changes import DeskChange, ServiceChange, after
from dimoslive.domain.plans.set_up import ServiceSetUp, SetUp
from dimoslive.domain.scheduling.edited_hours import is_over
from dimoslive.domain.scheduling.local_time import local_day
from dimoslive.domain.scheduling.mode import Mode
from dimoslive.domain.scheduling.slots import ServiceRules
from dimoslive.domain.settings.hours import DATE_PREFIX, WEEKDAYS, dated_of, weekly_of

_COLUMNS = {*ServiceRules.__dataclass_fields__, *(f"offers_{mode}" for mode in Mode), "department_id", "is_active"}
_TELL_NOTHING = ("planned", "suggested")
"""What a plan wrote has a line of the plan's own, and a suggestion closes nothing."""

Facts = Mapping[str, Any]


def as_it_was(set_up: SetUp, lines: Iterable[AuditEventRow]) -> SetUp | None:
    """Before the first of these lines, which come newest first; none if one of them does not tell enough."""
    for line in lines:
        was = _before(set_up, line)
        if was is None:
            return None
        set_up = was
    return set_up


def _before(set_up: SetUp, line: AuditEventRow) -> SetUp | None:
    did, before = line.action.partition(".")[2], json.loads(line.before)
    if did in _TELL_NOTHING:
        return set_up
    match line.subject_kind:
        case "plan":
            # Of a change that changed nothing the line has nothing.
            return after(set_up, text_to_change(json.dumps(before["change"]))) if "change" in before else set_up
        case "service" if did != "deleted":
            service = set_up.services.get(line.subject_id or 0)
            return after(set_up, _service_before(service, line, before)) if service else set_up
        case "desk" if did == "added":
            return after(set_up, DeskChange(line.subject_id or 0, is_active=False))
        case "desk" if did != "deleted":
            is_active = before.get("is_active", line.subject_id in set_up.active_desks)
            return after(set_up, DeskChange(line.subject_id or 0, is_active=is_active))
    return None


def _service_before(service: ServiceSetUp, line: AuditEventRow, before: Facts) -> ServiceChange:
    if line.action == "service.added":
        return ServiceChange(service.id, {"is_active": False})
    weekdays = [WEEKDAYS.index(name) for name in before.keys() & set(WEEKDAYS)]
    dates = {name.removeprefix(DATE_PREFIX): value for name, value in before.items() if name.startswith(DATE_PREFIX)}
    edited_on = local_day(line.at, service.rules.zone)
    # Whoever writes the week's hours leaves alone what was over by then.
    kept = [one for one in service.weekly if one.weekday not in weekdays or is_over(one, edited_on)]
    others = [one for one in service.dated if one.on.isoformat() not in dates]
    return ServiceChange(
        service.id,
        {name: before[name] for name in _COLUMNS & before.keys()},
        weekly=[*kept, *weekly_of(before)] if weekdays else None,
        dated=[*others, *(one for day, value in dates.items() for one in dated_of(date.fromisoformat(day), value))]
        if dates
        else None,
        desk_ids=tuple(before["desk_ids"]) if "desk_ids" in before else None,
    )
