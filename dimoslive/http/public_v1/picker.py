"""The municipalities for the picker, and for whoever wants the list."""

import gzip
from datetime import datetime
from hashlib import sha256

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, TypeAdapter

from dimoslive.domain.catalogue.municipality import MunicipalityName
from dimoslive.domain.people.permissions import Permission
from dimoslive.http.dependencies import ClientAddress, ContextDep, for_anyone
from dimoslive.http.etags import is_known
from dimoslive.services.access.limit_attempts import RateLimit, limit_attempts
from dimoslive.services.catalogue.list_municipalities import list_municipalities

router = APIRouter(tags=["municipalities"])


class MunicipalityLine(BaseModel):
    """A municipality. ``aliases`` are other names that people use, that of its seat among them."""

    slug: str
    name_el: str
    name_en: str
    upper_el: str
    short_el: str
    short_en: str
    unit: str
    unit_en: str
    region: str
    region_en: str
    aliases: tuple[str, ...]
    joined: bool
    paused: bool


_list = TypeAdapter(list[MunicipalityLine])


@router.get(
    "/api/municipalities",
    responses={200: {"model": list[MunicipalityLine]}, 304: {}, 429: {}},
    dependencies=[for_anyone(Permission.VIEW_PUBLIC)],
)
def municipalities(request: Request, context: ContextDep, address: ClientAddress) -> Response:
    """All 332 in Greek order; ``joined`` tells those that take bookings here, ``paused`` which take no new ones now."""
    limit_attempts(context, RateLimit.PUBLIC_JSON, address)
    now = context.clock.now()
    body = _list.dump_json([_line(name, now) for name in list_municipalities(context)])
    # Weak, because the same list goes out compressed and not.
    etag = f'W/"{sha256(body).hexdigest()[:32]}"'
    headers = {"ETag": etag, "Cache-Control": "public, max-age=300", "Vary": "Accept-Encoding"}
    if is_known(request.headers.get("If-None-Match", ""), etag):
        return Response(status_code=304, headers=headers)
    if "gzip" in request.headers.get("Accept-Encoding", ""):
        body, headers["Content-Encoding"] = gzip.compress(body, 6, mtime=0), "gzip"
    return Response(body, media_type="application/json", headers=headers)


def _line(name: MunicipalityName, now: datetime) -> MunicipalityLine:
    return MunicipalityLine(
        slug=name.slug,
        name_el=name.name["el"],
        name_en=name.name["en"],
        upper_el=name.upper_name,
        short_el=name.short_name["el"],
        short_en=name.short_name["en"],
        unit=name.regional_unit["el"],
        unit_en=name.regional_unit["en"],
        region=name.region["el"],
        region_en=name.region["en"],
        aliases=name.aliases,
        joined=name.has_joined,
        paused=name.pause.holds_at(now),
    )
