"""Bookings without an outcome, in words, by day."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from dimoslive.domain.booking.references import show_reference
from dimoslive.domain.desk.booking_line import BookingLine
from dimoslive.domain.scheduling.local_time import local_day
from dimoslive.i18n import Texts
from dimoslive.i18n.dates import day_of_month, desk_clock
from dimoslive.ui.staff.parts import STATUS_CLASSES
from dimoslive.urls import found_booking_path


@dataclass(frozen=True)
class UnrecordedRow:
    """A booking with its box."""

    reference: str
    reference_shown: str
    time: str
    name: str
    service: str
    mode: str
    desk: str
    status: str
    status_class: str
    href: str
    is_chosen: bool


@dataclass(frozen=True)
class UnrecordedDay:
    """A day; ``key`` names it in an event."""

    key: str
    title: str
    rows: list[UnrecordedRow]


def show_days(lines: Iterable[BookingLine], chosen: set[str], slug: str, zone: str, t: Texts) -> list[UnrecordedDay]:
    """In the order in which they come."""
    return [
        UnrecordedDay(
            key=day.isoformat(),
            title=day_of_month(day, t.language),
            rows=[_row(line, chosen, slug, zone, t) for line in of_day],
        )
        for day, of_day in groupby(lines, key=lambda line: local_day(line.period.starts_at, zone))
    ]


def _row(line: BookingLine, chosen: set[str], slug: str, zone: str, t: Texts) -> UnrecordedRow:
    return UnrecordedRow(
        reference=line.reference,
        reference_shown=show_reference(line.reference),
        time=desk_clock(line.period.starts_at, zone),
        name=t("day.erased_person") if line.is_erased else line.person.listed,
        service=line.service_name[t.language],
        mode=t(f"mode.{line.mode}"),
        desk=line.desk_name[t.language],
        status=t(f"desk.status.{line.status}"),
        status_class=STATUS_CLASSES[line.status],
        href=found_booking_path(line.reference, t.language, slug),
        is_chosen=line.reference in chosen,
    )
