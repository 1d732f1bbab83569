"""A day's bookings laid out on sheets of A4: a desk begins a sheet, and each sheet has its head and foot."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import ceil

from dimoslive.domain.booking.booking import BY_MUNICIPALITY
from dimoslive.domain.booking.details import ServedPerson
from dimoslive.domain.booking.references import show_reference
from dimoslive.domain.desk.booking_line import BookingLine
from dimoslive.domain.people.personal_data import PhoneNumber
from dimoslive.i18n import Texts
from dimoslive.i18n.dates import desk_clock
from dimoslive.i18n.desk_dates import desk_hours
from dimoslive.services.desk.print_day import PrintedDay, PrintedDesk, PrintWish

# All in millimetres, and rather too much: a sheet that runs over would put its foot on one of its own.
_SHEET_HEIGHT = 222
_ROW_PADDING, _NAME_LINE, _SMALL_LINE = 4, 5, 4
_NAME_WIDTH, _SMALL_WIDTH, _NARROW_WIDTH = 30, 42, 12
"""In letters."""


@dataclass(frozen=True, slots=True, repr=False)
class Row:
    """A booking as it is printed. ``name`` is empty once the person is erased; ``help`` is as it was typed."""

    time: str
    name: str
    marks: str
    help: str
    service: str
    phone: str
    subject: str
    number: str
    mode: str
    status: str
    has_notes: bool

    @property
    def height(self) -> int:
        """About how much of the sheet it takes."""
        name = _lines(f"{self.name} {self.marks} {self.help}", _NAME_WIDTH) * _NAME_LINE
        small = sum(_lines(text, _SMALL_WIDTH) for text in (self.service, self.phone, self.subject) if text)
        beside = max(_lines(self.mode, _NARROW_WIDTH), _lines(self.status, _NARROW_WIDTH)) * _NAME_LINE
        return _ROW_PADDING + max(name + small * _SMALL_LINE, beside)


@dataclass(frozen=True, slots=True, repr=False)
class Sheet:
    """One page. ``summary`` says how many bookings the desk has, and when it is absent."""

    desk: str
    rows: tuple[Row, ...]
    summary: str
    number: int = 0


def sheets_of(day: PrintedDay, wish: PrintWish, zone: str, t: Texts) -> list[Sheet]:
    """The sheets of the desks that were chosen, numbered."""
    sheets = [sheet for desk in day.desks if desk.is_chosen for sheet in _of_desk(desk, wish, zone, t)]
    return [Sheet(one.desk, one.rows, one.summary, number) for number, one in enumerate(sheets, start=1)]


def _of_desk(desk: PrintedDesk, wish: PrintWish, zone: str, t: Texts) -> Iterator[Sheet]:
    absences = [t("print.absence", times=desk_hours(period, zone)) for period in desk.absences]
    summary = " · ".join([t.count("print.bookings", len(desk.lines)), *absences])
    for rows in _pages([_row(line, wish, zone, t) for line in desk.lines]):
        yield Sheet(desk.name[t.language], tuple(rows), summary)


def _pages(rows: Iterable[Row]) -> Iterator[Sequence[Row]]:
    """As many rows on each as surely fit; a desk without bookings has an empty one."""
    page: list[Row] = []
    used = 0
    for row in rows:
        if page and used + row.height > _SHEET_HEIGHT:
            yield page
            page, used = [], 0
        page.append(row)
        used += row.height
    yield page


def _row(line: BookingLine, wish: PrintWish, zone: str, t: Texts) -> Row:
    return Row(
        time=desk_clock(line.period.starts_at, zone),
        name="" if line.is_erased else line.person.listed,
        marks=", ".join(_marks(line, t)),
        help=" ".join(line.help_needed.split()),
        service=line.service_name[t.language],
        phone=PhoneNumber(line.phone).shown if wish.with_phones and line.phone else "",
        subject=" ".join(line.subject.split()) if wish.with_subjects else "",
        number=show_reference(line.reference),
        mode=t(f"mode.{line.mode}"),
        status=t(f"desk.status.{line.status}"),
        has_notes=line.notes > 0,
    )


def _marks(line: BookingLine, t: Texts) -> Iterator[str]:
    """Those of the day's list, in its order."""
    if line.served_person is ServedPerson.OTHER:
        yield t("day.mark.other")
    if line.served_person is ServedPerson.BUSINESS:
        yield t("day.mark.business")
    if line.is_over_capacity:
        yield t("day.mark.over_capacity")
    if line.is_outside_hours:
        yield t("day.mark.outside_hours")
    if line.source in BY_MUNICIPALITY:
        yield t("day.mark.from_staff")


def _lines(text: str, width: int) -> int:
    return max(1, ceil(len(text) / width))
