"""What the pages of an import show of a file."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from dimoslive.domain.imports.officials import OfficialLine
from dimoslive.domain.imports.places import KnownPlaces
from dimoslive.domain.imports.services import ServiceLine
from dimoslive.domain.imports.verdicts import Judged, Verdict
from dimoslive.domain.people.principals import StaffRole
from dimoslive.domain.scheduling.mode import Mode
from dimoslive.domain.scheduling.opening_hours import WeeklyHours
from dimoslive.i18n import LANGUAGES, Texts
from dimoslive.i18n.dates import wall_clock, weekday_name
from dimoslive.i18n.refusals import say
from dimoslive.services.imports.open_file import FileRead

TAG_CLASSES = {
    Verdict.NEW: "tag is-served",
    Verdict.CHANGE: "tag is-booked",
    Verdict.SAME: "tag is-off",
    Verdict.WRONG: "tag is-noshow",
}


@dataclass(frozen=True)
class CellView:
    """A cell under its heading."""

    head: str
    text: str


@dataclass(frozen=True)
class ReadRow:
    """One of the first rows of a file."""

    cells: list[CellView]


@dataclass(frozen=True)
class Remark:
    """At a column: what is wrong there, or what changes; ``was`` is empty where nothing was."""

    column: str
    was: str
    text: str


@dataclass(frozen=True)
class JudgedRow:
    """A row with its verdict in words."""

    number: str
    verdict: str
    tag_class: str
    title: str
    subtitle: str
    remarks: list[Remark]
    is_wrong: bool


@dataclass(frozen=True)
class VerdictLink:
    """How many rows have a verdict, and the way to these alone."""

    text: str
    query: str
    is_current: bool


def show_first_rows(file: FileRead, t: Texts) -> list[ReadRow]:
    """The rows, each cell with its column's name."""
    heads = [t(f"imports.column.{column}") for column in file.columns]
    return [ReadRow([CellView(head, text) for head, text in zip(heads, row, strict=True)]) for row in file.first_rows]


def show_row(one: Judged[OfficialLine] | Judged[ServiceLine], places: KnownPlaces, t: Texts) -> JudgedRow:
    """The row: what is wrong with it, else what it says."""
    return JudgedRow(
        number=str(one.row.number),
        verdict=t(f"imports.verdict.{one.verdict}"),
        tag_class=TAG_CLASSES[one.verdict],
        title=_title(one),
        subtitle=one.row.cells.get("department", ""),
        remarks=_problems(one, t) if one.problems else _changes(one, places, t),
        is_wrong=one.verdict is Verdict.WRONG,
    )


def _title(one: Judged[OfficialLine] | Judged[ServiceLine]) -> str:
    """Whom or what the row is about, as it stands in the file."""
    names = [one.row.cells.get(name, "").strip() for name in ("last_name", "first_name", "name_el")]
    return " ".join(filter(None, names)) or "–"


def _problems(one: Judged[OfficialLine] | Judged[ServiceLine], t: Texts) -> list[Remark]:
    return [
        Remark(t(f"imports.column.{problem.field}"), one.row.cells.get(problem.field, "").strip(), say(problem, t))
        for problem in one.problems
    ]


def _changes(one: Judged[OfficialLine] | Judged[ServiceLine], places: KnownPlaces, t: Texts) -> list[Remark]:
    if one.line is None or one.stands is None:
        return []
    return [
        Remark(
            t(f"imports.column.{name}"),
            _told(name, getattr(one.stands.values, name), places, t),
            _told(name, getattr(one.line, name), places, t),
        )
        for name in one.changes
    ]


def _told(name: str, value: object, places: KnownPlaces, t: Texts) -> str:
    """A value in words; of an AFM only that there is one."""
    if name == "afm":
        return t("imports.afm_entered") if value else ""
    if isinstance(value, StaffRole):
        return t(f"staff.role.{value}")
    if isinstance(value, frozenset):
        return ", ".join(_listed(name, value, places, t))
    if name == "department_id" and isinstance(value, int):
        return _named(places.departments.get(value, ()), t)
    return str(getattr(value, "text", value) if value is not None else "")


def _listed(name: str, values: frozenset[Any], places: KnownPlaces, t: Texts) -> list[str]:
    if name == "hours":
        return list(_hours(sorted(values, key=lambda one: (one.weekday, one.opens)), t))
    if name == "modes":
        return [t(f"mode.{mode}") for mode in Mode if mode in values]
    if name == "desk_ids":
        desks = (places.desks[id_] for id_ in sorted(values & places.desks.keys()))
        return [_named(desk.names, t) for desk in desks]
    return [_named(places.departments[id_], t) for id_ in sorted(values & places.departments.keys())]


def _hours(hours: Iterable[WeeklyHours], t: Texts) -> Iterable[str]:
    for one in hours:
        times = f"{wall_clock(one.opens, t.language)} – {wall_clock(one.closes, t.language)}"
        yield f"{weekday_name(one.weekday, t.language)} {times}"


def _named(names: tuple[str, ...], t: Texts) -> str:
    place = LANGUAGES.index(t.language)
    return (names[place] or names[0]) if len(names) > place else "".join(names[:1])
