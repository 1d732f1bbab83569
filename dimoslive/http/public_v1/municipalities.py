"""The municipalities for the picker, and for whoever wants the list."""

import gzip
from hashlib import sha256

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, TypeAdapter

from dimoslive.domain.catalogue.municipality import MunicipalityName
from dimoslive.domain.people.permissions import Permission
from dimoslive.http.dependencies import ClientAddress, ContextDep, for_anyone
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


_list = TypeAdapter(list[MunicipalityLine])


@router.get(
    "/api/municipalities",
    responses={200: {"model": list[MunicipalityLine]}, 304: {}, 429: {}},
    dependencies=[for_anyone(Permission.VIEW_PUBLIC)],
)
def municipalities(request: Request, context: ContextDep, address: ClientAddress) -> Response:
    """All 332 in the order of the Greek alphabet; ``joined`` tells those that take bookings here."""
    limit_attempts(context, RateLimit.PUBLIC_JSON, address)
    body = _list.dump_json([_line(name) for name in list_municipalities(context)])
    # Weak, because the same list goes out compressed and not.
    etag = f'W/"{sha256(body).hexdigest()[:32]}"'
    headers = {"ETag": etag, "Cache-Control": "public, max-age=300", "Vary": "Accept-Encoding"}
    if _is_known(request.headers.get("If-None-Match", ""), etag):
        return Response(status_code=304, headers=headers)
    if "gzip" in request.headers.get("Accept-Encoding", ""):
        body, headers["Content-Encoding"] = gzip.compress(body, 6, mtime=0), "gzip"
    return Response(body, media_type="application/json", headers=headers)


def _line(name: MunicipalityName) -> MunicipalityLine:
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
    )


def _is_known(if_none_match: str, etag: str) -> bool:
    tags = {tag.strip().removeprefix("W/") for tag in if_none_match.split(",")}
    return bool(tags & {"*", etag.removeprefix("W/")})
