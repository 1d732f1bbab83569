"""The day on paper: a plain page without scripts of the pages' framework, in a tab of its own.

Posted from the day's page, because each printing is logged.
"""

import asyncio
from datetime import date, timedelta
from typing import Annotated

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import HTMLResponse
from starlette.datastructures import FormData

from dimoslive.context import AppContext
from dimoslive.domain.desk.typed_days import read_typed_day
from dimoslive.domain.desk.week import MAX_DAYS_AWAY
from dimoslive.domain.people.permissions import Permission
from dimoslive.domain.people.principals import Official
from dimoslive.domain.scheduling.local_time import local_day
from dimoslive.http.dependencies import ContextDep, for_official
from dimoslive.http.desk.print_sheets import sheets_of
from dimoslive.http.pages import page
from dimoslive.http.same_origin import is_from_our_page
from dimoslive.i18n import LANGUAGES, texts_of
from dimoslive.i18n.dates import desk_clock, full_day
from dimoslive.i18n.desk_dates import desk_date
from dimoslive.services.desk.find_workplace import find_workplace
from dimoslive.services.desk.print_day import PrintWish, print_day
from dimoslive.urls import desk_list_path, language_of

PATHS = tuple(desk_list_path("print", language) for language in LANGUAGES)
_MAX_DESKS, _MAX_WORD_LENGTH, _MAX_FIELDS = 50, 80, 60

router = APIRouter(include_in_schema=False)


@router.post(PATHS[0])
@router.post(PATHS[1])
async def show_print(
    request: Request, context: ContextDep, principal: Annotated[Official, for_official(Permission.VIEW_DESK)]
) -> HTMLResponse:
    """The options, and the sheets as they will be printed. Each look at it is logged, as it may be printed."""
    if not is_from_our_page(request, context):
        raise HTTPException(403)
    asked = await request.form(max_files=0, max_fields=_MAX_FIELDS)
    return await asyncio.to_thread(_answer, context, principal, asked, request.url.path)


def _answer(context: AppContext, principal: Official, asked: FormData, path: str) -> HTMLResponse:
    language = language_of(path)
    place = find_workplace(context, principal, _word(asked, "m"))
    wish, t = _wish(asked, local_day(context.clock.now(), place.zone)), texts_of(language)
    printed = print_day(context, principal, place, wish)
    sheets = sheets_of(printed, wish, place.zone, t)
    at = f"{desk_date(local_day(printed.printed_at, place.zone))} {desk_clock(printed.printed_at, place.zone)}"
    return page(
        "print_day.html",
        language,
        municipality=place.name[language],
        slug=place.slug,
        date=wish.day.isoformat(),
        day=full_day(wish.day, language),
        printer=principal.full_name,
        # Around the name, which is Greek on an English page too.
        printed=t("print.printed", name="\n", at=at).split("\n"),
        desks=[(one.id, one.name[language], one.is_chosen) for one in printed.desks],
        wish=wish,
        sheets=sheets,
        path=path,
    )


def _word(asked: FormData, name: str) -> str:
    return str(asked.get(name, ""))[:_MAX_WORD_LENGTH]


def _wish(asked: FormData, today: date) -> PrintWish:
    """What is no day is today; what is no id is the id of nothing, and so no desk of anybody's."""
    day = read_typed_day(_word(asked, "date"))
    desks = [str(one) for one in asked.getlist("desk")[:_MAX_DESKS]]
    return PrintWish(
        day=day if day is not None and abs(day - today) <= timedelta(days=MAX_DAYS_AWAY) else today,
        desk_ids=frozenset(int(id_) if id_.isascii() and id_.isdecimal() and len(id_) < 10 else 0 for id_ in desks),
        with_phones="phones" in asked,
        with_subjects="subjects" in asked,
        with_cancelled="cancelled" in asked,
    )
