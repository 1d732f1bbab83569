"""A closure or an absence, as its form has it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from dimoslive.domain.desk.typed_times import parse_day
from dimoslive.domain.errors import InvalidInput
from dimoslive.domain.scheduling.local_time import to_instant, to_local
from dimoslive.domain.scheduling.periods import Period
from dimoslive.domain.settings.typed import TypedForm

MAX_LENGTH = timedelta(days=366)
MAX_BEHIND = timedelta(hours=1)
"""A day under way can be closed; what is further behind cannot."""
MIN_REASON_LENGTH, MAX_REASON_LENGTH = 3, 200
MAX_NOTE_LENGTH = 200
MIDNIGHT = "00:00"
"""As an end: the end of that day."""


@dataclass(frozen=True, slots=True)
class TypedClosure:
    """The fields, right; without a department it is the whole municipality's."""

    period: Period
    department_id: int | None
    reason: dict[str, str]


@dataclass(frozen=True, slots=True)
class TypedAbsence:
    """The fields, right."""

    period: Period
    desk_ids: frozenset[int]
    note: str


def parse_closure(
    raw: Mapping[str, object], departments: Collection[str], zone: str, now: datetime, was: Period | None = None
) -> TypedClosure:
    """Raises `InvalidDetails`. ``departments`` are the words of those to choose from, "" for all of them.

    ``was`` is when it was until now: what began already keeps its beginning.
    """
    form = TypedForm(raw)
    department = form.choice("department", departments)
    period = _period(form, zone, now, was)
    reason = {
        language: form.line(f"reason_{language}", min_length=MIN_REASON_LENGTH, max_length=MAX_REASON_LENGTH)
        for language in ("el", "en")
    }
    form.check()
    assert period is not None
    return TypedClosure(period, int(department) if department else None, reason)


def parse_absence(
    raw: Mapping[str, object], desk_ids: Collection[int], zone: str, now: datetime, was: Period | None = None
) -> TypedAbsence:
    """Raises `InvalidDetails`. ``desk_ids`` are the desks to choose from."""
    form = TypedForm(raw)
    chosen = frozenset(desk_id for desk_id in desk_ids if form.flag(f"desk_{desk_id}"))
    if not chosen:
        form.refuse("desks", "no_desk")
    period = _period(form, zone, now, was)
    note = form.line("note", max_length=MAX_NOTE_LENGTH, required=False)
    form.check()
    assert period is not None
    return TypedAbsence(period, chosen, note)


def period_fields(period: Period, zone: str) -> dict[str, str]:
    """The four fields of a period; the end of a day is its midnight."""
    starts, ends = (to_local(at, zone) for at in (period.starts_at, period.ends_at))
    last = ends - timedelta(days=1) if ends.time() == time() else ends
    return {
        "from_day": starts.date().isoformat(),
        "from_time": f"{starts:%H:%M}",
        "to_day": last.date().isoformat(),
        "to_time": f"{ends:%H:%M}",
    }


def _period(form: TypedForm, zone: str, now: datetime, was: Period | None) -> Period | None:
    starts_at = _instant(form, "from", zone)
    ends_at = _instant(form, "to", zone, is_end=True)
    if starts_at is None or ends_at is None:
        return None
    if ends_at <= starts_at:
        starts, ends = (f"{to_local(at, zone):%d/%m/%Y %H:%M}" for at in (starts_at, ends_at))
        form.refuse("to_day", "end_before_start", starts=starts, ends=ends)
        return None
    if ends_at - starts_at > MAX_LENGTH:
        form.refuse("to_day", "too_long_a_period", days=MAX_LENGTH.days)
    if starts_at < now - MAX_BEHIND and (was is None or starts_at != was.starts_at):
        form.refuse("from_day", "in_the_past")
    return Period(starts_at, ends_at)


def _instant(form: TypedForm, name: str, zone: str, *, is_end: bool = False) -> datetime | None:
    clock, day = form.time(f"{name}_time"), None
    try:
        day = parse_day(form.raw(f"{name}_day"))
    except InvalidInput as problem:
        form.refuse(f"{name}_day", problem.code)
    if day is None or not clock:
        return None
    is_next = is_end and clock == MIDNIGHT
    try:
        return to_instant(day + timedelta(days=is_next), time.fromisoformat(clock), zone)
    except OverflowError:
        form.refuse(f"{name}_day", "not_a_date")
        return None
