"""A municipality's picture of its crest is posted from our page."""

import asyncio
from typing import Annotated

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import RedirectResponse, Response
from starlette.datastructures import UploadFile

from dimoslive.domain.errors import InvalidInput
from dimoslive.domain.people.permissions import Permission
from dimoslive.domain.people.principals import Official
from dimoslive.http.dependencies import ContextDep, for_official
from dimoslive.http.same_origin import is_from_our_page
from dimoslive.i18n import LANGUAGES
from dimoslive.services.desk.find_workplace import find_workplace
from dimoslive.services.settings.municipality.change_crest import set_crest
from dimoslive.urls import CREST_FILE, settings_path

router = APIRouter(include_in_schema=False)
_MAX_FIELD_LENGTH = 80


@router.post(CREST_FILE)
async def send_crest(
    request: Request,
    context: ContextDep,
    principal: Annotated[Official, for_official(Permission.MANAGE_MUNICIPALITY)],
) -> Response:
    """Keep it and show the page again, or say there what is wrong. Its bytes are bounded by the middleware."""
    if not is_from_our_page(request, context):
        raise HTTPException(403)
    async with request.form(max_files=1, max_fields=10) as form:
        slug, language = (_field(form.get(name)) for name in ("m", "language"))
        sent = form.get("file")
        content = await sent.read() if isinstance(sent, UploadFile) else b""
    place = await asyncio.to_thread(find_workplace, context, principal, slug, Permission.MANAGE_MUNICIPALITY)
    said = {"crest": "kept"}
    try:
        await asyncio.to_thread(set_crest, context, principal, place.municipality_id, content)
    except InvalidInput as problem:
        size = {name: str(problem.params[name]) for name in ("width", "height") if name in problem.params}
        said = {"crest": problem.code} | size
    known = language if language in LANGUAGES else LANGUAGES[0]
    address = settings_path("municipality", place.slug, known, **said)
    return RedirectResponse(address, 303, headers={"Cache-Control": "no-store"})


def _field(value: UploadFile | str | None) -> str:
    return value[:_MAX_FIELD_LENGTH] if isinstance(value, str) else ""
