"""What other sites load to show our elements, at an address that stays and at one that is pinned to its content."""

from typing import Annotated

from fastapi import APIRouter, HTTPException, Path, Request, Response

from dimoslive.domain.people.permissions import Permission
from dimoslive.http.dependencies import SettingsDep, for_anyone
from dimoslive.http.etags import is_known
from dimoslive.services.embed.make_script import Script, make_script
from dimoslive.urls import EMBED_SCRIPT, pinned_script_path

router = APIRouter(tags=["embedding"])
PINNED = pinned_script_path("{pin}")
_ALLOWED = [for_anyone(Permission.VIEW_PUBLIC)]
_HEADERS = {"Cross-Origin-Resource-Policy": "cross-origin", "Vary": "Accept-Encoding"}


@router.get(
    EMBED_SCRIPT,
    response_class=Response,
    responses={200: {"content": {"text/javascript": {}}}, 304: {}},
    dependencies=_ALLOWED,
)
async def script(request: Request, settings: SettingsDep) -> Response:
    """Whoever renames, copies or inlines it has the address with it."""
    return _answer(
        request,
        make_script(settings.public_url),
        {"Cache-Control": "public, max-age=3600, stale-while-revalidate=86400"},
    )


@router.get(PINNED, response_class=Response, dependencies=_ALLOWED)
async def pinned_script(
    request: Request, settings: SettingsDep, pin: Annotated[str, Path(pattern="^[0-9a-f]{16}$")]
) -> Response:
    """For hosts that check its integrity, which browsers do of what any site may read. An older one is not kept."""
    ready = make_script(settings.public_url)
    if pin != ready.pin:
        raise HTTPException(404)
    kept = "public, max-age=31536000, immutable"
    return _answer(request, ready, {"Cache-Control": kept, "Access-Control-Allow-Origin": "*"})


def _answer(request: Request, ready: Script, caching: dict[str, str]) -> Response:
    headers = {**_HEADERS, **caching, "ETag": ready.etag}
    if is_known(request.headers.get("If-None-Match", ""), ready.etag):
        return Response(status_code=304, headers=headers)
    taken = {part.partition(";")[0].strip() for part in request.headers.get("Accept-Encoding", "").split(",")}
    way = next((way for way in ("br", "gzip") if way in taken), "")
    if way:
        headers["Content-Encoding"] = way
    return Response(ready.bodies[way], media_type="text/javascript", headers=headers)
