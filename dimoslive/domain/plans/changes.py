"""Changes of the set-up that may unseat bookings, and what the set-up is after each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import datetime, time, timedelta
from typing import ClassVar

from dimoslive.domain.desk.booking_line import Words
from dimoslive.domain.plans.set_up import Away, Closed, ServiceSetUp, SetUp
from dimoslive.domain.scheduling.local_time import days_period, local_day
from dimoslive.domain.scheduling.mode import Mode
from dimoslive.domain.scheduling.opening_hours import DatedHours, WeeklyHours
from dimoslive.domain.scheduling.periods import Period
from dimoslive.domain.scheduling.slots import ServiceRules, last_open_day

Column = str | int | bool | None
_RULES = frozenset(each.name for each in fields(ServiceRules)) - {"zone"}


@dataclass(frozen=True, slots=True)
class ClosureChange:
    """The municipality or a department closes; without an id, by a new closure. Not active: it opens again."""

    kind: ClassVar[str] = "closure"

    period: Period
    reason: Words
    department_id: int | None = None
    closure_id: int = 0
    is_active: bool = True


@dataclass(frozen=True, slots=True)
class AbsenceChange:
    """Desks are not staffed; without an id, by a new absence. Not active: they are staffed after all."""

    kind: ClassVar[str] = "absence"

    period: Period
    desk_ids: frozenset[int]
    note: str = ""
    absence_id: int = 0
    is_active: bool = True


@dataclass(frozen=True, slots=True)
class ServiceChange:
    """A service is changed: what is not named stays.

    ``columns`` are those of the service's row, modes, rules and ``is_active`` among them; ``release_at`` as text.
    """

    kind: ClassVar[str] = "service"

    service_id: int
    columns: Mapping[str, Column] = field(default_factory=dict)
    weekly: Sequence[WeeklyHours] | None = None
    dated: Sequence[DatedHours] | None = None
    desk_ids: tuple[int, ...] | None = None


@dataclass(frozen=True, slots=True)
class DeskChange:
    """A desk is archived, or taken out of the archive."""

    kind: ClassVar[str] = "desk"

    desk_id: int
    is_active: bool


@dataclass(frozen=True, slots=True)
class DepartmentChange:
    """A department is archived with the services that it offers; or it comes back, without them."""

    kind: ClassVar[str] = "department"

    department_id: int
    is_active: bool
    service_ids: tuple[int, ...] = ()
    """Those that go, or come back, with it."""


Change = ClosureChange | AbsenceChange | ServiceChange | DeskChange | DepartmentChange


def after(set_up: SetUp, change: Change) -> SetUp:
    """The set-up once the change is made."""
    match change:
        case ClosureChange():
            closed = {change.closure_id: Closed(change.period, change.department_id)} if change.is_active else {}
            rest = {id_: one for id_, one in set_up.closures.items() if id_ != change.closure_id}
            return replace(set_up, closures=rest | closed)
        case AbsenceChange():
            away = {change.absence_id: Away(change.period, change.desk_ids)} if change.is_active else {}
            left = {id_: one for id_, one in set_up.absences.items() if id_ != change.absence_id}
            return replace(set_up, absences=left | away)
        case ServiceChange():
            changed = _service_after(set_up.services[change.service_id], change)
            return replace(set_up, services={**set_up.services, change.service_id: changed})
        case DeskChange():
            others = set_up.active_desks - {change.desk_id}
            return replace(set_up, active_desks=others | {change.desk_id} if change.is_active else others)
        case DepartmentChange():
            found = {
                id_: replace(service, is_active=change.is_active) if id_ in change.service_ids else service
                for id_, service in set_up.services.items()
            }
            return replace(set_up, services=found)


def window_of(change: Change, before: SetUp, now: datetime, zone: str) -> Period:
    """The local days in which free times may come or go: of a closure its own, of all else as far as people book.

    What lies behind is nobody's to book.
    """
    today = local_day(now, zone)
    if isinstance(change, ClosureChange | AbsenceChange):
        own = [change.period, *_former(change, before)]
        first = local_day(min(period.starts_at for period in own), zone)
        last = local_day(max(period.ends_at for period in own) - timedelta.resolution, zone)
        return days_period(max(first, today), max(last, today), zone)
    rules = [service.rules for set_up in (before, after(before, change)) for service in set_up.services.values()]
    return days_period(today, max((last_open_day(one, now) for one in rules), default=today), zone)


def begins_at(change: Change, now: datetime, first_hit: datetime | None) -> datetime:
    """From when on it is felt: a closure or an absence when it begins, all else by the first booking that it hits."""
    if isinstance(change, ClosureChange | AbsenceChange):
        return max(now, change.period.starts_at)
    return first_hit or now


def _former(change: ClosureChange | AbsenceChange, before: SetUp) -> list[Period]:
    if isinstance(change, ClosureChange):
        closed = before.closures.get(change.closure_id)
        return [closed.period] if closed else []
    away = before.absences.get(change.absence_id)
    return [away.period] if away else []


def _service_after(service: ServiceSetUp, change: ServiceChange) -> ServiceSetUp:
    columns = change.columns
    named = {name: columns[name] for name in _RULES & columns.keys()}
    if isinstance(named.get("release_at"), str):
        named |= {"release_at": time.fromisoformat(str(named["release_at"]))}  # type: ignore[dict-item]  # a rule, not a column
    offered = {mode: bool(columns.get(f"offers_{mode}", mode in service.modes)) for mode in Mode}
    return replace(
        service,
        department_id=int(columns.get("department_id") or service.department_id),
        rules=replace(service.rules, **named),  # type: ignore[arg-type]  # each by its own name
        modes=frozenset(mode for mode, is_offered in offered.items() if is_offered),
        is_active=bool(columns.get("is_active", service.is_active)),
        weekly=service.weekly if change.weekly is None else change.weekly,
        dated=service.dated if change.dated is None else change.dated,
        desk_ids=service.desk_ids if change.desk_ids is None else change.desk_ids,
    )
