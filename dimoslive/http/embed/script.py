"""The script that brings our elements into the pages of other sites, with our own address built in."""

import gzip
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

import brotli
from fastapi import APIRouter, Request, Response

from dimoslive.domain.people.permissions import Permission
from dimoslive.http.dependencies import SettingsDep, for_anyone
from dimoslive.http.etags import is_known
from dimoslive.urls import EMBED_SCRIPT

BUILT = Path(__file__).parents[3] / "assets" / "embed.js"
BUILT_FOR = "https://dimoslive.invalid"
"""What stands in the script for our address: `frontend/embed/site.ts`."""

router = APIRouter(tags=["embedding"])


@dataclass(frozen=True, slots=True)
class Script:
    """The script by the way in which it travels."""

    etag: str
    bodies: dict[str, bytes]


@router.get(
    EMBED_SCRIPT,
    response_class=Response,
    responses={200: {"content": {"text/javascript": {}}}, 304: {}},
    dependencies=[for_anyone(Permission.VIEW_PUBLIC)],
)
async def script(request: Request, settings: SettingsDep) -> Response:
    """Whoever renames, copies or inlines it has the address with it."""
    ready = script_for(settings.public_url)
    headers = {
        "ETag": ready.etag,
        "Cache-Control": "public, max-age=3600, stale-while-revalidate=86400",
        "Cross-Origin-Resource-Policy": "cross-origin",
        "Vary": "Accept-Encoding",
    }
    if is_known(request.headers.get("If-None-Match", ""), ready.etag):
        return Response(status_code=304, headers=headers)
    taken = {part.partition(";")[0].strip() for part in request.headers.get("Accept-Encoding", "").split(",")}
    way = next((way for way in ("br", "gzip") if way in taken), "")
    if way:
        headers["Content-Encoding"] = way
    return Response(ready.bodies[way], media_type="text/javascript", headers=headers)


@lru_cache(maxsize=4)
def script_for(public_url: str) -> Script:
    """Made once for an address."""
    plain = BUILT.read_text(encoding="utf-8").replace(BUILT_FOR, public_url).encode()
    # Weak, because the same script goes out compressed and not.
    etag = f'W/"{sha256(plain).hexdigest()[:32]}"'
    return Script(etag, {"": plain, "gzip": gzip.compress(plain, 9, mtime=0), "br": brotli.compress(plain)})
