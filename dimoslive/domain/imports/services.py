"""A file of services, with their weekly hours and the number of their desks."""

import re
from dataclasses import dataclass
from datetime import time

from dimoslive.domain.errors import InvalidDetails, InvalidInput
from dimoslive.domain.folding import folded
from dimoslive.domain.imports.cells import CellReader, clock, https_address, whole_number
from dimoslive.domain.imports.places import KnownPlaces
from dimoslive.domain.imports.rows import Column, Row
from dimoslive.domain.imports.weekdays import parse_modes, parse_weekdays
from dimoslive.domain.scheduling.mode import Mode
from dimoslive.domain.scheduling.opening_hours import WeeklyHours

COLUMNS = (
    Column("department", ("τμήμα", "department"), is_required=True),
    Column("name_el", ("όνομα", "name_el"), is_required=True),
    Column("name_en", ("name_en",)),
    Column("slug", ("slug",)),
    Column("modes", ("τρόποι", "modes")),
    Column("duration", ("διάρκεια", "duration")),
    Column("step", ("βήμα", "step")),
    Column("weekdays", ("ημέρες", "weekdays")),
    Column("opens", ("από", "opens")),
    Column("closes", ("έως", "closes")),
    Column("desks", ("θέσεις", "desks")),
    Column("documents_el", ("δικαιολογητικά", "documents_el")),
    Column("documents_en", ("documents_en",)),
    Column("online_url", ("online_url",)),
)
MIN_NAME, MAX_NAME = 2, 120
MAX_DOCUMENTS = 2_000
MAX_DESKS = 20


@dataclass(frozen=True, slots=True)
class ServiceLine:
    """One service. None is an empty cell: it leaves what is there, and for a new service the usual stands."""

    department_id: int
    name_el: str
    name_en: str | None = None
    slug: str | None = None
    modes: frozenset[Mode] | None = None
    duration_minutes: int | None = None
    step_minutes: int | None = None
    hours: frozenset[WeeklyHours] | None = None
    desks: int | None = None
    documents_el: str | None = None
    documents_en: str | None = None
    online_url: str | None = None

    @property
    def key(self) -> str:
        """By what two lines are seen to be of one service."""
        return self.slug or f"{self.department_id} {folded(self.name_el)}"


def parse_service(row: Row, places: KnownPlaces) -> ServiceLine:
    """The line if every cell is right; raises `InvalidDetails` with all problems of the row."""
    cells = CellReader(row)
    department_id = cells.read("department", places.department, is_required=True)
    name_el = cells.line("name_el", min_length=MIN_NAME, max_length=MAX_NAME, is_required=True)
    duration_minutes = cells.read("duration", whole_number(5, 240, 5))
    line = ServiceLine(
        department_id=department_id or 0,
        name_el=name_el or "",
        name_en=cells.line("name_en", min_length=MIN_NAME, max_length=MAX_NAME),
        slug=cells.read("slug", _slug),
        modes=cells.read("modes", parse_modes),
        duration_minutes=duration_minutes,
        step_minutes=cells.read("step", whole_number(5, 240, 5)),
        hours=_hours(cells, duration_minutes),
        desks=cells.read("desks", whole_number(1, MAX_DESKS)),
        documents_el=cells.text("documents_el", max_length=MAX_DOCUMENTS),
        documents_en=cells.text("documents_en", max_length=MAX_DOCUMENTS),
        online_url=cells.read("online_url", https_address),
    )
    if cells.problems:
        raise InvalidDetails(tuple(cells.problems))
    return line


def check_hours(opens: time, closes: time, duration_minutes: int | None) -> None:
    """Raises `InvalidInput` if nobody could be served between these times; ``closes`` 00:00 is midnight."""
    length = _minutes(closes) - _minutes(opens) + (24 * 60 if closes == time() else 0)
    if length <= 0:
        raise InvalidInput("closes", "closes_before_it_opens", opens=f"{opens:%H:%M}", closes=f"{closes:%H:%M}")
    if duration_minutes and length < duration_minutes:
        raise InvalidInput("closes", "open_shorter_than_duration", minutes=length, duration=duration_minutes)


def _hours(cells: CellReader, duration_minutes: int | None) -> frozenset[WeeklyHours] | None:
    """Days and both times, or none of the three."""
    known = len(cells.problems)
    days = cells.read("weekdays", parse_weekdays)
    opens, closes = cells.read("opens", clock), cells.read("closes", clock)
    if len(cells.problems) > known or (days is None and opens is None and closes is None):
        return None
    if days is None or opens is None or closes is None:
        empty = "weekdays" if days is None else "opens" if opens is None else "closes"
        cells.problems.append(InvalidInput(empty, "hours_incomplete"))
        return None
    try:
        check_hours(opens, closes, duration_minutes)
    except InvalidInput as problem:
        cells.problems.append(problem)
    return frozenset(WeeklyHours(day, opens, closes) for day in days)


def _slug(cell: str) -> str:
    slug = cell.strip().lower()
    if not re.fullmatch("[a-z0-9-]{2,80}", slug):
        raise InvalidInput("slug", "invalid_slug")
    return slug


def _minutes(wall: time) -> int:
    return wall.hour * 60 + wall.minute
