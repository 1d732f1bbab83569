"""The history of how a municipality is set up, as a file."""

import asyncio
from collections.abc import Iterable, Mapping
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import RedirectResponse, Response

from dimoslive.context import AppContext
from dimoslive.domain.errors import InvalidInput, TooManyRows
from dimoslive.domain.people.permissions import Permission
from dimoslive.domain.people.principals import Official
from dimoslive.domain.scheduling.local_time import local_day, to_local
from dimoslive.domain.settings.history import HistoryEntry, ThingNames
from dimoslive.http.dependencies import ContextDep, for_official
from dimoslive.http.same_origin import is_from_our_page
from dimoslive.i18n import LANGUAGES, Texts, texts_of
from dimoslive.i18n.set_up_history import actor_word, changes_of, did, field_word, kind_word, role_word, value_word
from dimoslive.integrations.files import csv_file
from dimoslive.integrations.files.table import Cell, Table
from dimoslive.services.desk.find_workplace import find_workplace
from dimoslive.services.settings.history.list_history import export_history
from dimoslive.services.settings.history.read_wish import FIELDS, read_wish
from dimoslive.urls import HISTORY_FILE, settings_path

router = APIRouter(include_in_schema=False)
COLUMNS = ("date", "time", "who", "role", "what", "where", "before", "after", "reason")
_MAX_FIELD_LENGTH = 80


@router.post(HISTORY_FILE)
async def history_file(
    request: Request,
    context: ContextDep,
    principal: Annotated[Official, for_official(Permission.VIEW_SETTINGS_HISTORY)],
) -> Response:
    """The file, or the page again, which says what is wrong."""
    if not is_from_our_page(request, context):
        raise HTTPException(403)
    form = await request.form(max_files=0, max_fields=20)
    fields = {name: str(form.get(name, ""))[:_MAX_FIELD_LENGTH] for name in (*FIELDS, "m", "language")}
    return await asyncio.to_thread(_answer, context, principal, fields)


def _answer(context: AppContext, official: Official, fields: Mapping[str, str]) -> Response:
    place = find_workplace(context, official, fields["m"], Permission.VIEW_SETTINGS_HISTORY)
    language = fields["language"] if fields["language"] in LANGUAGES else LANGUAGES[0]
    asked = {name: fields[name] for name in FIELDS if fields[name]}
    try:
        entries, names = export_history(context, official, place, read_wish(fields))
    except InvalidInput:
        return _back(settings_path("history", place.slug, language, **asked))
    except TooManyRows as refusal:
        problem = {"problem": "too_many_rows", "found": str(refusal.params["found"])}
        return _back(settings_path("history", place.slug, language, **asked, **problem))
    t = texts_of(language)
    content = csv_file.write_csv(history_table(entries, names, place.zone, t))
    name = f"{place.slug}-{t('history.file')}-{local_day(context.clock.now(), place.zone).isoformat()}.csv"
    headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(name)}", "Cache-Control": "no-store"}
    return Response(content, media_type=csv_file.MEDIA_TYPE, headers=headers)


def history_table(entries: Iterable[HistoryEntry], names: ThingNames, zone: str, t: Texts) -> Table:
    """A line of the history a row."""
    heads = [t(f"history.column.{column}") for column in COLUMNS]
    return Table(t("settings.nav.history"), t.language, heads, [_row(entry, names, zone, t) for entry in entries])


def _row(entry: HistoryEntry, names: ThingNames, zone: str, t: Texts) -> list[Cell]:
    at = to_local(entry.line.at, zone)
    changes = changes_of(entry)

    def told(values: Iterable[tuple[str, object]]) -> str:
        return "; ".join(
            f"{field_word(entry, field, t)}: {value_word(field, value, names, t)}" for field, value in values
        )

    return [
        at.date(),
        at.time().replace(second=0, microsecond=0),
        actor_word(entry, t),
        role_word(entry, t),
        did(entry, t),
        entry.subject[t.language] or kind_word(entry.kind, t),
        told((change.field, change.before) for change in changes),
        told((change.field, change.after) for change in changes),
        entry.line.reason,
    ]


def _back(address: str) -> RedirectResponse:
    return RedirectResponse(address, 303, headers={"Cache-Control": "no-store"})
