"""The closures of a municipality, as a file."""

import asyncio
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import Response

from dimoslive.context import AppContext
from dimoslive.domain.people.permissions import Permission
from dimoslive.domain.people.principals import Official
from dimoslive.domain.scheduling.local_time import local_day, to_local
from dimoslive.http.dependencies import ContextDep, for_official
from dimoslive.http.same_origin import is_from_our_page
from dimoslive.i18n import LANGUAGES, Texts, texts_of
from dimoslive.integrations.files import csv_file
from dimoslive.integrations.files.table import Cell, Table
from dimoslive.services.desk.find_workplace import find_workplace
from dimoslive.services.settings.closures.export_closures import export_closures
from dimoslive.services.settings.closures.list_closures import Closures, ListedClosure
from dimoslive.urls import CLOSURES_FILE

router = APIRouter(include_in_schema=False)
COLUMNS = ("department", "from_day", "from_time", "to_day", "to_time", "reason_el", "reason_en", "state")
_MAX_FIELD_LENGTH = 80


@router.post(CLOSURES_FILE)
async def closures_file(
    request: Request,
    context: ContextDep,
    principal: Annotated[Official, for_official(Permission.CLOSE_DEPARTMENT)],
) -> Response:
    """Those that the page lists, and those that are over."""
    if not is_from_our_page(request, context):
        raise HTTPException(403)
    form = await request.form(max_files=0, max_fields=5)
    slug, language = (str(form.get(name, ""))[:_MAX_FIELD_LENGTH] for name in ("m", "language"))
    return await asyncio.to_thread(_answer, context, principal, slug, language)


def _answer(context: AppContext, official: Official, slug: str, language: str) -> Response:
    place = find_workplace(context, official, slug, Permission.CLOSE_DEPARTMENT)
    t = texts_of(language if language in LANGUAGES else LANGUAGES[0])
    content = csv_file.write_csv(closures_table(export_closures(context, official, place.municipality_id), t))
    name = f"{place.slug}-{t('closures.file')}-{local_day(context.clock.now(), place.zone).isoformat()}.csv"
    headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(name)}", "Cache-Control": "no-store"}
    return Response(content, media_type=csv_file.MEDIA_TYPE, headers=headers)


def closures_table(found: Closures, t: Texts) -> Table:
    """A closure a row."""
    heads = [t(f"closures.column.{column}") for column in COLUMNS]
    return Table(t("settings.nav.closures"), t.language, heads, [_row(line, found.zone, t) for line in found.lines])


def _row(line: ListedClosure, zone: str, t: Texts) -> list[Cell]:
    starts, ends = (to_local(at, zone) for at in (line.period.starts_at, line.period.ends_at))
    state = "over" if line.is_over else "active" if line.is_active else "suggested"
    return [
        line.department[t.language] if line.department else t("closures.everywhere"),
        starts.date(),
        starts.time(),
        ends.date(),
        ends.time(),
        line.reason["el"],
        line.reason["en"],
        t(f"closures.state.{state}"),
    ]
