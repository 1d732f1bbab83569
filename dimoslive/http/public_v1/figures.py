"""In how many days each municipality and each of its services has a free time, as the public page shows it."""

from collections.abc import Iterator
from datetime import date, datetime
from enum import StrEnum
from typing import Annotated, Any, NamedTuple

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel, Field

from dimoslive.domain.figures.days_to_next import DaysToNext, MunicipalityDays, ServiceDays
from dimoslive.domain.people.permissions import Permission
from dimoslive.domain.scheduling.local_time import ATHENS, to_local
from dimoslive.http.dependencies import ContextDep
from dimoslive.http.public_v1.answers import body_of, make_body, send
from dimoslive.http.public_v1.dependencies import Parameters, for_anyone
from dimoslive.http.public_v1.forms import MAX_CURSOR_LENGTH, instant
from dimoslive.http.public_v1.kept import KeptDep
from dimoslive.http.public_v1.paging import links_to_next, page_of
from dimoslive.i18n import texts_of
from dimoslive.i18n.search_key import search_key
from dimoslive.integrations.files.csv_file import MEDIA_TYPE, write_csv
from dimoslive.integrations.files.table import Cell, Table
from dimoslive.services.figures.narrow_days import narrow_days, services_called
from dimoslive.urls import DAYS_TO_NEXT, book_service_path, municipality_path

CACHING = "public, max-age=600"
MAX_LISTED = 1000
_HEADS = ("municipality", "region", "service", "days", "none_until", "computed_on", "computed_at", "link")
router = APIRouter(tags=["figures"])


class FileLanguage(StrEnum):
    """Of heads and names; it decides too how dates are written and what separates cells."""

    GREEK = "el"
    ENGLISH = "en"


class DaysItem(BaseModel):
    """In how many calendar days there is a free time that can be booked now; 0 is today."""

    municipality: str = Field(description="Slug", examples=["kavala"])
    service: str | None = Field(
        description="Slug; null for the nearest of the municipality's services", examples=["dimotologio"]
    )
    days: int | None = Field(ge=0, description="Null where nothing is free, and while it is paused", examples=[3])
    none_until: date | None = Field(
        description="Where nothing is free: the last day that can be booked", examples=[None]
    )
    computed_at: datetime = Field(description="Every ten minutes", examples=["2026-11-24T08:10:00Z"])


class DaysList(BaseModel):
    """Some of them, municipalities in Greek order, each followed by its services."""

    items: list[DaysItem]
    next_cursor: str | None = Field(description="For the next page; null at the end", examples=[None])


class DaysParameters(Parameters):
    """Of which municipalities and services."""

    region: str | None = Field(
        None,
        min_length=1,
        max_length=80,
        description="The region's name, in either language",
        examples=["Eastern Macedonia and Thrace"],
    )
    service: str | None = Field(
        None,
        min_length=1,
        max_length=80,
        description="Part of a service's name, in either language: then services alone are listed",
    )


class ListParameters(DaysParameters):
    """Which of them, and how many."""

    limit: int = Field(MAX_LISTED, ge=1, le=MAX_LISTED, description="How many at once")
    cursor: str | None = Field(None, min_length=1, max_length=MAX_CURSOR_LENGTH, description="`next_cursor`")


class FileParameters(DaysParameters):
    """Which of them, and in which language."""

    language: FileLanguage = Field(FileLanguage.ENGLISH, description="Of heads and names, and of how numbers look")


class _Line(NamedTuple):
    of: MunicipalityDays
    service: ServiceDays | None
    value: DaysToNext


@router.get(
    DAYS_TO_NEXT,
    operation_id="listDaysToNext",
    summary="In how many days there is a free time, by municipality and service",
    response_model=DaysList,
    dependencies=[for_anyone(Permission.VIEW_PUBLIC)],
)
async def list_days(
    request: Request, context: ContextDep, kept: KeptDep, asked: Annotated[ListParameters, Query()]
) -> Response:
    """As it was computed last; a municipality that has left the public page is not in it."""
    days, _ = await kept.days_to_next()
    question = asked.model_dump(exclude={"cursor", "limit"})
    shown, cursor = page_of(context, list(_lines(days, asked)), _sort_key, question, asked.cursor, asked.limit)
    # A cursor says when it expires, so it differs each time.
    body = make_body({"items": [_item(*one) for one in shown], "next_cursor": cursor or None}, without="next_cursor")
    return send(request, body, CACHING, links_to_next(request, context.public_url, cursor))


@router.get(
    f"{DAYS_TO_NEXT}.csv",
    operation_id="getDaysToNextFile",
    summary="The same as a file for spreadsheets",
    response_class=Response,
    responses={200: {"content": {"text/csv": {"schema": {"type": "string"}, "example": "municipality,…"}}}},
    dependencies=[for_anyone(Permission.VIEW_PUBLIC)],
)
async def file_of_days(
    request: Request, context: ContextDep, kept: KeptDep, asked: Annotated[FileParameters, Query()]
) -> Response:
    """All at once: a line for each municipality, and one for each of its services."""
    days, _ = await kept.days_to_next()
    t = texts_of(asked.language)
    table = Table(
        t("days_to_next.title"),
        asked.language,
        [t(f"days_to_next.file.{head}") for head in _HEADS],
        [_cells(one, asked.language, context.public_url) for one in _lines(days, asked)],
    )
    headers = {"Content-Disposition": 'attachment; filename="days-to-next.csv"'}
    return send(request, body_of(write_csv(table)), CACHING, headers, media_type=MEDIA_TYPE)


def _lines(days: tuple[MunicipalityDays, ...], asked: DaysParameters) -> Iterator[_Line]:
    for one in (found.days for found in narrow_days(days, region=asked.region or "")):
        services = one.services if asked.service is None else services_called(one, asked.service)
        if asked.service is None:
            yield _Line(one, None, one.first)
        for service in sorted(services, key=lambda each: each.id):
            yield _Line(one, service, service.first)


def _sort_key(one: _Line) -> list[Any]:
    municipality = one.of.municipality
    return [search_key(municipality.short_name["el"]), municipality.id, one.service.id if one.service else 0]


def _item(of: MunicipalityDays, service: ServiceDays | None, value: DaysToNext) -> dict[str, Any]:
    return {
        "municipality": of.municipality.slug,
        "service": service.slug if service else None,
        "days": value.days,
        "none_until": value.none_until.isoformat() if value.none_until else None,
        "computed_at": instant(of.computed_at),
    }


def _cells(one: _Line, language: str, public_url: str) -> list[Cell]:
    municipality, service = one.of.municipality, one.service
    computed = to_local(one.of.computed_at, ATHENS)
    link = (
        book_service_path(municipality.slug, service.slug, language)
        if service
        else municipality_path(municipality.slug, language)
    )
    return [
        municipality.name[language],
        municipality.region[language],
        service.name[language] if service else None,
        one.value.days,
        one.value.none_until,
        computed.date(),
        computed.time(),
        public_url + link,
    ]
