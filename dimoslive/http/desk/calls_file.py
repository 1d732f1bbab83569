"""The calls as a file. Posted from their page, because each file is logged."""

import asyncio
from collections.abc import Iterable
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import Response

from dimoslive.context import AppContext
from dimoslive.domain.desk.calls import Call
from dimoslive.domain.desk.typed_ids import read_id
from dimoslive.domain.people.permissions import Permission
from dimoslive.domain.people.personal_data import PhoneNumber
from dimoslive.domain.people.principals import Official
from dimoslive.domain.scheduling.local_time import local_day, to_local
from dimoslive.http.dependencies import ContextDep, for_official
from dimoslive.http.same_origin import is_from_our_page
from dimoslive.i18n import Texts, texts_of
from dimoslive.i18n.call_words import what_to_say
from dimoslive.integrations.files.csv_file import MEDIA_TYPE, write_csv
from dimoslive.integrations.files.table import Cell, Table
from dimoslive.services.desk.export_calls import export_calls
from dimoslive.services.desk.find_workplace import find_workplace
from dimoslive.urls import CALLS_FILE

router = APIRouter(include_in_schema=False)
COLUMNS = ("date", "time", "name", "phone", "service", "say", "attempts", "status")
_FIELDS = ("m", "department", "mine", "language")
_MAX_FIELD_LENGTH = 80


@router.post(CALLS_FILE)
async def calls_file(
    request: Request, context: ContextDep, principal: Annotated[Official, for_official(Permission.EXPORT_BOOKINGS)]
) -> Response:
    """The calls that the page shows, and those that it has no room for."""
    if not is_from_our_page(request, context):
        raise HTTPException(403)
    form = await request.form(max_files=0, max_fields=30)
    fields = {name: str(form.get(name, ""))[:_MAX_FIELD_LENGTH] for name in _FIELDS}
    return await asyncio.to_thread(_answer, context, principal, fields)


def _answer(context: AppContext, official: Official, fields: dict[str, str]) -> Response:
    place = find_workplace(context, official, fields["m"], Permission.EXPORT_BOOKINGS)
    department_id, mine = read_id(fields["department"]), bool(fields["mine"])
    calls = export_calls(context, official, place, department_id=department_id, mine=mine)
    content = write_csv(calls_table(calls, place.zone, texts_of(fields["language"])))
    name = f"{place.slug}-calls-{local_day(context.clock.now(), place.zone).isoformat()}.csv"
    headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(name)}", "Cache-Control": "no-store"}
    return Response(content, media_type=MEDIA_TYPE, headers=headers)


def calls_table(calls: Iterable[Call], zone: str, t: Texts) -> Table:
    """A line a call; day and time are those of the booking."""
    heads = [t(f"calls_file.column.{column}") for column in COLUMNS]
    return Table(t("calls.title"), t.language, heads, [_row(call, zone, t) for call in calls])


def _row(call: Call, zone: str, t: Texts) -> list[Cell]:
    line = call.booking
    starts_at = to_local(line.period.starts_at, zone)
    return [
        starts_at.date(),
        starts_at.time(),
        line.person.listed,
        PhoneNumber(line.phone).shown if line.phone else "",
        line.service_name[t.language],
        what_to_say(call, zone, t),
        call.attempts,
        t("calls_file.done" if call.done_at else "calls_file.to_make"),
    ]
