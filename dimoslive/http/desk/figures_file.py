"""A figure as a file: the numbers of its table. It names nobody, so it is got by a link and not logged."""

from datetime import date
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Request
from fastapi.responses import Response

from dimoslive.domain.figures.asked import WORDS, Per, read_asked
from dimoslive.domain.figures.figure import Figure, Head, Unit
from dimoslive.domain.people.permissions import Permission
from dimoslive.domain.people.principals import Official
from dimoslive.domain.scheduling.local_time import local_day
from dimoslive.http.dependencies import ContextDep, for_official
from dimoslive.i18n import LANGUAGES, Texts, texts_of
from dimoslive.i18n.figure_words import column_text, corner_text, head_text
from dimoslive.integrations.files.csv_file import MEDIA_TYPE, write_csv
from dimoslive.integrations.files.table import Cell, Table
from dimoslive.services.desk.find_workplace import find_workplace
from dimoslive.services.figures.show_figure import show_figure
from dimoslive.urls import FIGURES_FILE

router = APIRouter(include_in_schema=False)
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
    figure = show_figure(context, principal, place, words["figure"], asked)
    content = write_csv(figure_table(figure, words["figure"], t))
    name = f"{place.slug}-{words['figure']}-{asked.span.first.isoformat()}-{asked.span.last.isoformat()}.csv"
    headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(name)}", "Cache-Control": "no-store"}
    return Response(content, media_type=MEDIA_TYPE, headers=headers)


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
