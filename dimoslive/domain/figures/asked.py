"""What figures are asked for: the days, how they are put together, and what narrows them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

from dimoslive.domain.booking.booking import BookingSource
from dimoslive.domain.desk.typed_days import read_typed_day
from dimoslive.domain.desk.typed_ids import read_id
from dimoslive.domain.desk.week import monday_of
from dimoslive.domain.errors import InvalidInput
from dimoslive.domain.scheduling.mode import Mode

MAX_DAYS = 400
USUAL_DAYS = 30
WORDS = ("from", "until", "per", "department", "service", "mode", "desk", "source")
"""Under these names an address, and the form of the page, say what is asked for."""
_DAY = timedelta(days=1)
_EARLIEST = date(2000, 1, 1)
"""Long before any booking: of other days there is nothing to tell, and the calendar has an end."""
_DAYS_BY_DAY, _DAYS_BY_WEEK = 14, 190
"""Up to so many days are told day by day, or week by week, where nothing else is asked for."""


class Per(StrEnum):
    """How days are put together."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"

    def of(self, day: date) -> date:
        """The first day of the day's own, its week or its month."""
        match self:
            case Per.DAY:
                return day
            case Per.WEEK:
                return monday_of(day)
        return day.replace(day=1)


@dataclass(frozen=True, slots=True)
class Span:
    """Local days of a municipality, the last one included."""

    first: date
    last: date

    @property
    def days(self) -> int:
        """How many."""
        return (self.last - self.first).days + 1

    @property
    def before(self) -> "Span":
        """As many days just before it."""
        return Span(self.first - timedelta(days=self.days), self.first - _DAY)

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last

    def __iter__(self) -> Iterator[date]:
        return (self.first + timedelta(days=number) for number in range(self.days))

    def steps(self, per: Per) -> list[date]:
        """The days, weeks or months of it, each by its first day; the first may begin before the span."""
        return list(dict.fromkeys(per.of(day) for day in self))

    def heads(self, per: Per) -> tuple[date, ...]:
        """The same, each by its first day within the span."""
        return tuple(max(step, self.first) for step in self.steps(per))


@dataclass(frozen=True, slots=True)
class Narrowing:
    """Of what alone; what is None does not narrow."""

    department_id: int | None = None
    service_id: int | None = None
    mode: Mode | None = None
    desk_id: int | None = None
    source: BookingSource | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """What a figure is asked for."""

    span: Span
    per: Per
    only: Narrowing = field(default_factory=Narrowing)


def read_asked(words: Mapping[str, str], today: date) -> Asked:
    """What the words of an address or a form ask for, by `WORDS`; the last 30 days where they name none.

    Raises `InvalidInput` at ``from`` or ``until``. What else is no word of ours narrows nothing.
    """
    span = _read_span(words.get("from", "").strip(), words.get("until", "").strip(), today)
    per, mode, source = (words.get(name, "") for name in ("per", "mode", "source"))
    return Asked(
        span,
        Per(per) if per in set(Per) else _usual(span),
        Narrowing(
            department_id=read_id(words.get("department", "")),
            service_id=read_id(words.get("service", "")),
            mode=Mode(mode) if mode in set(Mode) else None,
            desk_id=read_id(words.get("desk", "")),
            source=BookingSource(source) if source in set(BookingSource) else None,
        ),
    )


def _read_span(first_text: str, last_text: str, today: date) -> Span:
    last = _read_day("until", last_text, today) if last_text else today
    usual = last - timedelta(days=USUAL_DAYS - 1)
    first = _read_day("from", first_text, today) if first_text else usual
    span = Span(first, last)
    if last < first:
        raise InvalidInput("until", "ends_before_start")
    if span.days > MAX_DAYS:
        raise InvalidInput("until", "too_many_days", limit=MAX_DAYS)
    return span


def _read_day(field_name: str, text: str, today: date) -> date:
    day = read_typed_day(text)
    if day is None or not _EARLIEST <= day <= today + timedelta(days=MAX_DAYS):
        raise InvalidInput(field_name, "not_a_date")
    return day


def _usual(span: Span) -> Per:
    if span.days <= _DAYS_BY_DAY:
        return Per.DAY
    return Per.WEEK if span.days <= _DAYS_BY_WEEK else Per.MONTH
