"""A figure as a file: the numbers of its table; or all numbers in long form, a line for each day and desk.

Neither names anybody, so they are got by a link and not logged.
"""

from collections.abc import Iterable
from datetime import date
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Request
from fastapi.responses import Response

from dimoslive.domain.figures.asked import WORDS, Per, read_asked
from dimoslive.domain.figures.figure import Figure, Head, Unit
from dimoslive.domain.figures.percentiles import median, outer
from dimoslive.domain.people.permissions import Permission
from dimoslive.domain.people.principals import Official
from dimoslive.domain.scheduling.local_time import local_day
from dimoslive.http.dependencies import ContextDep, for_official
from dimoslive.i18n import LANGUAGES, Texts, texts_of
from dimoslive.i18n.figure_words import column_text, corner_text, head_text
from dimoslive.integrations.files.csv_file import MEDIA_TYPE, write_csv
from dimoslive.integrations.files.table import Cell, Table
from dimoslive.services.desk.find_workplace import find_workplace
from dimoslive.services.figures.list_days import DayLine, list_days
from dimoslive.services.figures.show_figure import show_figure
from dimoslive.urls import FIGURES_FILE

router = APIRouter(include_in_schema=False)
PLACE = ("day", "department", "service", "mode", "desk")
COUNTS = (
    "made", "due", "served", "not_served", "no_show", "unrecorded", "cancelled_by_citizen", "cancelled_by_municipality",
)  # fmt: skip
MINUTES = ("open_minutes", "booked_minutes")
MEASURES = ("waiting_median", "waiting_90", "service_median")
SEARCHES = ("searches", "searches_without_time")
_MAX_FIELD_LENGTH = 80


@router.get(FIGURES_FILE)
def figures_file(
    request: Request, context: ContextDep, principal: Annotated[Official, for_official(Permission.VIEW_FIGURES)]
) -> Response:
    """The figure that the address names, of the days and filters of its page."""
    words = {
        name: request.query_params.get(name, "")[:_MAX_FIELD_LENGTH] for name in (*WORDS, "m", "figure", "language")
    }
    place = find_workplace(context, principal, words["m"], Permission.VIEW_FIGURES)
    t = texts_of(words["language"] if words["language"] in LANGUAGES else LANGUAGES[0])
    asked = read_asked(words, local_day(context.clock.now(), place.zone))
    if words["figure"]:
        table = figure_table(show_figure(context, principal, place, words["figure"], asked), words["figure"], t)
    else:
        table = days_table(list_days(context, principal, place, asked), t)
    days = f"{asked.span.first.isoformat()}-{asked.span.last.isoformat()}"
    name = f"{place.slug}-{words['figure'] or 'figures'}-{days}.csv"
    headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(name)}", "Cache-Control": "no-store"}
    return Response(write_csv(table), media_type=MEDIA_TYPE, headers=headers)


def days_table(lines: Iterable[DayLine], t: Texts) -> Table:
    """Percentiles of too few are left empty; minutes of which nothing is known say so, and are not zero."""
    names = (*PLACE, *COUNTS, *MINUTES, *MEASURES, *SEARCHES)
    heads = [t(f"figures.file.{name}") for name in names]
    return Table(t("figures.title"), t.language, heads, [_line(line, t) for line in lines])


def _line(line: DayLine, t: Texts) -> list[Cell]:
    numbers = line.numbers
    return [
        line.day,
        line.department[t.language] if line.department else "",
        line.service[t.language] if line.service else "",
        t(f"mode.{line.mode}") if line.mode else "",
        line.desk[t.language] if line.desk else "",
        *(numbers.counts[name] for name in COUNTS),
        t("figures.file.unknown") if numbers.open_minutes is None else numbers.open_minutes,
        numbers.counts["booked_minutes"],
        median(numbers.waiting),
        outer(numbers.waiting, 90),
        median(numbers.service),
        *(numbers.counts[name] for name in SEARCHES),
    ]


def figure_table(figure: Figure, name: str, t: Texts) -> Table:
    """Its lines and columns; units stand in the heads, and a number of too few is left empty."""
    heads = [corner_text(figure, name, t)]
    heads += [
        column_text(column, name, t) + (" (%)" if column.unit is Unit.PERCENT else "") for column in figure.columns
    ]
    rows = [
        [_head(head, figure.per, t), *(column.cells[number] for column in figure.columns)]
        for number, head in enumerate(figure.heads)
    ]
    return Table(t(f"figures.{name}.title"), t.language, heads, rows)


def _head(head: Head, per: Per | None, t: Texts) -> Cell:
    return head if isinstance(head, date) and per is not Per.MONTH else head_text(head, per, t)
