"""Hours in words: rows of the list, the picture that follows them, and what they are worth."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import time, timedelta

from dimoslive.domain.scheduling.edited_hours import LONG, Capacity, HoursWarning, Warned
from dimoslive.domain.scheduling.mode import Mode
from dimoslive.domain.scheduling.opening_hours import DatedHours, WeeklyHours
from dimoslive.domain.settings.hours import TypedInterval, read_interval, wall_text
from dimoslive.i18n import Texts
from dimoslive.i18n.dates import weekday_heads, weekday_name
from dimoslive.i18n.desk_dates import desk_date
from dimoslive.services.settings.hours.open_hours import ServiceHead
from dimoslive.services.settings.hours.weigh_hours import WeighedHours
from dimoslive.ui.staff.parts import Choice

_DAY_MINUTES = 24 * 60


@dataclass(frozen=True)
class RowView:
    """An interval; ``key`` is the end of the names of its controls."""

    key: str
    opens: str
    closes: str
    valid_from: str
    valid_until: str
    has_validity: bool
    """Whether the fields of its validity are shown."""
    validity: str
    opens_label: str
    closes_label: str
    from_label: str
    until_label: str
    remove_label: str
    validity_label: str
    opens_error: str
    closes_error: str
    validity_error: str
    warnings: list[str]


@dataclass(frozen=True)
class DayView:
    """A weekday of the list."""

    weekday: int
    name: str
    add_label: str
    copy_label: str
    rows: list[RowView]


@dataclass(frozen=True)
class SpanView:
    """A block of the picture: where it stands in its column, in percent, and what is written in it."""

    top: str
    height: str
    opens: str
    closes: str


@dataclass(frozen=True)
class ColumnView:
    """A day of the picture, as it is being written and as it is in force."""

    head: str
    spans: list[SpanView]
    was: list[SpanView]
    is_off: bool


@dataclass(frozen=True)
class HourMark:
    """An hour at the picture's side."""

    top: str
    text: str


@dataclass(frozen=True)
class Picture:
    """The week, drawn."""

    columns: list[ColumnView]
    marks: list[HourMark]
    is_wide: bool
    """Whether it shows all 24 hours."""


def show_days(weighed: WeighedHours, opened: Iterable[str], errors: Mapping[str, str], t: Texts) -> list[DayView]:
    """The seven days with their rows; ``opened`` are the rows whose validity is being changed."""
    open_keys = set(opened)
    days = []
    for weekday in range(7):
        name = weekday_name(weekday, t.language)
        rows = [
            row_view(one.row, name, errors, t, warnings=one.warnings, has_validity=one.row.key in open_keys)
            for one in weighed.rows
            if one.row.weekday == weekday
        ]
        days.append(DayView(weekday, name, t("hours.add_to", day=name), t("hours.copy_from", day=name), rows))
    return days


def row_view(  # what a row says, each by its name
    row: TypedInterval,
    name: str,
    errors: Mapping[str, str],
    t: Texts,
    *,
    warnings: Iterable[HoursWarning] = (),
    has_validity: bool = False,
) -> RowView:
    """A row of the list; ``name`` is its day."""
    validity_errors = [errors.get(f"{field}-{row.key}", "") for field in ("valid_from", "valid_until")]
    what = {"day": name, "opens": row.opens}
    return RowView(
        key=row.key,
        opens=row.opens,
        closes=row.closes,
        valid_from=row.valid_from,
        valid_until=row.valid_until,
        has_validity=has_validity or any(validity_errors),
        validity=validity(row, t),
        opens_label=t("hours.opens", day=name),
        closes_label=t("hours.closes", day=name),
        from_label=t("hours.valid_from", **what),
        until_label=t("hours.valid_until", **what),
        remove_label=t("hours.remove", **what),
        validity_label=t("hours.change_validity", **what),
        opens_error=errors.get(f"opens-{row.key}", ""),
        closes_error=errors.get(f"closes-{row.key}", ""),
        validity_error=" ".join(one for one in validity_errors if one),
        warnings=[t.count(f"hours.warning.{one.what}", _number(one)) for one in warnings],
    )


def validity(row: TypedInterval, t: Texts) -> str:
    """«ισχύει 1/12/2026–26/2/2027»; empty where it always holds."""
    match row.valid_from.strip(), row.valid_until.strip():
        case "", "":
            return ""
        case first, "":
            return t("hours.valid.from", first=first)
        case "", last:
            return t("hours.valid.until", last=last)
        case first, last:
            return t("hours.valid.between", first=first, last=last)
    return ""


def as_typed(hours: WeeklyHours, key: str) -> TypedInterval:
    """Hours as a person would have typed them."""
    dates = (desk_date(one) if one else "" for one in (hours.valid_from, hours.valid_until))
    return TypedInterval(key, hours.weekday, wall_text(hours.opens), wall_text(hours.closes), *dates)


def in_words(hours: Iterable[WeeklyHours | DatedHours], t: Texts) -> str:
    """«8:30–13:00, 16:00–19:00», or that it is closed."""
    spans = [
        f"{wall_text(one.opens)}–{wall_text(one.closes)}"
        for one in hours
        if one.opens is not None and one.closes is not None
    ]
    return ", ".join(spans) or t("hours.closed")


def capacity_words(capacity: Capacity, t: Texts) -> str:
    """«38 θέσεις την εβδομάδα, 8 την ώρα στο μέγιστο»."""
    return t.count("hours.capacity", capacity.places, most=capacity.most_an_hour)


def lead(head: ServiceHead, t: Texts) -> str:
    """«10 λεπτά κάθε 30, 2 θέσεις»."""
    return t.count("hours.lead", head.desks, duration=head.duration_minutes, step=head.step_minutes)


def mode_choices(head: ServiceHead, t: Texts) -> list[Choice]:
    """The ways to be served that can be asked about: those of the service first."""
    ordered = sorted(Mode, key=lambda mode: mode not in head.modes)
    return [Choice(mode.value, t(f"mode.{mode}")) for mode in ordered]


def picture(draft: Sequence[TypedInterval], was: Sequence[WeeklyHours], t: Texts) -> Picture:
    """From 6:00 to 22:00, or all of the day where something lies outside of that."""
    hours = [found for row in draft if (found := read_interval(row))]
    minutes = [edge for one in [*hours, *was] for edge in _edges(one)]
    is_wide = any(edge < 6 * 60 or edge > 22 * 60 for edge in minutes)
    first, last = (0, _DAY_MINUTES) if is_wide else (6 * 60, 22 * 60)
    columns = []
    for weekday, head in enumerate(weekday_heads(t.language)):
        spans, before = (
            [_span(one, first, last) for one in found if one.weekday == weekday and _is_span(one)]
            for found in (hours, was)
        )
        columns.append(ColumnView(head, spans, [one for one in before if one not in spans], not spans and not before))
    every = 4 if is_wide else 2
    marks = [
        HourMark(_percent(hour * 60 - first, last - first), wall_text(time(hour)))
        for hour in range(first // 60 + every, last // 60, every)
    ]
    return Picture(columns, marks, is_wide)


def _span(hours: WeeklyHours, first: int, last: int) -> SpanView:
    opens, closes = _edges(hours)
    return SpanView(
        _percent(opens - first, last - first),
        _percent(closes - opens, last - first),
        wall_text(hours.opens),
        wall_text(hours.closes),
    )


def _is_span(hours: WeeklyHours) -> bool:
    opens, closes = _edges(hours)
    return closes > opens


def _edges(hours: WeeklyHours) -> tuple[int, int]:
    opens, closes = (wall.hour * 60 + wall.minute for wall in (hours.opens, hours.closes))
    return opens, closes or _DAY_MINUTES


def _percent(part: int, whole: int) -> str:
    return f"{100 * part / whole:.2f}%"


def _number(warning: HoursWarning) -> int:
    """The minutes that are left over; of an interval that is long, the hours from which on it is so."""
    return warning.minutes if warning.what is Warned.LEFTOVER else LONG // timedelta(hours=1)
