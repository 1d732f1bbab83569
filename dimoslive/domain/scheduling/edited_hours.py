"""Hours that an administrator edits: what is refused, what is only said, and how many places they make.

A problem stands at a control of the form: ``opens-2`` is the beginning of the third interval.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from itertools import combinations

from dimoslive.domain.errors import InvalidDetails, InvalidInput
from dimoslive.domain.scheduling.holidays import is_national_holiday
from dimoslive.domain.scheduling.local_time import days_period
from dimoslive.domain.scheduling.opening_hours import DatedHours, WeeklyHours
from dimoslive.domain.scheduling.places import offered_places
from dimoslive.domain.scheduling.slots import ServiceCalendar, ServiceRules

MAX_INTERVALS_A_DAY = 4
MAX_INTERVALS = 200
"""Of a service, those that are over with them."""
MAX_DAYS_AHEAD = 400
LONG = timedelta(hours=12)

_DAY_MINUTES = 24 * 60
_PLAIN_MONDAY = date(2026, 11, 23)
"""Of a week without a holiday and without a change of the clock."""


class Warned(StrEnum):
    """What is said of an interval, and refuses nothing."""

    LEFTOVER = "leftover"
    """The last minutes are too few for an appointment."""
    LONG = "long"


@dataclass(frozen=True, slots=True)
class HoursWarning:
    """A warning, at the interval with this place in the list."""

    place: int
    what: Warned
    minutes: int


@dataclass(frozen=True, slots=True)
class Capacity:
    """How many places hours make: a place is a start that citizens are offered, at one desk."""

    places: int
    most_an_hour: int


def is_over(hours: WeeklyHours, today: date) -> bool:
    """Whether they have ended: they are shown folded, and nothing is refused for their sake."""
    return hours.valid_until is not None and hours.valid_until < today


def check_weekly(weekly: Sequence[WeeklyHours], duration_minutes: int, today: date) -> None:
    """Raises `InvalidDetails` with all that is wrong, in the order of the list."""
    current = [(place, hours) for place, hours in enumerate(weekly) if not is_over(hours, today)]
    problems = [problem for place, hours in current for problem in _interval_problems(place, hours, duration_minutes)]
    for (_, one), (place, other) in combinations(current, 2):
        if _hold_together(one, other) and _overlap(one, other):
            problems.append(_overlapping(place, one, other, weekday=one.weekday))
    problems.extend(_too_many(current))
    if len(weekly) > MAX_INTERVALS:
        problems.append(InvalidInput(f"opens-{len(weekly) - 1}", "too_many_intervals", most=MAX_INTERVALS))
    if problems:
        raise InvalidDetails(tuple(sorted(problems, key=_place_of)))


def check_dated(
    on: date, dated: Sequence[DatedHours], duration_minutes: int, today: date, *, opens_on_holiday: bool
) -> None:
    """Of one date; without hours the week's hold. Raises `InvalidDetails` or, of the date, `InvalidInput`."""
    if on < today:
        raise InvalidInput("date", "date_is_past")
    if on > today + timedelta(days=MAX_DAYS_AHEAD):
        raise InvalidInput("date", "date_too_far", days=MAX_DAYS_AHEAD)
    hours = as_weekly(dated)
    if hours and is_national_holiday(on) and not opens_on_holiday:
        raise InvalidInput("opens_on_holiday", "holiday_not_ticked")
    check_weekly(hours, duration_minutes, today)


def as_weekly(dated: Iterable[DatedHours]) -> list[WeeklyHours]:
    """The intervals of a date as those of its weekday; a closed day has none."""
    return [
        WeeklyHours(one.on.weekday(), one.opens, one.closes)
        for one in dated
        if one.opens is not None and one.closes is not None
    ]


def warnings_of_hours(weekly: Sequence[WeeklyHours], rules: ServiceRules, today: date) -> list[HoursWarning]:
    """What is said of intervals that are right, those that are over aside."""
    warnings: list[HoursWarning] = []
    for place, hours in enumerate(weekly):
        minutes = _minutes(hours)
        if is_over(hours, today) or minutes <= 0:
            continue
        left = minutes % rules.step_minutes
        if 0 < left < rules.duration_minutes:
            warnings.append(HoursWarning(place, Warned.LEFTOVER, left))
        if timedelta(minutes=minutes) > LONG:
            warnings.append(HoursWarning(place, Warned.LONG, minutes))
    return warnings


def capacity_of_week(weekly: Sequence[WeeklyHours], rules: ServiceRules, desks: int, today: date) -> Capacity:
    """Of the fullest week from today on: intervals of different seasons are not added up.

    Holidays, closures and what is booked do not count; it is what the hours themselves are worth.
    """
    seasons = {today} | {one.valid_from for one in weekly if one.valid_from and one.valid_from > today}
    weeks = ([_always(one) for one in weekly if _holds_in_season(one, season)] for season in seasons)
    return max((_capacity(week, rules, desks) for week in weeks), key=lambda found: found.places)


def capacity_of_day(hours: Sequence[WeeklyHours], rules: ServiceRules, desks: int) -> Capacity:
    """Of the hours of one day, whenever they hold; a holiday that is opened counts as any day."""
    return _capacity([replace(_always(one), weekday=0) for one in hours], rules, desks)


def _capacity(weekly: Sequence[WeeklyHours], rules: ServiceRules, desks: int) -> Capacity:
    calendar = ServiceCalendar(rules, weekly=weekly, busy={desk: set() for desk in range(desks)})
    week = days_period(_PLAIN_MONDAY, _PLAIN_MONDAY + timedelta(days=6), rules.zone)
    starts = sorted(start for _, start in offered_places(calendar, week))
    return Capacity(len(starts), _most_within(starts, timedelta(hours=1)))


def _most_within(starts: Sequence[datetime], span: timedelta) -> int:
    first = most = 0
    for place, start in enumerate(starts):
        while starts[first] <= start - span:
            first += 1
        most = max(most, place - first + 1)
    return most


def _interval_problems(place: int, hours: WeeklyHours, duration_minutes: int) -> list[InvalidInput]:
    problems = [
        InvalidInput(f"{name}-{place}", "not_in_fives", time=_said(wall))
        for name, wall in (("opens", hours.opens), ("closes", hours.closes))
        if wall.minute % 5 or wall.second or wall.microsecond
    ]
    said = {"opens": _said(hours.opens), "closes": _said(hours.closes)}
    minutes = _minutes(hours)
    if minutes <= 0:
        problems.append(InvalidInput(f"closes-{place}", "closes_before_opens", **said))
    elif minutes < duration_minutes:
        problems.append(InvalidInput(f"closes-{place}", "shorter_than_duration", **said, minutes=duration_minutes))
    if hours.valid_from and hours.valid_until and hours.valid_until < hours.valid_from:
        problems.append(InvalidInput(f"valid_until-{place}", "until_before_from"))
    return problems


def _overlapping(place: int, one: WeeklyHours, other: WeeklyHours, *, weekday: int) -> InvalidInput:
    first, second = (f"{_said(hours.opens)}–{_said(hours.closes)}" for hours in (one, other))
    return InvalidInput(f"opens-{place}", "intervals_overlap", weekday=weekday, first=first, second=second)


def _too_many(current: Sequence[tuple[int, WeeklyHours]]) -> list[InvalidInput]:
    # As many as hold at once do so on the first day of one of them.
    problems: dict[int, InvalidInput] = {}
    for _, begun in current:
        first = begun.valid_from or date.min
        same_day = [place for place, one in current if one.weekday == begun.weekday and _holds_in_season(one, first)]
        for place in same_day[MAX_INTERVALS_A_DAY:]:
            problems[place] = InvalidInput(f"opens-{place}", "too_many_a_day", most=MAX_INTERVALS_A_DAY)
    return list(problems.values())


def _place_of(problem: InvalidInput) -> int:
    return int(problem.field.partition("-")[2])


def _holds_in_season(hours: WeeklyHours, day: date) -> bool:
    return (hours.valid_from or date.min) <= day <= (hours.valid_until or date.max)


def _always(hours: WeeklyHours) -> WeeklyHours:
    return replace(hours, valid_from=None, valid_until=None)


def _hold_together(one: WeeklyHours, other: WeeklyHours) -> bool:
    """Whether there may be a day on which both hold."""
    return (
        one.weekday == other.weekday
        and (one.valid_from or date.min) <= (other.valid_until or date.max)
        and (other.valid_from or date.min) <= (one.valid_until or date.max)
    )


def _overlap(one: WeeklyHours, other: WeeklyHours) -> bool:
    return _minute(one.opens) < _end(other) and _minute(other.opens) < _end(one)


def _minutes(hours: WeeklyHours) -> int:
    return _end(hours) - _minute(hours.opens)


def _end(hours: WeeklyHours) -> int:
    return _minute(hours.closes) or _DAY_MINUTES


def _minute(wall: time) -> int:
    return wall.hour * 60 + wall.minute


def _said(wall: time) -> str:
    return f"{wall.hour}:{wall.minute:02d}"
