"""Municipalities: the list of all, and what one that takes bookings says of itself."""

from collections.abc import Sequence
from datetime import datetime
from operator import itemgetter
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Request, Response
from pydantic import BaseModel, Field

from dimoslive.domain.catalogue.described import DescribedMunicipality
from dimoslive.domain.catalogue.municipality import MunicipalityName
from dimoslive.domain.catalogue.municipality_search import search_municipalities
from dimoslive.domain.catalogue.pause import Pause
from dimoslive.domain.people.permissions import Permission
from dimoslive.domain.scheduling.mode import Mode
from dimoslive.http.dependencies import ContextDep
from dimoslive.http.public_v1.answers import Body, make_body, send
from dimoslive.http.public_v1.dependencies import Parameters, for_anyone
from dimoslive.http.public_v1.forms import MAX_CURSOR_LENGTH, Slug, Text, instant_or_none
from dimoslive.http.public_v1.kept import KeptDep, KeptList
from dimoslive.http.public_v1.paging import links_to_next, page_of
from dimoslive.i18n.search_key import search_key
from dimoslive.services.catalogue.describe_municipality import describe_municipality
from dimoslive.urls import API_V1, crest_path, municipality_path

CACHING = "public, max-age=300, stale-while-revalidate=3600"
MAX_LISTED = 400
router = APIRouter(prefix=f"{API_V1}/municipalities", tags=["municipalities"])
SlugInPath = Annotated[Slug, Path(description="Of the municipality", examples=["kavala"])]


class MunicipalityItem(BaseModel):
    """A municipality of the ministry's list."""

    slug: str = Field(examples=["kavala"])
    code: int = Field(description="The ministry's, 9001 to 9332", ge=9001, examples=[9104])
    name: Text
    short_name: Text = Field(examples=[{"el": "Καβάλας", "en": "Kavala"}])
    regional_unit: Text = Field(examples=[{"el": "Καβάλας", "en": "Kavala"}])
    region: Text = Field(examples=[{"el": "Ανατολικής Μακεδονίας και Θράκης", "en": "Eastern Macedonia and Thrace"}])
    joined: bool = Field(description="Whether it takes bookings here")
    paused: bool = Field(description="Whether it takes no new ones for the time being")
    booking_url: str | None = Field(
        description="Where people book; null if they cannot", examples=["https://book.example.gr/m/kavala"]
    )


class MunicipalityList(BaseModel):
    """Some municipalities, in Greek order."""

    items: list[MunicipalityItem]
    next_cursor: str | None = Field(description="For the next page; null at the end", examples=[None])


class Department(BaseModel):
    """A part of a municipality, and where people are served in person."""

    name: Text = Field(examples=[{"el": "Τμήμα Δημοτολογίου", "en": "Civil Registry"}])
    address: Text = Field(examples=[{"el": "Κύπρου 10", "en": "10 Kyprou Street"}])


class DeclarationVersion(BaseModel):
    """Which wording of the declaration a person makes who is served so."""

    mode: Mode
    version: str = Field(examples=["2026-12"])


class Municipality(MunicipalityItem):
    """A municipality that takes bookings here."""

    address: Text = Field(examples=[{"el": "Κύπρου 10", "en": "10 Kyprou Street"}])
    phone: str | None = Field(examples=["+30 2513 500100"])
    email: str | None = Field(examples=["info@dimos.example"])
    website: str | None = Field(examples=["https://www.dimos.example"])
    zone: str = Field(examples=["Europe/Athens"])
    accent: str = Field(description="Its colour", pattern="^#[0-9a-f]{6}$", examples=["#003375"])
    crest_url: str | None = Field(description="A PNG", examples=[None])
    notice: Text | None = Field(description="While it is paused: what people are told", examples=[None])
    notice_until_at: datetime | None = Field(description="Until when, if that is known", examples=[None])
    departments: list[Department]
    modes: list[Mode] = Field(description="In which any of its services is offered")
    declaration_versions: list[DeclarationVersion]


class ListParameters(Parameters):
    """Which municipalities."""

    q: str | None = Field(
        None,
        min_length=1,
        max_length=80,
        description="Part of a name, in Greek or Latin letters, as people type it; the nearest come first",
        examples=["kavala"],
    )
    joined: bool | None = Field(None, description="Only those that take bookings here, or only the others")
    region: str | None = Field(
        None,
        min_length=1,
        max_length=80,
        description="The region's name, in either language",
        examples=["Eastern Macedonia and Thrace"],
    )
    limit: int = Field(MAX_LISTED, ge=1, le=MAX_LISTED, description="How many at once")
    cursor: str | None = Field(None, min_length=1, max_length=MAX_CURSOR_LENGTH, description="`next_cursor`")


@router.get(
    "",
    operation_id="listMunicipalities",
    summary="All 332 municipalities, those that take bookings here and the others",
    response_model=MunicipalityList,
    dependencies=[for_anyone(Permission.VIEW_PUBLIC)],
)
async def list_all(
    request: Request, context: ContextDep, kept: KeptDep, asked: Annotated[ListParameters, Query()]
) -> Response:
    """In Greek order; with `q` the nearest first."""
    listed, until = await kept.list()
    if not request.scope["query_string"]:
        return send(request, listed.body("all", _whole, listed, context.public_url), CACHING, until=until)
    question = asked.model_dump(exclude={"cursor", "limit"})
    found = _found(listed, asked)
    keyed = [([place] if asked.q else _sort_key(one), one) for place, one in enumerate(found)]
    shown, cursor = page_of(context, keyed, itemgetter(0), question, asked.cursor, asked.limit)
    body = make_body(
        {"items": [_item(one, listed, context.public_url) for _, one in shown], "next_cursor": cursor or None},
        # A cursor says when it expires, so it differs each time.
        without="next_cursor",
    )
    return send(request, body, CACHING, links_to_next(request, context.public_url, cursor))


@router.get(
    "/{slug}",
    operation_id="getMunicipality",
    summary="One municipality that takes bookings here",
    response_model=Municipality,
    dependencies=[for_anyone(Permission.VIEW_PUBLIC)],
)
async def one(
    request: Request, context: ContextDep, kept: KeptDep, slug: SlugInPath, _: Annotated[Parameters, Query()]
) -> Response:
    """Its contact, departments, and the versions of the declaration that hold now."""

    def make() -> Body:
        return _described(describe_municipality(context, slug), context.public_url)

    body, until = await kept.catalogue("municipality", slug, make=make)
    return send(request, body, CACHING, until=until)


def _whole(listed: KeptList, public_url: str) -> Body:
    return make_body({"items": [_item(one, listed, public_url) for one in listed.names], "next_cursor": None})


def _found(listed: KeptList, asked: ListParameters) -> Sequence[MunicipalityName]:
    found: Sequence[MunicipalityName] = listed.names
    if asked.q:
        found = search_municipalities(listed.prepared, asked.q)
    if asked.joined is not None:
        found = [one for one in found if one.has_joined == asked.joined]
    if asked.region is not None:
        wanted = search_key(asked.region)
        found = [one for one in found if wanted in {search_key(name) for name in one.region.values()}]
    return found


def _sort_key(one: MunicipalityName) -> list[Any]:
    return [search_key(one.short_name["el"]), one.id]


def _item(one: MunicipalityName, listed: KeptList, public_url: str) -> dict[str, Any]:
    return _names(one, public_url, is_paused=one.slug in listed.paused)


def _names(one: MunicipalityName, public_url: str, *, is_paused: bool) -> dict[str, Any]:
    return {
        "slug": one.slug,
        "code": one.id,
        "name": one.name,
        "short_name": one.short_name,
        "regional_unit": one.regional_unit,
        "region": one.region,
        "joined": one.has_joined,
        "paused": is_paused,
        "booking_url": public_url + municipality_path(one.slug, "el") if one.has_joined else None,
    }


def notice_of(pause: Pause | None) -> dict[str, str] | None:
    """What people are told while no new bookings are taken."""
    return pause.message if pause is not None else None


def _described(found: DescribedMunicipality, public_url: str) -> Body:
    look = found.look
    content = _names(found.municipality, public_url, is_paused=look.pause is not None) | {
        "address": look.address,
        "phone": look.phone or None,
        "email": look.email or None,
        "website": look.website or None,
        "zone": found.zone,
        "accent": look.accent_color,
        "crest_url": public_url + crest_path(look.slug, look.crest) if look.crest else None,
        "notice": notice_of(look.pause),
        "notice_until_at": instant_or_none(look.pause.until if look.pause else None),
        "departments": [{"name": one.name, "address": one.address} for one in found.departments],
        "modes": list(found.modes),
        "declaration_versions": [{"mode": mode, "version": version} for mode, version in found.declarations.items()],
    }
    return make_body(content)
