"""The hours of a service, as a municipality writes them: by weekday, or of one date.

As plain values a day is a list of intervals, each of four texts: begins, ends, valid from, valid until.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, time
from typing import TypeVar

from dimoslive.domain.desk.typed_times import parse_clock, parse_day
from dimoslive.domain.errors import InvalidDetails, InvalidInput
from dimoslive.domain.scheduling.edited_hours import MAX_INTERVALS, check_dated, check_weekly, is_over
from dimoslive.domain.scheduling.opening_hours import DatedHours, WeeklyHours

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
"""The fields of the week's hours."""
DATE_PREFIX = "on_"
_MIDNIGHT = re.compile(r"24([:.]?00)?")
_MAX_TYPED = 20

Day = list[list[str]]
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class TypedInterval:
    """A row of the list, right or wrong; ``key`` names its controls."""

    key: str
    weekday: int
    opens: str
    closes: str
    valid_from: str = ""
    valid_until: str = ""


def typed_intervals(raw: Mapping[str, object]) -> list[TypedInterval]:
    """The rows that a form has, in its own order: the controls ``weekday-7``, ``opens-7`` are of one."""
    keys = [name.removeprefix("weekday-") for name in raw if name.startswith("weekday-")]

    def text(name: str, key: str) -> str:
        return str(raw.get(f"{name}-{key}") or "")[:_MAX_TYPED]

    return [
        TypedInterval(
            key[:_MAX_TYPED],
            int(weekday) if (weekday := text("weekday", key)) in set("0123456") else 0,
            *(text(name, key) for name in ("opens", "closes", "valid_from", "valid_until")),
        )
        for key in keys[: MAX_INTERVALS + 1]
    ]


def parse_weekly(typed: Sequence[TypedInterval], duration_minutes: int, today: date) -> dict[str, object]:
    """The fields of the week; raises `InvalidDetails` with all problems, each at its control."""
    problems: list[InvalidInput] = []
    hours = [_interval(row, problems) for row in typed]
    if problems:
        raise InvalidDetails(tuple(problems))
    _at_their_rows(typed, lambda: check_weekly([one for one in hours if one], duration_minutes, today))
    return weekly_values((one for one in hours if one), today)


def parse_dated(
    on: date,
    typed: Sequence[TypedInterval],
    duration_minutes: int,
    today: date,
    *,
    is_closed: bool,
    opens_on_holiday: bool,
) -> dict[str, object]:
    """The field of one date. Without intervals, and not closed: as every week. Raises as `check_dated`."""
    problems: list[InvalidInput] = []
    found = [] if is_closed else [_interval(replace(row, weekday=on.weekday()), problems) for row in typed]
    if problems:
        raise InvalidDetails(tuple(problems))
    hours = [DatedHours(on, one.opens, one.closes) for one in found if one]
    _at_their_rows(typed, lambda: check_dated(on, hours, duration_minutes, today, opens_on_holiday=opens_on_holiday))
    return {date_field(on): dated_value(on, hours or ([DatedHours(on)] if is_closed else []))}


def weekly_values(weekly: Iterable[WeeklyHours], today: date = date.min) -> dict[str, object]:
    """The week as fields; what is over by ``today`` is in none of them, and stays as it is."""
    days: dict[str, Day] = {name: [] for name in WEEKDAYS}
    for one in sorted(weekly, key=_in_order):
        if not is_over(one, today):
            days[WEEKDAYS[one.weekday]].append(_texts(one))
    return dict(days)


def rows_of(values: Mapping[str, object]) -> list[TypedInterval]:
    """The week's fields as rows of a form; a browser may have sent them, so nothing is taken for granted."""
    found = [
        (weekday, [str(text)[:_MAX_TYPED] for text in one])
        for weekday, name in enumerate(WEEKDAYS)
        for one in _day(values.get(name))
    ]
    return [TypedInterval(str(key), weekday, *texts) for key, (weekday, texts) in enumerate(found[: MAX_INTERVALS + 1])]


def weekly_of(values: Mapping[str, object]) -> list[WeeklyHours]:
    """The hours of fields that were checked."""
    return [
        WeeklyHours(weekday, _wall(one[0]), _wall(one[1]), _date(one[2]), _date(one[3]))
        for weekday, name in enumerate(WEEKDAYS)
        for one in _day(values.get(name))
    ]


def date_field(on: date) -> str:
    """The field of the hours of one date."""
    return f"{DATE_PREFIX}{on.isoformat()}"


def dated_value(on: date, dated: Iterable[DatedHours]) -> Day | None:
    """A date as a field: its intervals, none of a day that is closed; None where the week's hold."""
    of_day = [one for one in dated if one.on == on]
    if not of_day:
        return None
    return sorted(
        [f"{one.opens:%H:%M}", f"{one.closes:%H:%M}"]
        for one in of_day
        if one.opens is not None and one.closes is not None
    )


def dated_of(on: date, value: object) -> list[DatedHours]:
    """The same back."""
    if value is None:
        return []
    return [DatedHours(on, _wall(one[0]), _wall(one[1])) for one in _day(value, length=2)] or [DatedHours(on)]


def wall_text(wall: time) -> str:
    """«8:30», as people write it."""
    return f"{wall.hour}:{wall.minute:02d}"


def read_interval(row: TypedInterval) -> WeeklyHours | None:
    """What a row says so far; none while it is not right."""
    return _interval(row, [])


def _interval(row: TypedInterval, problems: list[InvalidInput]) -> WeeklyHours | None:
    def read(name: str, parse: Callable[[], T]) -> T | None:
        try:
            return parse()
        except InvalidInput as problem:
            problems.append(InvalidInput(f"{name}-{row.key}", problem.code, **problem.params))
            return None

    before = len(problems)
    opens = read("opens", lambda: parse_clock(row.opens))
    closes = read("closes", lambda: time() if _MIDNIGHT.fullmatch(row.closes.strip()) else parse_clock(row.closes))
    valid_from, valid_until = (
        read(name, lambda text=text: parse_day(text)) if text.strip() else None  # type: ignore[misc]  # bound at once
        for name, text in (("valid_from", row.valid_from), ("valid_until", row.valid_until))
    )
    if len(problems) > before or opens is None or closes is None:
        return None
    return WeeklyHours(row.weekday, opens, closes, valid_from, valid_until)


def _at_their_rows(typed: Sequence[TypedInterval], check: Callable[[], None]) -> None:
    """A problem of the third interval stands at the control of the third row."""
    try:
        check()
    except InvalidDetails as refused:
        raise InvalidDetails(tuple(_renamed(problem, typed) for problem in refused.problems)) from None


def _renamed(problem: InvalidInput, typed: Sequence[TypedInterval]) -> InvalidInput:
    name, _, place = problem.field.partition("-")
    return InvalidInput(f"{name}-{typed[int(place)].key}", problem.code, **problem.params)


def _in_order(hours: WeeklyHours) -> tuple[int, date, time, time]:
    return hours.weekday, hours.valid_from or date.min, hours.opens, hours.closes


def _texts(hours: WeeklyHours) -> list[str]:
    valid = (one.isoformat() if one else "" for one in (hours.valid_from, hours.valid_until))
    return [f"{hours.opens:%H:%M}", f"{hours.closes:%H:%M}", *valid]


def _day(value: object, length: int = 4) -> list[Sequence[str]]:
    rows = value if isinstance(value, list) else []
    return [one for one in rows if isinstance(one, list | tuple) and len(one) == length]


def _wall(text: str) -> time:
    return time.fromisoformat(text)


def _date(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
