"""The municipalities for the picker of the pages; programs of others ask `/api/v1/municipalities`."""

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, TypeAdapter

from dimoslive.domain.catalogue.municipality import MunicipalityName
from dimoslive.domain.errors import TooManyAttempts
from dimoslive.domain.people.permissions import Permission
from dimoslive.http.dependencies import ClientAddress, ContextDep, for_anyone
from dimoslive.http.public_v1.answers import Body, body_of, send
from dimoslive.http.public_v1.kept import KeptDep, KeptList
from dimoslive.http.public_v1.quotas import PUBLIC

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
async def municipalities(request: Request, context: ContextDep, kept: KeptDep, address: ClientAddress) -> Response:
    """All 332 in Greek order; ``joined`` tells those that take bookings here, ``paused`` which take no new ones now."""
    counted = await context.request_limiter.count(PUBLIC, address)
    if not counted.is_allowed:
        raise TooManyAttempts(minutes=1)
    listed, _ = await kept.list()
    return send(request, listed.body("picker", _whole, listed), "public, max-age=300", {"Vary": "Accept-Encoding"})


def _whole(listed: KeptList) -> Body:
    return body_of(_list.dump_json([_line(name, is_paused=name.slug in listed.paused) for name in listed.names]))


def _line(name: MunicipalityName, *, is_paused: bool) -> MunicipalityLine:
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
        paused=is_paused,
    )
