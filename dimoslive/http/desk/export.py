"""Bookings as a file. Posted from the page of the export, because each file is logged."""

import asyncio
from collections.abc import Mapping
from datetime import date
from typing import Annotated
from urllib.parse import quote, urlencode

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import RedirectResponse, Response

from dimoslive.context import AppContext
from dimoslive.domain.booking.statuses import BookingStatus
from dimoslive.domain.desk.typed_days import read_typed_day
from dimoslive.domain.desk.typed_ids import read_id
from dimoslive.domain.errors import InvalidInput, TooManyRows
from dimoslive.domain.people.permissions import Permission
from dimoslive.domain.people.principals import Official
from dimoslive.domain.scheduling.mode import Mode
from dimoslive.http.dependencies import ContextDep, for_official
from dimoslive.http.desk.booking_table import booking_table
from dimoslive.http.same_origin import is_from_our_page
from dimoslive.i18n import LANGUAGES, texts_of
from dimoslive.integrations.files import csv_file, xlsx_file
from dimoslive.services.desk.export_bookings import ExportWish, export_bookings
from dimoslive.services.desk.find_workplace import find_workplace
from dimoslive.urls import EXPORT_FILE, desk_list_path

router = APIRouter(include_in_schema=False)
FIELDS = ("m", "from", "until", "department", "service", "desk", "mode", "status")
"""Of the form and of its page's address alike."""
_MAX_FIELD_LENGTH = 80
_WRITERS = {"csv": (csv_file.write_csv, csv_file.MEDIA_TYPE), "xlsx": (xlsx_file.write_xlsx, xlsx_file.MEDIA_TYPE)}

Fields = Mapping[str, str]


@router.post(EXPORT_FILE)
async def export(
    request: Request, context: ContextDep, principal: Annotated[Official, for_official(Permission.EXPORT_OWN_DAY)]
) -> Response:
    """The file, or the page again with what is wrong."""
    if not is_from_our_page(request, context):
        raise HTTPException(403)
    form = await request.form(max_files=0, max_fields=30)
    fields = {name: str(form.get(name, ""))[:_MAX_FIELD_LENGTH] for name in (*FIELDS, "format", "language")}
    return await asyncio.to_thread(_answer, context, principal, fields)


def _answer(context: AppContext, official: Official, fields: Fields) -> Response:
    file_format = fields["format"] if fields["format"] in _WRITERS else "csv"
    first, last = read_typed_day(fields["from"]), read_typed_day(fields["until"])
    if first is None or last is None:
        return _back(fields, problem="not_a_date", field="until" if first else "from")
    place = find_workplace(context, official, fields["m"], Permission.EXPORT_OWN_DAY)
    try:
        lines = export_bookings(context, official, place, _wish(fields, first, last), file_format)
    except InvalidInput as refusal:
        return _back(fields, problem=refusal.code, field=refusal.field)
    except TooManyRows as refusal:
        return _back(fields, problem=refusal.code, found=str(refusal.params["found"]))
    write, media_type = _WRITERS[file_format]
    content = write(booking_table(lines, place.zone, texts_of(fields["language"])))
    name = f"{place.slug}-{first.isoformat()}" + (f"-{last.isoformat()}" if last != first else "") + f".{file_format}"
    headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(name)}", "Cache-Control": "no-store"}
    return Response(content, media_type=media_type, headers=headers)


def _wish(fields: Fields, first: date, last: date) -> ExportWish:
    """A mode or status that there is not narrows nothing."""
    return ExportWish(
        first=first,
        last=last,
        department_id=read_id(fields["department"]),
        service_id=read_id(fields["service"]),
        desk_id=read_id(fields["desk"]),
        mode=Mode(fields["mode"]) if fields["mode"] in set(Mode) else None,
        status=BookingStatus(fields["status"]) if fields["status"] in set(BookingStatus) else None,
    )


def _back(fields: Fields, **problem: str) -> RedirectResponse:
    """To the page as it was filled in, with what is wrong."""
    language = fields["language"] if fields["language"] in LANGUAGES else LANGUAGES[0]
    query = urlencode({name: fields[name] for name in FIELDS if fields[name]} | problem)
    return RedirectResponse(f"{desk_list_path('export', language)}?{query}", 303, headers={"Cache-Control": "no-store"})
