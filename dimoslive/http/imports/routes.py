"""A file to be imported is posted from our page; its report, and a file to begin with, are fetched from there."""

import asyncio
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, HTTPException, Query, Request
from fastapi.responses import RedirectResponse, Response
from starlette.datastructures import UploadFile

from dimoslive.domain.errors import InvalidInput, NotFound
from dimoslive.domain.imports.kinds import ImportKind
from dimoslive.domain.people.permissions import Permission
from dimoslive.domain.people.principals import Official
from dimoslive.http.dependencies import ContextDep, for_anyone, for_official
from dimoslive.http.imports.tables import report_table, template_table
from dimoslive.http.same_origin import is_from_our_page
from dimoslive.i18n import LANGUAGES, texts_of
from dimoslive.integrations.files import csv_file
from dimoslive.integrations.files.table import Table
from dimoslive.services.desk.find_workplace import find_workplace
from dimoslive.services.imports.judge_file import judge_file
from dimoslive.services.imports.keep_file import keep_file
from dimoslive.urls import IMPORT_FILE, IMPORT_REPORT, IMPORT_TEMPLATE, import_path

router = APIRouter(include_in_schema=False)
_MAX_FIELD_LENGTH = 80
Importer = Annotated[Official, for_official(Permission.IMPORT_SERVICES)]
Word = Annotated[str, Query(max_length=_MAX_FIELD_LENGTH)]


@router.post(IMPORT_FILE)
async def send_file(request: Request, context: ContextDep, principal: Importer) -> Response:
    """Keep the file and show how it is understood; or the page again with what is wrong.

    Its bytes are bounded by the middleware, before they are read.
    """
    if not is_from_our_page(request, context):
        raise HTTPException(403)
    async with request.form(max_files=1, max_fields=10) as form:
        fields = {name: _field(form.get(name)) for name in ("m", "kind", "language")}
        sent = form.get("file")
        name, content = (sent.filename or "", await sent.read()) if isinstance(sent, UploadFile) else ("", b"")
    kind = _kind(fields["kind"])
    place = await asyncio.to_thread(find_workplace, context, principal, fields["m"], Permission.IMPORT_SERVICES)
    try:
        draft_id = await asyncio.to_thread(
            keep_file, context, principal, place, kind=kind, file_name=name, content=content
        )
    except InvalidInput as problem:
        return _to_page(fields["language"], m=place.slug, kind=kind.value, problem=problem.code)
    return _to_page(fields["language"], m=place.slug, draft=str(draft_id))


@router.get(IMPORT_REPORT)
def report(
    context: ContextDep, principal: Importer, m: Word, draft: Annotated[int, Query(ge=1, lt=2**31)], language: Word = ""
) -> Response:
    """Every row with its verdict."""
    place = find_workplace(context, principal, m, Permission.IMPORT_SERVICES)
    table = report_table(judge_file(context, principal, place, draft), texts_of(language))
    return _file(table, f"{place.slug}-import-report.csv")


@router.get(IMPORT_TEMPLATE, dependencies=[for_anyone(Permission.VIEW_PUBLIC)])
def template(kind: Word, language: Word = "") -> Response:
    """A file that has the headings alone, to be filled in."""
    return _file(template_table(_kind(kind), texts_of(language)), f"{kind}.csv")


def _field(value: UploadFile | str | None) -> str:
    return value[:_MAX_FIELD_LENGTH] if isinstance(value, str) else ""


def _kind(word: str) -> ImportKind:
    if word not in set(ImportKind):
        raise NotFound()
    return ImportKind(word)


def _file(table: Table, name: str) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return Response(csv_file.write_csv(table), media_type=csv_file.MEDIA_TYPE, headers=headers)


def _to_page(language: str, **query: str) -> RedirectResponse:
    known = language if language in LANGUAGES else LANGUAGES[0]
    headers = {"Cache-Control": "no-store"}
    return RedirectResponse(f"{import_path(known)}?{urlencode(query)}", 303, headers=headers)
