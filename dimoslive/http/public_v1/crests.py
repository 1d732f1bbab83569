"""The crests of municipalities, from our own host."""

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from dimoslive.domain.people.permissions import Permission
from dimoslive.http.dependencies import ContextDep, for_anyone
from dimoslive.http.etags import is_known
from dimoslive.services.catalogue.show_crest import show_crest
from dimoslive.urls import crest_path

router = APIRouter(tags=["municipalities"])
_FOR_GOOD = "public, max-age=31536000, immutable"
_FOR_A_WHILE = "public, max-age=300"


@router.get(
    crest_path("{slug}"),
    response_class=Response,
    responses={200: {"content": {"image/png": {}}}, 304: {}, 404: {}},
    dependencies=[for_anyone(Permission.VIEW_PUBLIC)],
)
def crest(request: Request, context: ContextDep, slug: str, v: Annotated[str, Query(max_length=64)] = "") -> Response:
    """A PNG of 256 pixels at most. An address that names its hash is always the same picture."""
    found = show_crest(context, slug)
    etag = f'"{found.png_hash}"'
    headers = {"ETag": etag, "Cache-Control": _FOR_GOOD if v == found.png_hash else _FOR_A_WHILE}
    if is_known(request.headers.get("If-None-Match", ""), etag):
        return Response(status_code=304, headers=headers)
    return Response(found.png, media_type="image/png", headers=headers)
